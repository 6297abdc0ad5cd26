#include "storage/run_store.h"

#include <memory>

#include "tests/storage/fixture.h"

namespace storage {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

class RunStoreTest : public DatabaseTest {
 protected:
  Run begin(std::string digest = "s", Mode mode = Mode::concurrent) {
    return runs_.begin({.started_at = "t1", .mode = mode, .args = "", .source_digest = std::move(digest)});
  }
  Run resume(std::string digest = "s") {
    return runs_.begin({.started_at = "t2", .args = "", .source_digest = std::move(digest), .resume = true});
  }
  void finish(const Run& run, RunState state, RunTotals totals = {}) {
    runs_.finish(run.id, state, 0, "t9", totals);
  }
  std::string state(const Run& run) {
    return value("SELECT state FROM run WHERE id = " + std::to_string(run.id));
  }
};

TEST_F(RunStoreTest, ARunIsWrittenWhenItBeginsAndWhenItEnds) {
  const Run run =
      runs_.begin({.started_at = "t1", .concurrency = 100, .args = "urls.txt", .source_digest = "s"});
  EXPECT_THAT(
      rows("SELECT id, job_id, state, started_at, finished_at, mode, concurrency, args, source_digest, ok"
           " FROM run"),
      ElementsAre(
          ElementsAre("1", "1", "running", "t1", "NULL", "concurrent", "100", "urls.txt", "s", "NULL")));
  runs_.finish(run.id, RunState::stopped, 5, "t2",
               {.listed = 9,
                .ok = 1,
                .failed = 2,
                .skipped = 3,
                .left = 4,
                .bytes = 5,
                .wall_ms = 6,
                .cpu_ms = 7,
                .peak_rss_kb = 8});
  EXPECT_THAT(
      rows("SELECT state, exit_code, finished_at, listed, ok, failed, skipped, left, bytes, wall_ms, cpu_ms,"
           " peak_rss_kb FROM run"),
      ElementsAre(ElementsAre("stopped", "5", "t2", "9", "1", "2", "3", "4", "5", "6", "7", "8")));
}

TEST_F(RunStoreTest, APlainRunIsANewJob) {
  begin();
  const Run second = begin();
  EXPECT_EQ(second.job_id, second.id);
  EXPECT_EQ(second.resumed_from, std::nullopt);
}

TEST_F(RunStoreTest, ARunThatLeftNoWordWasKilled) {
  const Run dead = begin();
  const Run ended = begin();
  finish(ended, RunState::finished);
  const Run now = begin();
  EXPECT_EQ(state(dead), "killed");
  EXPECT_EQ(state(ended), "finished");
  EXPECT_EQ(state(now), "running");
}

class ResumableState : public RunStoreTest, public testing::WithParamInterface<RunState> {};

TEST_P(ResumableState, IsGoneOnWith) {
  const Run first = begin();
  if (GetParam() != RunState::killed) finish(first, GetParam());
  const Run second = resume();
  EXPECT_EQ(second.job_id, first.job_id);
  EXPECT_EQ(second.resumed_from, first.id);
}

INSTANTIATE_TEST_SUITE_P(RunStore, ResumableState,
                         testing::Values(RunState::stopped, RunState::failed, RunState::killed));

TEST_F(RunStoreTest, AResumptionCanBeResumed) {
  const Run first = begin();
  const Run second = resume();
  const Run third = resume();
  EXPECT_EQ(third.job_id, first.job_id);
  EXPECT_EQ(third.resumed_from, second.id);
}

TEST_F(RunStoreTest, AFinishedJobIsNotResumed) {
  begin();
  finish(resume(), RunState::finished);
  const Run third = resume();
  EXPECT_EQ(third.job_id, third.id);
  EXPECT_EQ(third.resumed_from, std::nullopt);
}

TEST_F(RunStoreTest, OnlyTheLastRunOfTheSameSourcesCounts) {
  begin("s");
  finish(begin("s"), RunState::finished);
  begin("other");
  EXPECT_EQ(resume("s").resumed_from, std::nullopt);
  EXPECT_EQ(resume("other").job_id, 3);
}

TEST_F(RunStoreTest, WithNothingToResumeTheJobIsNew) { EXPECT_EQ(resume().job_id, 1); }

TEST_F(RunStoreTest, DropsTheFetchesAndLinesOfOlderRunsOnly) {
  for (int i = 0; i < 4; ++i) {
    Batch batch;
    batch.pages = {answered("http://a/")};
    batch.pages[0].fetches = {{.url = "http://a/"}};
    batch.seeds = {{.line = 1, .given = "x", .url = std::nullopt, .outcome = "rejected"}};
    store_.commit(batch, begin().id);
  }
  runs_.drop_old_fetches(2);
  EXPECT_THAT(rows("SELECT run_id FROM fetch"), ElementsAre(ElementsAre("3"), ElementsAre("4")));
  EXPECT_THAT(rows("SELECT run_id FROM seed"), ElementsAre(ElementsAre("3"), ElementsAre("4")));
  EXPECT_EQ(value("SELECT count(*) FROM run"), "4");
  EXPECT_EQ(value("SELECT count(*) FROM page"), "1");
}

TEST_F(RunStoreTest, DropsMoreThanOneTransactionHolds) {
  const Run old = begin();
  Batch batch;
  batch.fetches.resize(45'000, {.url = "http://a/"});
  store_.commit(batch, old.id);
  begin();
  runs_.drop_old_fetches(1);
  EXPECT_EQ(value("SELECT count(*) FROM fetch"), "0");
}

TEST_F(RunStoreTest, KeepsAllWhileThereAreFewRuns) {
  Batch batch;
  batch.fetches = {{.url = "http://a/"}};
  store_.commit(batch, begin().id);
  runs_.drop_old_fetches(50);
  EXPECT_EQ(value("SELECT count(*) FROM fetch"), "1");
}

// A signal that came while millions of old rows were dropped had no effect until they were.
TEST_F(RunStoreTest, LeavesOldFetchesToTheNextRunWhenInAHurry) {
  const auto patience = std::make_shared<Patience>();
  Database database = open_database(path(), patience);
  Batch batch;
  batch.fetches = {{.url = "http://a/"}};
  store_.commit(batch, begin().id);
  begin();
  patience->end_in(std::chrono::seconds(0));
  RunStore(database).drop_old_fetches(1);
  EXPECT_EQ(value("SELECT count(*) FROM fetch"), "1");
  runs_.drop_old_fetches(1);
  EXPECT_EQ(value("SELECT count(*) FROM fetch"), "0");
}

TEST_F(RunStoreTest, FindsTheTimeOfTheOtherMode) {
  finish(begin("s", Mode::sequential), RunState::finished, {.listed = 100, .wall_ms = 9'000});
  finish(begin("s", Mode::concurrent), RunState::finished, {.listed = 100, .wall_ms = 500});
  EXPECT_EQ(runs_.earlier_run_in_other_mode("s", Mode::concurrent, 100), milliseconds(9'000));
  EXPECT_EQ(runs_.earlier_run_in_other_mode("s", Mode::sequential, 100), milliseconds(500));
}

TEST_F(RunStoreTest, ComparesOnlyRunsOfTheSameWork) {
  finish(begin("s", Mode::sequential), RunState::finished, {.listed = 100});
  EXPECT_EQ(runs_.earlier_run_in_other_mode("s", Mode::concurrent, 99), std::nullopt);
  EXPECT_EQ(runs_.earlier_run_in_other_mode("other", Mode::concurrent, 100), std::nullopt);
}

TEST_F(RunStoreTest, ComparesOnlyRunsThatFinishedInOneGo) {
  finish(begin("s", Mode::sequential), RunState::stopped, {.listed = 100});
  finish(runs_.begin(
             {.started_at = "t", .mode = Mode::sequential, .args = "", .source_digest = "s", .resume = true}),
         RunState::finished, {.listed = 100});
  EXPECT_EQ(runs_.earlier_run_in_other_mode("s", Mode::concurrent, 100), std::nullopt);
}

}  // namespace
}  // namespace storage
