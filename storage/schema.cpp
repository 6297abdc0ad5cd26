#include "storage/schema.h"

#include <array>
#include <cstdint>
#include <string>
#include <utility>

namespace storage {
namespace {

// `page` is a view, so that a query that reads no text or body does not page through them. Subqueries instead
// of a join keep the view flat: a LEFT JOIN with it uses the index on url. A page's links lie together, in
// order.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE page_row(
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  final_url TEXT, status INTEGER, error TEXT,
  title TEXT, description TEXT, canonical TEXT, lang TEXT, charset TEXT, content_type TEXT,
  body_size INTEGER, digest TEXT, previous_digest TEXT, link_count INTEGER, hops TEXT,
  etag TEXT, last_modified TEXT,
  depth INTEGER NOT NULL, referrer TEXT, attempts INTEGER NOT NULL, run_id INTEGER NOT NULL,
  fetched_at TEXT, checked_at TEXT NOT NULL, changed_at TEXT, gone_at TEXT,
  fields TEXT);

CREATE TABLE page_body(id INTEGER PRIMARY KEY, text TEXT, meta TEXT, headers BLOB, body BLOB);

CREATE VIEW page AS SELECT
  id, url, final_url, status, error, title, description, canonical, lang, charset, content_type,
  (SELECT text FROM page_body WHERE page_body.id = page_row.id) AS text,
  (SELECT meta FROM page_body WHERE page_body.id = page_row.id) AS meta,
  (SELECT headers FROM page_body WHERE page_body.id = page_row.id) AS headers,
  (SELECT body FROM page_body WHERE page_body.id = page_row.id) AS body,
  body_size, digest, previous_digest, link_count, hops, etag, last_modified, depth, referrer, attempts, run_id,
  fetched_at, checked_at, changed_at, gone_at, fields
FROM page_row;

CREATE TABLE seed_line(
  run_id INTEGER NOT NULL, line INTEGER NOT NULL, given TEXT NOT NULL, url TEXT, outcome TEXT NOT NULL,
  PRIMARY KEY(run_id, line)) WITHOUT ROWID;

CREATE VIEW seed AS SELECT
  run_id, line, given, (SELECT id FROM page_row WHERE page_row.url = seed_line.url) AS page_id, outcome
FROM seed_line;

CREATE TABLE fetch(
  id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL, page_id INTEGER,
  url TEXT NOT NULL, kind TEXT NOT NULL, hop INTEGER NOT NULL, attempt INTEGER NOT NULL,
  started_ms REAL NOT NULL, queued_ms REAL, dns_ms REAL, connect_ms REAL, tls_ms REAL, ttfb_ms REAL, total_ms REAL,
  status INTEGER, error TEXT, bytes INTEGER NOT NULL, http_version TEXT, reused INTEGER NOT NULL, ip TEXT);
CREATE INDEX fetch_by_run ON fetch(run_id);
CREATE INDEX fetch_by_page ON fetch(page_id) WHERE page_id IS NOT NULL;

CREATE TABLE link(
  page_id INTEGER NOT NULL, position INTEGER NOT NULL,
  url TEXT NOT NULL, fragment TEXT NOT NULL, kind TEXT NOT NULL, rel TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY(page_id, position)) WITHOUT ROWID;

CREATE TABLE run(
  id INTEGER PRIMARY KEY, job_id INTEGER NOT NULL, state TEXT NOT NULL,
  started_at TEXT NOT NULL, finished_at TEXT,
  mode TEXT NOT NULL, concurrency INTEGER NOT NULL, args TEXT NOT NULL, source_digest TEXT NOT NULL,
  listed INTEGER, ok INTEGER, failed INTEGER, skipped INTEGER, "left" INTEGER, bytes INTEGER,
  wall_ms INTEGER, cpu_ms INTEGER, peak_rss_kb INTEGER, exit_code INTEGER);
)sql";

// What a crawl that follows links knows of URLs that have no page yet, and why others never get one. A queue
// is read and written at its hosts' ends alone, however long it is.
constexpr const char* kVersion2 = R"sql(
CREATE TABLE frontier_job(job_id INTEGER NOT NULL);

CREATE TABLE frontier_host(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, pages INTEGER NOT NULL);

