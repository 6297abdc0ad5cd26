#include "storage/schema.h"

#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/storage/fixture.h"

namespace storage {
namespace {

using test_support::write_file;
using testing::HasSubstr;

class SchemaTest : public DatabaseTest {
 protected:
  std::string bytes(const std::filesystem::path& file) const {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  void make(const std::filesystem::path& file, const std::string& sql) const {
    Database(file, Database::Access::read_write).execute(sql);
  }
  std::string columns(const std::string& table) const {
    return value("SELECT group_concat(name, ' ') FROM pragma_table_info('" + table + "')");
  }
};

TEST_F(SchemaTest, HasTheTablesThatUsersRelyOn) {
  EXPECT_EQ(
      columns("page"),
      "id url final_url status error title description canonical lang charset content_type text meta headers "
      "body "
      "body_size digest previous_digest link_count hops etag last_modified depth referrer attempts run_id "
      "fetched_at checked_at changed_at gone_at fields");
  EXPECT_EQ(columns("seed"), "run_id line given page_id outcome");
  EXPECT_EQ(
      columns("fetch"),
      "id run_id page_id url kind hop attempt started_ms queued_ms dns_ms connect_ms tls_ms ttfb_ms total_ms "
      "status error bytes http_version reused ip");
  EXPECT_EQ(columns("link"), "page_id position url fragment kind rel text");
  EXPECT_EQ(columns("run"),
            "id job_id state started_at finished_at mode concurrency args source_digest listed ok failed "
            "skipped left "
            "bytes wall_ms cpu_ms peak_rss_kb exit_code");
}

TEST_F(SchemaTest, WritesLargePagesAheadOfTheDatabase) {
  EXPECT_EQ(value("PRAGMA page_size"), "16384");
  EXPECT_EQ(value("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(value("PRAGMA user_version"), "2");
}

TEST_F(SchemaTest, OpensAgainWithWhatWasThere) {
  commit(answered("http://a/"));
  Database again = open_database(path());
  EXPECT_EQ(value("SELECT url FROM page"), "http://a/");
}

TEST_F(SchemaTest, TakesAnEmptyFile) {
  write_file(path("empty"), "");
  open_database(path("empty"));
  EXPECT_EQ(test_support::SqliteQuery(path("empty")).value("PRAGMA page_size"), "16384");
}

TEST_F(SchemaTest, CompletesADatabaseWhoseMakingWasCutShort) {
  make(path("begun"), "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL");
  open_database(path("begun"));
  EXPECT_EQ(test_support::SqliteQuery(path("begun")).value("SELECT count(*) FROM page"), "0");
}

TEST_F(SchemaTest, RefusesAFileThatIsNoDatabase) {
  write_file(path("urls.txt"), std::string(100, 'x'));
  EXPECT_THAT(error_of([&] { open_database(path("urls.txt")); }),
              HasSubstr("urls.txt is not a SQLite database: name another file"));
  EXPECT_EQ(bytes(path("urls.txt")), std::string(100, 'x'));
}

TEST_F(SchemaTest, RefusesADirectory) {
  EXPECT_THAT(error_of([&] { open_database(path("")); }), HasSubstr("Is a directory"));
}

TEST_F(SchemaTest, RefusesAPathInAMissingDirectory) {
  EXPECT_THAT(error_of([&] { open_database(path("no/crawl.db")); }), HasSubstr("No such file or directory"));
}

TEST_F(SchemaTest, RefusesANewerVersion) {
  database_.execute("PRAGMA user_version = 7");
  const std::string error = error_of([&] { open_database(path()); });
  EXPECT_THAT(error, HasSubstr("newer crawl (schema 7, this one knows 2)"));
  EXPECT_EQ(value("PRAGMA user_version"), "7");
}

class ForeignDatabase : public SchemaTest, public testing::WithParamInterface<const char*> {};

TEST_P(ForeignDatabase, IsRefusedAndLeftAsItWas) {
  make(path("other.db"), GetParam());
  const std::string before = bytes(path("other.db"));
  EXPECT_THAT(error_of([&] { open_database(path("other.db")); }),
              HasSubstr("belongs to another application"));
  EXPECT_EQ(bytes(path("other.db")), before);
}

INSTANTIATE_TEST_SUITE_P(Schema, ForeignDatabase,
                         testing::Values("CREATE TABLE bookmarks(url)", "PRAGMA application_id = 42",
                                         "PRAGMA user_version = 1",
                                         "CREATE TABLE page(id, url); PRAGMA user_version = 1",
                                         "PRAGMA journal_mode = WAL; CREATE TABLE bookmarks(url)"));

TEST_F(SchemaTest, SaysThatAFileMayNotBeWritten) {
  open_database(path("theirs.db"));
  ASSERT_EQ(::chmod(path("theirs.db").c_str(), 0444), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    // Root may write to anything.
    if (::geteuid() == 0 && (::chmod(path("").c_str(), 0777) != 0 || ::setuid(65534) != 0)) ::_exit(2);
    const std::string error = error_of([&] { open_database(path("theirs.db")); });
    ::_exit(error.contains("cannot write to") ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST_F(SchemaTest, ReadersNeedADatabaseThatIsThere) {
  EXPECT_THAT(error_of([&] { open_database_for_reading(path("none.db")); }), HasSubstr("cannot open"));
  EXPECT_FALSE(std::filesystem::exists(path("none.db")));
  write_file(path("empty.db"), "");
  EXPECT_THAT(error_of([&] { open_database_for_reading(path("empty.db")); }),
              HasSubstr("holds no crawl yet"));
}

TEST_F(SchemaTest, ReadersCannotWrite) {
  Database reader = open_database_for_reading(path());
  EXPECT_THAT(error_of([&] { reader.execute("DELETE FROM run"); }), HasSubstr("cannot write to"));
}

TEST_F(SchemaTest, PagesAreFoundByUrlFromTheirLinks) {
  const auto plan = rows(
      "EXPLAIN QUERY PLAN SELECT count(*) FROM link LEFT JOIN page ON page.url = link.url"
      " WHERE page.id IS NULL");
  ASSERT_EQ(plan.size(), 2U);
  EXPECT_THAT(plan[1][3], HasSubstr("(url=?)"));
}

}  // namespace
}  // namespace storage
