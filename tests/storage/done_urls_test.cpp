#include "storage/done_urls.h"

#include <utility>

#include "tests/storage/fixture.h"

namespace storage {
namespace {

using testing::ElementsAre;

class DoneUrlsTest : public DatabaseTest {
 protected:
  Run begin(bool resume = false) {
    return runs_.begin({.started_at = "t", .args = "", .source_digest = "s", .resume = resume});
  }
  std::vector<bool> check(std::int64_t job_id, const std::vector<std::string>& urls) {
    return DoneUrls(open_database_for_reading(path()), job_id).check(urls);
  }
};

TEST_F(DoneUrlsTest, AUrlIsDoneHoweverItEndedUnlessItWasCancelled) {
  const Run run = begin();
  commit(answered("http://good/"), run.id);
  commit(refused("http://gone/", 404), run.id);
  commit(failed("http://bad/", "dns"), run.id);
  commit(failed("http://cut/", "cancelled"), run.id);
  EXPECT_THAT(
      check(run.job_id, {"http://good/", "http://gone/", "http://bad/", "http://cut/", "http://new/"}),
      ElementsAre(true, true, true, false, false));
}

TEST_F(DoneUrlsTest, AResumedRunIsDoneWithWhatItsJobDid) {
  const Run first = begin();
  commit(answered("http://a/"), first.id);
  const Run second = begin(true);
  commit(answered("http://b/"), second.id);
  EXPECT_THAT(check(second.job_id, {"http://a/", "http://b/"}), ElementsAre(true, true));
}

TEST_F(DoneUrlsTest, ANewJobIsDoneWithNothing) {
  commit(answered("http://a/"), begin().id);
  EXPECT_THAT(check(begin().job_id, {"http://a/"}), ElementsAre(false));
}

TEST_F(DoneUrlsTest, SeesEachCommitAndHoldsNoViewBetweenCalls) {
  const Run run = begin();
  DoneUrls done(open_database_for_reading(path()), run.job_id);
  const std::vector<std::string> urls{"http://a/"};
  EXPECT_THAT(done.check(urls), ElementsAre(false));
  commit(answered("http://a/"), run.id);
  EXPECT_THAT(done.check(urls), ElementsAre(true));
  // A view still held would make this fail.
  Statement truncate(database_, "PRAGMA wal_checkpoint(TRUNCATE)");
  Rows result = truncate.query();
  ASSERT_TRUE(result.next());
  EXPECT_EQ(result.integer(0), 0);
}

TEST_F(DoneUrlsTest, ReadsWhileTheWriterIsInATransaction) {
  const Run run = begin();
  Transaction transaction(database_);
  EXPECT_THAT(check(run.job_id, {"http://a/"}), ElementsAre(false));
}

}  // namespace
}  // namespace storage
