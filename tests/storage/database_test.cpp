#include "storage/database.h"

#include <chrono>
#include <memory>
#include <thread>

#include "tests/storage/fixture.h"

namespace storage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

class StatementTest : public DatabaseTest {
 protected:
  StatementTest() { database_.execute("CREATE TABLE t(a, b)"); }
};

TEST_F(StatementTest, KeepsNullApartFromEmptyText) {
  Statement(database_, "INSERT INTO t VALUES (?, ?)").run(std::optional<std::string>(), std::string_view());
  EXPECT_THAT(rows("SELECT typeof(a), typeof(b) FROM t"), ElementsAre(ElementsAre("null", "text")));
}

TEST_F(StatementTest, KeepsOctetsAndNulsInThem) {
  const std::string octets("a\0\xff", 3);
  Statement(database_, "INSERT INTO t VALUES (?, ?)").run(Blob{octets}, octets);
  EXPECT_THAT(rows("SELECT hex(a), typeof(a), length(CAST(b AS BLOB)) FROM t"),
              ElementsAre(ElementsAre("6100FF", "blob", "3")));
}

TEST_F(StatementTest, ReadsBackWhatItWrote) {
  Statement(database_, "INSERT INTO t VALUES (?, ?)").run(Blob{"octets"}, INT64_MIN);
  Statement read(database_, "SELECT a, b, NULL FROM t");
  Rows rows = read.query();
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.text(0), "octets");
  EXPECT_EQ(rows.integer(1), INT64_MIN);
  EXPECT_TRUE(rows.is_null(2));
  EXPECT_EQ(rows.text(2), "");
  EXPECT_FALSE(rows.next());
}

TEST_F(StatementTest, RunsAgainAfterRowsThatWereNotReadToTheEnd) {
  Statement add(database_, "INSERT INTO t VALUES (?, 0)");
  add.run(1);
  add.run(2);
  Statement find(database_, "SELECT a FROM t WHERE a >= ? ORDER BY a");
  EXPECT_TRUE(find.query(1).next());
  Rows second = find.query(2);
  ASSERT_TRUE(second.next());
  EXPECT_EQ(second.integer(0), 2);
}

TEST_F(StatementTest, CountsTheRowsItChanged) {
  EXPECT_EQ(Statement(database_, "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)").run(), 3);
  EXPECT_EQ(Statement(database_, "DELETE FROM t WHERE a > ?").run(1), 2);
}

TEST_F(StatementTest, SaysWhichSqlIsWrong) {
  EXPECT_THAT(error_of([&] { Statement(database_, "SELECT * FROM nowhere"); }),
              HasSubstr("no such table: nowhere"));
}

TEST_F(StatementTest, CarriesSqlitesExtendedCode) {
  database_.execute("CREATE UNIQUE INDEX u ON t(a); INSERT INTO t VALUES (1, 1)");
  try {
    Statement(database_, "INSERT INTO t VALUES (1, 2)").run();
    FAIL() << "a second row took a unique value";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.code(), SQLITE_CONSTRAINT_UNIQUE);
  }
}

TEST_F(StatementTest, TransactionWithoutCommitLeavesNothing) {
  {
    Transaction transaction(database_);
    database_.execute("INSERT INTO t VALUES (1, 1)");
  }
  EXPECT_EQ(value("SELECT count(*) FROM t"), "0");
  Transaction next(database_);
  database_.execute("INSERT INTO t VALUES (2, 2)");
  next.commit();
  EXPECT_EQ(value("SELECT a FROM t"), "2");
}

TEST_F(StatementTest, SaysThatAnotherProgramHoldsTheDatabase) {
  Database other(path(), Database::Access::read_write);
  other.execute("BEGIN IMMEDIATE");
  sqlite3_busy_timeout(database_.handle(), 0);
  EXPECT_THAT(error_of([&] { Transaction transaction(database_); }), HasSubstr("another program keeps"));
}

// A signal that came while another program held the database was answered 10 s later, and twice as late in a
// run's middle.
TEST_F(StatementTest, WaitsForAnotherProgramOnlyAsLongAsItsPatience) {
  Database other(path(), Database::Access::read_write);
  other.execute("BEGIN IMMEDIATE");
  const auto patience = std::make_shared<Patience>();
  Database database(path(), Database::Access::read_write, patience);
  const std::jthread hurrying([&] {
    std::this_thread::sleep_for(50ms);
    patience->end_in(50ms);
  });
  const auto began = std::chrono::steady_clock::now();
  EXPECT_THAT(error_of([&] { Transaction transaction(database); }), HasSubstr("another program keeps"));
  const auto waited = std::chrono::steady_clock::now() - began;
  EXPECT_GE(waited, 100ms);
  EXPECT_LT(waited, 1s);
  other.execute("ROLLBACK");
  Transaction(database).commit();  // a lock that is free needs no patience
}

TEST_F(StatementTest, WaitsUntilAnotherProgramIsThrough) {
  Database other(path(), Database::Access::read_write);
  other.execute("BEGIN IMMEDIATE");
  const std::jthread ending([&] {
    std::this_thread::sleep_for(300ms);
    other.execute("ROLLBACK");
  });
  Transaction(database_).commit();
}

TEST_F(StatementTest, AnyFileNameIsAFile) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(path().parent_path());
  open_database(":memory:");
  open_database("file:x?mode=memory");
  std::filesystem::current_path(before);
  EXPECT_TRUE(std::filesystem::exists(path(":memory:")));
  EXPECT_TRUE(std::filesystem::exists(path("file:x?mode=memory")));
}

}  // namespace
}  // namespace storage
