#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/storage/fixture.h"

namespace storage {
namespace {

using testing::HasSubstr;

constexpr int kPagesInABatch = 10;

Batch batch_of_pages(int number) {
  Batch batch;
  for (int i = 0; i < kPagesInABatch; ++i) {
    PageOutcome& page =
        batch.pages.emplace_back(answered("http://a/" + std::to_string(number) + "/" + std::to_string(i)));
    page.content->text = std::string(20'000, 't');
    page.links.resize(3, {.url = "http://b/", .fragment = "", .kind = "a", .rel = "", .text = ""});
    page.fetches = {{.url = page.url}};
  }
  return batch;
}

class DurabilityTest : public DatabaseTest {
 protected:
  /// A process that commits batches for ever, and writes a byte for each.
  pid_t start_writer(int progress) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    Database database = open_database(path("killed.db"));
    PageStore store(database);
    for (int number = 0;; ++number) {
      store.commit(batch_of_pages(number), 1);
      if (::write(progress, "", 1) != 1) ::_exit(1);
    }
  }
};

TEST_F(DurabilityTest, AKilledProcessLosesNoBatchAndLeavesNoHalfOne) {
  int progress[2];
  ASSERT_EQ(::pipe(progress), 0);
  const pid_t writer = start_writer(progress[1]);
  ASSERT_GT(writer, 0);
  int committed = 0;
  char byte = 0;
  while (committed < 30 && ::read(progress[0], &byte, 1) == 1) ++committed;
  ::kill(writer, SIGKILL);
  ::waitpid(writer, nullptr, 0);
  ::close(progress[0]);
  ::close(progress[1]);

  Database database = open_database(path("killed.db"));
  const test_support::SqliteQuery after(path("killed.db"));
  EXPECT_EQ(after.value("PRAGMA integrity_check"), "ok");
  const int pages = std::stoi(after.value("SELECT count(*) FROM page WHERE length(text) = 20000"));
  EXPECT_GE(pages, 30 * kPagesInABatch);
  EXPECT_EQ(pages % kPagesInABatch, 0);
  EXPECT_EQ(after.value("SELECT count(*) FROM link"), std::to_string(3 * pages));
  EXPECT_EQ(after.value("SELECT count(*) FROM fetch"), std::to_string(pages));
}

TEST_F(DurabilityTest, AFullDiskKeepsWhatWasCommitted) {
  store_.commit(batch_of_pages(0), 1);
  database_.execute("PRAGMA max_page_count = 60");
  const std::string error = error_of([&] {
    for (int number = 1; number < 100; ++number) store_.commit(batch_of_pages(number), 1);
  });
  EXPECT_THAT(error, HasSubstr("the disk is full"));
  const int pages = std::stoi(value("SELECT count(*) FROM page"));
  EXPECT_GE(pages, kPagesInABatch);
  EXPECT_EQ(pages % kPagesInABatch, 0);
  EXPECT_EQ(value("PRAGMA integrity_check"), "ok");
}

TEST_F(DurabilityTest, WritesOnAfterTheDiskHasRoomAgain) {
  database_.execute("PRAGMA max_page_count = 20");
  EXPECT_NE(error_of([&] { store_.commit(batch_of_pages(0), 1); }), "");
  database_.execute("PRAGMA max_page_count = 1000");
  store_.commit(batch_of_pages(0), 1);
  EXPECT_EQ(value("SELECT count(*) FROM page"), std::to_string(kPagesInABatch));
}

TEST_F(DurabilityTest, AReaderInTheMiddleOfItsWorkStopsNoCommit) {
  store_.commit(batch_of_pages(0), 1);
  Database reader = open_database_for_reading(path());
  Statement scan(reader, "SELECT url FROM page");
  Rows rows = scan.query();
  ASSERT_TRUE(rows.next());
  store_.commit(batch_of_pages(1), 1);
  int seen = 1;
  while (rows.next()) ++seen;
  EXPECT_EQ(seen, kPagesInABatch);
}

}  // namespace
}  // namespace storage
