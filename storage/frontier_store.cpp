#include "storage/frontier_store.h"

namespace storage {
namespace {

constexpr std::string_view kColumns = "host_id, depth, id, url, purpose, referrer, redirects, is_listed";

FrontierRow row_of(const Rows& rows) {
  return {.host_id = rows.integer(0),
          .depth = static_cast<int>(rows.integer(1)),
          .id = rows.integer(2),
          .url = std::string(rows.text(3)),
          .purpose = static_cast<int>(rows.integer(4)),
          .referrer = std::string(rows.text(5)),
          .redirects = static_cast<int>(rows.integer(6)),
          .is_listed = rows.integer(7) != 0};
}

OutsideRow outside_of(const Rows& rows) {
  return {.id = rows.integer(0),
          .unit = std::string(rows.text(1)),
          .url = std::string(rows.text(2)),
          .depth = static_cast<int>(rows.integer(3)),
          .referrer = std::string(rows.text(4))};
}

std::string select(std::string_view rest) {
  return "SELECT " + std::string(kColumns) + " FROM frontier_url " + std::string(rest);
}

// The ends of the queues change with every transaction, and what changed often in a log of 4,000 pages (64
// MB) is copied back once. Pages that are given up stay as they are: where SQLite is built to overwrite them,
// as Debian's is, begin() would write as much as the last job's queue took, all of it into the log.
constexpr const char* kForQueues = "PRAGMA wal_autocheckpoint = 4000; PRAGMA secure_delete = FAST";

std::optional<int> depth_in(Rows rows) {
  if (!rows.next() || rows.is_null(0)) return std::nullopt;
  return static_cast<int>(rows.integer(0));
}

}  // namespace

FrontierStore::FrontierStore(Database& database)
    : database_(database),
      find_host_(database, "SELECT id, pages FROM frontier_host WHERE name = ?"),
      add_host_(database, "INSERT INTO frontier_host(name, pages) VALUES (?, 0)"),
      set_pages_(database, "UPDATE frontier_host SET pages = ? WHERE id = ?"),
      add_(database,
           "INSERT INTO frontier_url(" + std::string(kColumns) + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
      remove_(database, "DELETE FROM frontier_url WHERE host_id = ? AND depth = ? AND id = ?"),
      find_(database, select("WHERE host_id = ? AND depth = ? AND id = ?")),
      first_of_(database, select("WHERE host_id = ? ORDER BY depth, id LIMIT ?")),
      next_host_(database, "SELECT host_id FROM frontier_url WHERE host_id > ? ORDER BY host_id LIMIT 1"),
      add_outside_(database,
                   "INSERT INTO frontier_outside(unit, id, url, depth, referrer) VALUES (?, ?, ?, ?, ?)"),
      add_to_scope_(database,
                    "INSERT INTO frontier_scope(url, is_given) VALUES (?1, ?2)"
                    " ON CONFLICT DO UPDATE SET is_given = max(is_given, ?2)"),
      lower_depth_(database, "UPDATE page_row SET depth = ?2 WHERE url = ?1 AND depth > ?2"),
      find_done_(database,
                 "SELECT depth FROM page_row JOIN run ON run.id = page_row.run_id"
                 " WHERE url = ? AND run.job_id = ? AND error IS NOT 'cancelled'"),
      find_waiting_(database, "SELECT min(depth) FROM frontier_url WHERE url = ? AND purpose = 0"),
      find_outside_(database, "SELECT 1 FROM frontier_outside WHERE url = ?") {
  database.execute(kForQueues);
}

void FrontierStore::begin(std::int64_t job_id) {
  for (const char* table :
       {"frontier_job", "frontier_host", "frontier_url", "frontier_outside", "frontier_scope"})
    database_.execute("DELETE FROM " + std::string(table));
  database_.execute("DROP INDEX IF EXISTS frontier_url_by_url; DROP INDEX IF EXISTS frontier_outside_by_url");
  Statement(database_, "INSERT INTO frontier_job(job_id) VALUES (?)").run(job_id);
}

bool FrontierStore::belongs_to(std::int64_t job_id) {
  Statement find(database_, "SELECT 1 FROM frontier_job WHERE job_id = ?");
  return find.query(job_id).next();
}

FrontierHost FrontierStore::host(std::string_view name) {
  {
    Rows rows = find_host_.query(name);
    if (rows.next()) return {.id = rows.integer(0), .pages = rows.integer(1)};
  }
  add_host_.run(name);
  return {.id = database_.last_insert_id()};
}

void FrontierStore::set_pages(const FrontierHost& host) { set_pages_.run(host.pages, host.id); }

void FrontierStore::add(const FrontierRow& row) {
  add_.run(row.host_id, row.depth, row.id, row.url, row.purpose, row.referrer, row.redirects, row.is_listed);
}

bool FrontierStore::remove(const FrontierRow& key) {
  return remove_.run(key.host_id, key.depth, key.id) == 1;
}

std::optional<FrontierRow> FrontierStore::find(const FrontierRow& key) {
  Rows rows = find_.query(key.host_id, key.depth, key.id);
  if (!rows.next()) return std::nullopt;
  return row_of(rows);
}

std::vector<FrontierRow> FrontierStore::first_of(std::int64_t host_id, std::size_t rows) {
  std::vector<FrontierRow> first;
  Rows found = first_of_.query(host_id, rows);
  while (found.next()) first.push_back(row_of(found));
  return first;
}

std::optional<std::int64_t> FrontierStore::next_host(std::int64_t after) {
  {
    Rows rows = next_host_.query(after);
    if (rows.next()) return rows.integer(0);
  }
  Rows rows = next_host_.query(0);
  if (!rows.next()) return std::nullopt;
  return rows.integer(0);
}

void FrontierStore::add_outside(const OutsideRow& row) {
  add_outside_.run(row.unit, row.id, row.url, row.depth, row.referrer);
}

std::vector<OutsideRow> FrontierStore::take_outside(std::string_view unit) {
  std::vector<OutsideRow> taken;
  {
    Statement find(
        database_,
        "SELECT id, unit, url, depth, referrer FROM frontier_outside WHERE unit = ? ORDER BY depth, id");
    Rows rows = find.query(unit);
    while (rows.next()) taken.push_back(outside_of(rows));
  }
  Statement(database_, "DELETE FROM frontier_outside WHERE unit = ?").run(unit);
  return taken;
}

void FrontierStore::add_to_scope(std::string_view url, bool is_given) { add_to_scope_.run(url, is_given); }

void FrontierStore::for_each_in_scope(const std::function<void(std::string_view url, bool is_given)>& visit) {
  Statement all(database_, "SELECT url, is_given FROM frontier_scope");
  Rows rows = all.query();
  while (rows.next()) visit(rows.text(0), rows.integer(1) != 0);
}

void FrontierStore::for_each(const std::function<void(const FrontierRow&)>& visit) {
  Statement all(database_, select(""));
  Rows rows = all.query();
  while (rows.next()) visit(row_of(rows));
}

void FrontierStore::for_each_outside(const std::function<void(const OutsideRow&)>& visit) {
  Statement all(database_, "SELECT id, unit, url, depth, referrer FROM frontier_outside");
  Rows rows = all.query();
  while (rows.next()) visit(outside_of(rows));
}

void FrontierStore::for_each_done(std::int64_t job_id,
                                  const std::function<void(std::string_view url, int depth)>& visit) {
  Statement all(database_,
                "SELECT url, depth FROM page_row"
                " WHERE run_id IN (SELECT id FROM run WHERE job_id = ?) AND error IS NOT 'cancelled'");
  Rows rows = all.query(job_id);
  while (rows.next()) visit(rows.text(0), static_cast<int>(rows.integer(1)));
}

void FrontierStore::lower_depth(std::string_view url, int depth) { lower_depth_.run(url, depth); }

std::optional<int> FrontierStore::depth_of_done(std::string_view url, std::int64_t job_id) {
  return depth_in(find_done_.query(url, job_id));
}

std::optional<int> FrontierStore::depth_of_waiting(std::string_view url) {
  return depth_in(find_waiting_.query(url));
}

bool FrontierStore::is_outside(std::string_view url) { return find_outside_.query(url).next(); }

void FrontierStore::index_urls() {
  database_.execute(
      "CREATE INDEX IF NOT EXISTS frontier_url_by_url ON frontier_url(url, depth);"
      "CREATE INDEX IF NOT EXISTS frontier_outside_by_url ON frontier_outside(url)");
}

}  // namespace storage
