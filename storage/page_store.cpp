#include "storage/page_store.h"

#include <optional>

namespace storage {
namespace {

// A row is inserted unless it is there, and then updated by its id: ON CONFLICT DO, RETURNING and REPLACE may
// change several rows, and so SQLite would note in a temporary file how to undo each statement.
constexpr std::string_view kInsertContent = R"sql(
INSERT OR IGNORE INTO page_row(
  url, status, error, attempts, depth, referrer, run_id, fetched_at, checked_at, changed_at,
  final_url, title, description, canonical, lang, charset, content_type,
  body_size, digest, link_count, hops, etag, last_modified, fields)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22))sql";

constexpr std::string_view kUpdateContent = R"sql(
UPDATE page_row SET
  status = ?2, error = ?3, attempts = ?4, depth = ?5, referrer = ?6, run_id = ?7, fetched_at = ?8, checked_at = ?8,
  changed_at = iif(digest IS ?17, changed_at, ?8), gone_at = NULL,
  final_url = ?9, title = ?10, description = ?11, canonical = ?12, lang = ?13, charset = ?14, content_type = ?15,
  body_size = ?16, previous_digest = iif(digest IS ?17, previous_digest, digest), digest = ?17,
  link_count = ?18, hops = ?19, etag = ?20, last_modified = ?21, fields = ?22
WHERE id = ?23)sql";

constexpr std::string_view kInsertOutcome = R"sql(
INSERT OR IGNORE INTO page_row(url, status, error, attempts, depth, referrer, run_id, checked_at, gone_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, iif(?2 IN (404, 410), ?8, NULL)))sql";

constexpr std::string_view kUpdateOutcome = R"sql(
UPDATE page_row SET
  status = iif(?1 = 304 AND status < 400, status, coalesce(?1, status)),
  error = ?2, attempts = ?3, run_id = ?4, checked_at = ?5,
  gone_at = iif(?2 IS NULL AND ?1 < 400, NULL, coalesce(gone_at, iif(?1 IN (404, 410), ?5, NULL)))
WHERE id = ?6)sql";

constexpr std::string_view kAddFetch = R"sql(
INSERT INTO fetch(
  run_id, page_id, url, kind, hop, attempt, started_ms, queued_ms, dns_ms, connect_ms, tls_ms, ttfb_ms, total_ms,
  status, error, bytes, http_version, reused, ip)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql";

std::optional<Blob> as_blob(const std::optional<std::string>& octets) {
  return octets ? std::optional(Blob(*octets)) : std::nullopt;
}

}  // namespace

PageStore::PageStore(Database& database)
    : database_(database),
      find_page_(database, "SELECT id FROM page_row WHERE url = ?"),
      insert_content_(database, kInsertContent),
      update_content_(database, kUpdateContent),
      insert_outcome_(database, kInsertOutcome),
      update_outcome_(database, kUpdateOutcome),
      drop_body_(database, "DELETE FROM page_body WHERE id = ?"),
      insert_body_(database, "INSERT INTO page_body(id, text, meta, headers, body) VALUES (?, ?, ?, ?, ?)"),
      drop_links_(database, "DELETE FROM link WHERE page_id = ?"),
      add_link_(
          database,
          "INSERT INTO link(page_id, position, url, fragment, kind, rel, text) VALUES (?, ?, ?, ?, ?, ?, ?)"),
      add_fetch_(database, kAddFetch),
      add_seed_(database, "INSERT INTO seed_line(run_id, line, given, url, outcome) VALUES (?, ?, ?, ?, ?)"),
      robots_(database) {}

void PageStore::commit(const Batch& batch, std::int64_t run_id) {
  if (batch.is_empty()) return;
  database_.check_in_place();
  Transaction transaction(database_);
  add(batch, run_id);
  transaction.commit();
}

void PageStore::add(const Batch& batch, std::int64_t run_id) {
  for (const PageOutcome& page : batch.pages) store(page, run_id);
  for (const FetchRow& fetch : batch.fetches) store(fetch, std::nullopt, run_id);
  for (const SeedRow& seed : batch.seeds)
    add_seed_.run(run_id, seed.line, seed.given, seed.url, seed.outcome);
  for (const RobotsRow& robots : batch.robots) robots_.add(robots);
}

void PageStore::store(const PageOutcome& page, std::int64_t run_id) {
  const std::int64_t id = page.content ? store_content(page, run_id) : store_outcome(page, run_id);
  for (const FetchRow& fetch : page.fetches) store(fetch, id, run_id);
}

std::int64_t PageStore::id_of(std::string_view url) {
  Rows rows = find_page_.query(url);
  rows.next();
  return rows.integer(0);
}

std::int64_t PageStore::store_content(const PageOutcome& page, std::int64_t run_id) {
  const Content& content = *page.content;
  const auto put = [&](Statement& statement, const auto&... id) {
    return statement.run(page.url, page.status, page.error, page.attempts, page.depth, page.referrer, run_id,
                         page.at, content.final_url, content.title, content.description, content.canonical,
                         content.lang, content.charset, content.content_type, content.body_size,
                         content.digest, content.link_count, content.hops, content.etag,
                         content.last_modified, content.fields, id...);
  };
  const bool is_new = put(insert_content_) == 1;
  const std::int64_t id = is_new ? database_.last_insert_id() : id_of(page.url);
  if (!is_new) {
    put(update_content_, id);
    drop_body_.run(id);
    drop_links_.run(id);
  }
  insert_body_.run(id, content.text, content.meta, as_blob(content.headers), as_blob(content.body));
  store_links(id, page.links);
  return id;
}

std::int64_t PageStore::store_outcome(const PageOutcome& page, std::int64_t run_id) {
  const bool is_new = insert_outcome_.run(page.url, page.status, page.error, page.attempts, page.depth,
                                          page.referrer, run_id, page.at) == 1;
  if (is_new) return database_.last_insert_id();
  const std::int64_t id = id_of(page.url);
  update_outcome_.run(page.status, page.error, page.attempts, run_id, page.at, id);
  return id;
}

void PageStore::store_links(std::int64_t page_id, const std::vector<LinkRow>& links) {
  std::int64_t position = 0;
  for (const LinkRow& link : links) {
    add_link_.run(page_id, ++position, link.url, link.fragment, link.kind, link.rel, link.text);
  }
}

void PageStore::store(const FetchRow& fetch, std::optional<std::int64_t> page_id, std::int64_t run_id) {
  add_fetch_.run(run_id, page_id, fetch.url, fetch.kind, fetch.hop, fetch.attempt, fetch.started_ms,
                 fetch.queued_ms, fetch.dns_ms, fetch.connect_ms, fetch.tls_ms, fetch.ttfb_ms, fetch.total_ms,
                 fetch.status, fetch.error, fetch.bytes, fetch.http_version, fetch.reused, fetch.ip);
}

}  // namespace storage
