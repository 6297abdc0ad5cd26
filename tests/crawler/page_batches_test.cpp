#include "crawler/page_batches.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/async/run.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using async::Task;
using testing::ElementsAre;

Record page(std::size_t body_bytes = 0) {
  auto ended = std::make_unique<Ended>();
  ended->page.emplace().content.emplace().body = std::string(body_bytes, 'x');
  Record record;
  record.what = std::move(ended);
  return record;
}

Record seed(std::int64_t line) {
  storage::SeedRow row;
  row.line = line;
  Record record;
  record.what = std::move(row);
  return record;
}

/// A batch and when it came.
struct Timed {
  std::size_t rows = 0;
  std::chrono::milliseconds at{};
  bool operator==(const Timed&) const = default;
};

class PageBatchesTest : public testing::Test {
 protected:
  PageBatchesTest() : start_(clock_.now()) {}

  /// Ends the queue when the producer has ended.
  std::vector<Timed> batches_of(Task<> producer) { return async::run(loop_, collect(std::move(producer))); }
  /// Puts a page at each of the times.
  Task<> put_at(std::vector<std::chrono::milliseconds> times) {
    for (const auto time : times) {
      co_await async::sleep(start_ + time - clock_.now());
      records_.put_now(page());
    }
  }

  async::VirtualClock clock_;
  async::EventLoop loop_{clock_};
  async::TimePoint start_;
  async::Queue<Record> records_;
  std::chrono::milliseconds max_age_ = 250ms;
  std::function<bool()> is_awaited_ = [] { return false; };
  std::vector<std::int64_t> lines_;  // of the seeds, in the order they came

 private:
  Task<> produce(Task<> producer) {
    co_await std::move(producer);
    records_.shutdown();
  }
  Task<std::vector<Timed>> collect(Task<> producer) {
    const async::TaskHandle<> producing = async::spawn(produce(std::move(producer)));
    std::vector<Timed> timed;
    async::AsyncGenerator<RecordBatch> batches =
        batch_records(records_, {.max_age = max_age_, .is_awaited = is_awaited_});
    while (auto batch = co_await batches.next()) {
      const storage::Batch rows = batch->take().rows;
      for (const storage::SeedRow& row : rows.seeds) lines_.push_back(row.line);
      timed.push_back({.rows = rows.pages.size() + rows.seeds.size(),
                       .at = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now() - start_)});
    }
    co_await producing;
    co_return timed;
  }
};

TEST_F(PageBatchesTest, EndAtOnceWhenSomebodyWaitsForWhatIsThere) {
  is_awaited_ = [] { return true; };
  EXPECT_THAT(batches_of(put_at({0ms, 10ms, 100ms})),
              ElementsAre(Timed{1, 0ms}, Timed{1, 10ms}, Timed{1, 100ms}));
}

TEST_F(PageBatchesTest, HoldAThousandRowsAtMost) {
  for (int i = 0; i < 2500; ++i) records_.put_now(page());
  EXPECT_THAT(batches_of(put_at({0ms})), ElementsAre(Timed(1000, 0ms), Timed(1000, 0ms), Timed(501, 0ms)));
}

