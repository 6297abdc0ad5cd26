#include "storage/page_store.h"

#include <optional>

namespace storage {
namespace {

constexpr std::string_view kPutContent = R"sql(
INSERT INTO page_row(
  url, status, error, attempts, depth, referrer, run_id, fetched_at, checked_at, changed_at,
  final_url, title, description, canonical, lang, charset, content_type,
  body_size, digest, link_count, hops, etag, last_modified, fields)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)
ON CONFLICT(url) DO UPDATE SET
  status = excluded.status, error = excluded.error, attempts = excluded.attempts,
  depth = excluded.depth, referrer = excluded.referrer, run_id = excluded.run_id,
  fetched_at = excluded.fetched_at, checked_at = excluded.checked_at,
  changed_at = iif(digest IS excluded.digest, changed_at, excluded.changed_at),
  gone_at = NULL,
  final_url = excluded.final_url, title = excluded.title, description = excluded.description,
  canonical = excluded.canonical, lang = excluded.lang, charset = excluded.charset,
  content_type = excluded.content_type, body_size = excluded.body_size,
  previous_digest = iif(digest IS excluded.digest, previous_digest, digest),
  digest = excluded.digest, link_count = excluded.link_count, hops = excluded.hops,
  etag = excluded.etag, last_modified = excluded.last_modified, fields = excluded.fields
RETURNING id)sql";

constexpr std::string_view kPutOutcome = R"sql(
INSERT INTO page_row(url, status, error, attempts, depth, referrer, run_id, checked_at, gone_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, iif(?2 IN (404, 410), ?8, NULL))
ON CONFLICT(url) DO UPDATE SET
  status = iif(excluded.status = 304 AND status < 400, status, coalesce(excluded.status, status)),
  error = excluded.error, attempts = excluded.attempts, run_id = excluded.run_id, checked_at = excluded.checked_at,
  gone_at = iif(excluded.error IS NULL AND excluded.status < 400, NULL, coalesce(gone_at, excluded.gone_at))
RETURNING id)sql";

constexpr std::string_view kAddFetch = R"sql(
INSERT INTO fetch(
  run_id, page_id, url, kind, hop, attempt, started_ms, queued_ms, dns_ms, connect_ms, tls_ms, ttfb_ms, total_ms,
  status, error, bytes, http_version, reused, ip)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql";

std::optional<Blob> as_blob(const std::optional<std::string>& octets) {
  return octets ? std::optional(Blob(*octets)) : std::nullopt;
}

std::int64_t read_id(Rows rows) {
  rows.next();
  return rows.integer(0);
}

}  // namespace

PageStore::PageStore(Database& database)
    : database_(database),
      put_content_(database, kPutContent),
      put_body_(database, "REPLACE INTO page_body(id, text, meta, headers, body) VALUES (?, ?, ?, ?, ?)"),
      put_outcome_(database, kPutOutcome),
      drop_links_(database, "DELETE FROM link WHERE page_id = ?"),
      add_link_(
          database,
          "INSERT INTO link(page_id, position, url, fragment, kind, rel, text) VALUES (?, ?, ?, ?, ?, ?, ?)"),
      add_fetch_(database, kAddFetch),
      add_seed_(database, "INSERT INTO seed_line(run_id, line, given, url, outcome) VALUES (?, ?, ?, ?, ?)") {
}

void PageStore::commit(const Batch& batch, std::int64_t run_id) {
  if (batch.is_empty()) return;
  database_.check_in_place();
  Transaction transaction(database_);
  for (const PageOutcome& page : batch.pages) store(page, run_id);
  for (const FetchRow& fetch : batch.fetches) store(fetch, std::nullopt, run_id);
  for (const SeedRow& seed : batch.seeds)
    add_seed_.run(run_id, seed.line, seed.given, seed.url, seed.outcome);
  transaction.commit();
}

void PageStore::store(const PageOutcome& page, std::int64_t run_id) {
  const std::int64_t id = page.content ? store_content(page, run_id) : store_outcome(page, run_id);
  for (const FetchRow& fetch : page.fetches) store(fetch, id, run_id);
}

std::int64_t PageStore::store_content(const PageOutcome& page, std::int64_t run_id) {
  const Content& content = *page.content;
  const std::int64_t id = read_id(put_content_.query(
      page.url, page.status, page.error, page.attempts, page.depth, page.referrer, run_id, page.at,
      content.final_url, content.title, content.description, content.canonical, content.lang, content.charset,
      content.content_type, content.body_size, content.digest, content.link_count, content.hops, content.etag,
      content.last_modified, content.fields));
  put_body_.run(id, content.text, content.meta, as_blob(content.headers), as_blob(content.body));
  store_links(id, page.links);
  return id;
}

std::int64_t PageStore::store_outcome(const PageOutcome& page, std::int64_t run_id) {
  return read_id(put_outcome_.query(page.url, page.status, page.error, page.attempts, page.depth,
                                    page.referrer, run_id, page.at));
}

void PageStore::store_links(std::int64_t page_id, const std::vector<LinkRow>& links) {
  drop_links_.run(page_id);
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