CREATE TABLE frontier_url(
  host_id INTEGER NOT NULL, depth INTEGER NOT NULL, id INTEGER NOT NULL,
  url TEXT NOT NULL, purpose INTEGER NOT NULL, referrer TEXT NOT NULL, redirects INTEGER NOT NULL,
  is_listed INTEGER NOT NULL,
  PRIMARY KEY(host_id, depth, id)) WITHOUT ROWID;

CREATE TABLE frontier_outside(
  unit TEXT NOT NULL, id INTEGER NOT NULL,
  url TEXT NOT NULL, depth INTEGER NOT NULL, referrer TEXT NOT NULL,
  PRIMARY KEY(unit, id)) WITHOUT ROWID;

CREATE TABLE frontier_scope(url TEXT PRIMARY KEY, is_given INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE robots(
  origin TEXT PRIMARY KEY, asked_at INTEGER NOT NULL, status INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE skipped(
  run_id INTEGER NOT NULL, reason TEXT NOT NULL, urls INTEGER NOT NULL, example TEXT NOT NULL,
  PRIMARY KEY(run_id, reason)) WITHOUT ROWID;
)sql";

// Element i brings version i to i + 1; a published step never changes.
constexpr std::array kSteps = {kVersion1, kVersion2};
constexpr auto kVersion = static_cast<std::int64_t>(kSteps.size());

std::int64_t read_integer(const Database& database, std::string_view sql) {
  Statement statement(database, sql);
  Rows rows = statement.query();
  rows.next();
  return rows.integer(0);
}

/// The version that the file holds, 0 if it is empty. Throws if it is not ours to read.
std::int64_t check_version(const Database& database) {
  const auto application = read_integer(database, "PRAGMA application_id");
  const auto version = read_integer(database, "PRAGMA user_version");
  const bool is_empty =
      application == 0 && version == 0 && read_integer(database, "SELECT count(*) FROM sqlite_schema") == 0;
  if (!is_empty && application != kApplicationId) {
    throw DatabaseError(SQLITE_ERROR, database.file() + " belongs to another application: name another file");
  }
  if (version > kVersion) {
    throw DatabaseError(SQLITE_ERROR, database.file() + " was written by a newer crawl (schema " +
                                          std::to_string(version) + ", this one knows " +
                                          std::to_string(kVersion) + "): update crawl, or name another file");
  }
  return version;
}

void migrate(Database& database, std::int64_t version) {
  Transaction transaction(database);
  for (; version < kVersion; ++version) database.execute(kSteps.at(static_cast<std::size_t>(version)));
  database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  database.execute("PRAGMA user_version = " + std::to_string(kVersion));
  transaction.commit();
}

void use_write_ahead_log(Database& database) {
  Statement statement(database, "PRAGMA journal_mode = WAL");
  Rows rows = statement.query();
  if (!rows.next() || rows.text(0) != "wal") {
    throw DatabaseError(
        SQLITE_ERROR,
        database.file() + " lies on a file system without shared memory: name a local file with -o");
  }
}

}  // namespace

Database open_database(const std::filesystem::path& file, SharedPatience patience) {
  Database database(file, Database::Access::read_write, std::move(patience));
  const std::int64_t version = check_version(database);
  // Only an empty file takes the page size, and none does once it has a write-ahead log.
  database.execute("PRAGMA page_size = 16384");
  use_write_ahead_log(database);
  // More cache made no run of 200,000 pages cheaper, and shows in the program's memory. A log that a long
  // reader made grow is cut to 64 MB once it is copied back.
  database.execute(
      "PRAGMA synchronous = NORMAL;"
      "PRAGMA cache_size = -8192;"
      "PRAGMA journal_size_limit = 67108864");
  if (version < kVersion) migrate(database, version);
  return database;
}

Database open_temporary_database() {
  Database database;
  database.execute("PRAGMA page_size = 16384; PRAGMA cache_size = -8192");
  migrate(database, 0);
  return database;
}

Database open_database_for_reading(const std::filesystem::path& file, SharedPatience patience) {
  Database database(file, Database::Access::read_only, std::move(patience));
  if (check_version(database) == 0) {
    throw DatabaseError(SQLITE_ERROR, database.file() + " holds no crawl yet: crawl something into it first");
  }
  return database;
}

}  // namespace storage
