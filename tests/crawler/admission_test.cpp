#include "crawler/admission.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/async/async_with.h"
#include "crawler/async/run.h"
#include "crawler/database_session.h"
#include "tests/support/temp_dir.h"

namespace crawler {
namespace {

using async::Task;
using testing::Each;
using testing::ElementsAre;
using Verdict = Admission::Verdict;

SeedLine line(std::string key) {
  SeedLine seed;
  seed.key = std::move(key);
  return seed;
}

SeedLines lines(const std::vector<std::string>& keys) {
  SeedLines seeds;
  for (const std::string& key : keys) seeds.push_back(line(key));
  return seeds;
}

std::string numbered(int number) { return "http://a.example/" + std::to_string(number); }

SeedLines numbered(int first, int last) {
  SeedLines seeds;
  for (int i = first; i <= last; ++i) seeds.push_back(line(numbered(i)));
  return seeds;
}

class AdmissionTest : public testing::Test {
 protected:
  using Body = std::function<Task<>(DatabaseSession&)>;

  /// Runs `body` in a run of its own.
  void with_database(bool resumes, Body body) {
    storage::RunStart start;
    start.started_at = "now";
    start.source_digest = "digest";
    start.resume = resumes;
    DatabaseSession session(dir_.path() / "crawl.db", std::move(start));
    async::run(async::async_with(std::move(session), std::move(body)));
  }
  static Task<> commit(DatabaseSession& database, SeedLines done, std::optional<std::string> error = {}) {
    storage::Batch batch;
    for (const SeedLine& seed : done) {
      storage::PageOutcome page;
      page.url = seed.key;
      page.error = error;
      page.at = "now";
      batch.pages.push_back(std::move(page));
    }
    Commit whole{.rows = std::move(batch)};
    co_await database.commit(std::move(whole));
  }

  test_support::TempDir dir_;
};

TEST_F(AdmissionTest, TakesAUrlOnce) {
  with_database(false, [](DatabaseSession& database) -> Task<> {
    Admission admission(database, false);
    const SeedLines seeds = lines({"http://a/", "http://b/", "http://a/"});
    const std::vector<Verdict> first = co_await admission.judge(seeds);
    EXPECT_THAT(first, ElementsAre(Verdict::take, Verdict::take, Verdict::duplicate));
    const std::vector<Verdict> second = co_await admission.judge(seeds);
    EXPECT_THAT(second, Each(Verdict::duplicate));
  });
}

TEST_F(AdmissionTest, RejectsWhatHasNoKey) {
  with_database(false, [](DatabaseSession& database) -> Task<> {
    Admission admission(database, false);
    const SeedLines seeds = lines({"", "http://a/", ""});
    const std::vector<Verdict> verdicts = co_await admission.judge(seeds);
    EXPECT_THAT(verdicts, ElementsAre(Verdict::reject, Verdict::take, Verdict::reject));
  });
}

TEST_F(AdmissionTest, TakesAllOfAnEarlierJobAgain) {
  with_database(false, [](DatabaseSession& database) { return commit(database, numbered(1, 3)); });
  with_database(false, [](DatabaseSession& database) -> Task<> {
    Admission admission(database, false);
    const SeedLines seeds = numbered(1, 3);
    const std::vector<Verdict> verdicts = co_await admission.judge(seeds);
    EXPECT_THAT(verdicts, Each(Verdict::take));
  });
}

TEST_F(AdmissionTest, PassesOverWhatTheJobHasDone) {
  with_database(false, [](DatabaseSession& database) -> Task<> {
    const SeedLines done = numbered(1, 2);
    const SeedLines cancelled = numbered(3, 3);
    co_await commit(database, done);
    co_await commit(database, cancelled, "cancelled");
  });
  with_database(true, [](DatabaseSession& database) -> Task<> {
    Admission admission(database, database.run().resumed_from.has_value());
    const SeedLines seeds = lines({numbered(1), numbered(1), numbered(2), numbered(3), numbered(4)});
    const std::vector<Verdict> verdicts = co_await admission.judge(seeds);
    EXPECT_THAT(verdicts, ElementsAre(Verdict::done_before, Verdict::duplicate, Verdict::done_before,
                                      Verdict::take, Verdict::take));
  });
}

// The bounded set knows at most some 260,000 URLs; what it has forgotten is known to the database, or is not
// committed yet.
TEST_F(AdmissionTest, KnowsADuplicateHoweverFarBackItsUrlWas) {
  with_database(false, [](DatabaseSession& database) -> Task<> {
    Admission admission(database, false);
    const SeedLines first = numbered(1, 1000);
    co_await admission.judge(first);
    co_await commit(database, first);
    for (int i = 1; i <= 500; ++i) admission.forget_committed(numbered(i));
    for (int i = 1001; i < 264'000; i += 1000) {
      const SeedLines flood = numbered(i, i + 999);
      co_await admission.judge(flood);
    }
    const std::vector<Verdict> again = co_await admission.judge(first);
    EXPECT_THAT(again, Each(Verdict::duplicate));
    const SeedLines unknown = numbered(264'001, 264'010);
    const std::vector<Verdict> verdicts = co_await admission.judge(unknown);
    EXPECT_THAT(verdicts, Each(Verdict::take));
  });
}

}  // namespace
}  // namespace crawler