TEST_F(PageBatchesTest, EndAtTwoMegabytes) {
  for (int i = 0; i < 4; ++i) records_.put_now(page(750'000));
  EXPECT_THAT(batches_of(put_at({0ms})), ElementsAre(Timed(3, 0ms), Timed(2, 0ms)));
}

TEST_F(PageBatchesTest, EndAQuarterOfASecondAfterTheirFirstRecord) {
  EXPECT_THAT(batches_of(put_at({100ms, 349ms, 351ms, 1351ms})),
              ElementsAre(Timed(2, 350ms), Timed(1, 601ms), Timed(1, 1351ms)));
}

TEST_F(PageBatchesTest, WaitForNobodyWhereTheyMayNotAge) {
  max_age_ = 0ms;
  for (int i = 0; i < 20; ++i) records_.put_now(page());
  EXPECT_THAT(batches_of(put_at({1ms, 2ms})), ElementsAre(Timed(20, 0ms), Timed(1, 1ms), Timed(1, 2ms)));
}

TEST_F(PageBatchesTest, EndWhenNoMoreCanCome) {
  EXPECT_THAT(batches_of(put_at({10ms})), ElementsAre(Timed(1, 10ms)));
}

TEST_F(PageBatchesTest, AreNoneOfNothing) { EXPECT_THAT(batches_of(put_at({})), ElementsAre()); }

TEST_F(PageBatchesTest, MixPagesAndSeeds) {
  for (int i = 0; i < 600; ++i) records_.put_now(page());
  for (int i = 0; i < 600; ++i) records_.put_now(seed(i));
  EXPECT_THAT(batches_of(put_at({0ms})), ElementsAre(Timed(1000, 0ms), Timed(201, 0ms)));
}

TEST_F(PageBatchesTest, LoseNothingWheneverTheQueueIsShutDown) {
  constexpr int kRounds = 300;
  std::int64_t put = 0;
  for (int round = 0; round < kRounds; ++round) {
    async::VirtualClock clock;
    async::EventLoop loop(clock);
    async::run(loop, [](unsigned number, std::int64_t& count) -> Task<> {
      async::Queue<Record> records;
      const async::TaskHandle<> producing =
          async::spawn([](unsigned of, async::Queue<Record>& queue, std::int64_t& total) -> Task<> {
            std::mt19937 random(of);
            // 250 ms after a first record is when batches end: often right then.
            for (auto i = random() % 20; i > 0; --i) {
              co_await async::sleep(std::chrono::milliseconds(50 * (random() % 8)));
              queue.put_now(seed(++total));
            }
            co_await async::sleep(std::chrono::milliseconds(50 * (random() % 8)));
            queue.shutdown();
          }(number, records, count));
      std::int64_t before = count;
      async::AsyncGenerator<RecordBatch> batches = batch_records(records, {.max_age = 250ms});
      while (auto batch = co_await batches.next()) {
        const storage::Batch rows = batch->take().rows;
        for (const storage::SeedRow& row : rows.seeds) EXPECT_EQ(row.line, ++before);
      }
      EXPECT_EQ(before, count);
      co_await producing;
    }(static_cast<unsigned>(round), put));
  }
  EXPECT_GT(put, kRounds);
}

TEST_F(PageBatchesTest, GiveBackWhatTheirRecordsHoldOnlyWhenTheyGo) {
  async::run(loop_, [](async::Queue<Record>& records) -> Task<> {
    async::Semaphore places(1);
    MemoryBudget budget(100);
    Record record = page();
    record.hold.place = co_await places.acquire();
    record.hold.charge = budget.charge(60);
    records.put_now(std::move(record));
    records.shutdown();
    async::AsyncGenerator<RecordBatch> batches = batch_records(records, {.max_age = 250ms});
    std::optional<RecordBatch> batch = co_await batches.next();
    const storage::Batch rows = batch->take().rows;
    EXPECT_TRUE(places.is_locked());
    EXPECT_EQ(budget.charged(), 60U);
    batch.reset();
    EXPECT_FALSE(places.is_locked());
    EXPECT_EQ(budget.charged(), 0U);
  }(records_));
}

TEST(SizeOf, CountsEverythingThatAPageCanMakeLarge) {
  const std::string large(1'000'000, 'x');
  storage::PageOutcome outcome;
  storage::Content& content = outcome.content.emplace();
  for (auto* text :
       {&content.text, &content.body, &content.headers, &content.meta, &content.fields, &content.title,
        &content.description, &content.canonical, &content.lang, &content.content_type, &content.etag})
    *text = large;
  outcome.links.resize(1);
  outcome.links.front().text = large;
  EXPECT_GT(size_of(Ended{.page = outcome}), 12'000'000U);
  EXPECT_LT(size_of(Ended{.page = outcome}), 12'100'000U);
}

// A chain of redirects to long URLs weighed a few kilobytes, so that 2,000 such rows took gigabytes while the
// disk was slow.
TEST(SizeOf, CountsTheUrlsOfAChainOfRedirects) {
  const std::string large(60'000, 'x');
  storage::PageOutcome outcome;
  outcome.url = large;
  outcome.fetches.resize(11);
  for (storage::FetchRow& fetch : outcome.fetches) fetch.url = large;
  EXPECT_GT(size_of(Ended{.page = outcome}), 12 * large.size());
  storage::Content& content = outcome.content.emplace();
  content.final_url = large;
  content.hops = std::string(600'000, 'x');
  EXPECT_GT(size_of(Ended{.page = outcome}), 23 * large.size());
}

TEST(SizeOf, CountsWhatALinkIs) {
  storage::PageOutcome outcome;
  outcome.links.resize(1);
  outcome.links.front().rel = std::string(1'000'000, 'x');
  EXPECT_GT(size_of(Ended{.page = outcome}), 1'000'000U);
}

}  // namespace
}  // namespace crawler
