#include "crawler/page_reader.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "crawler/followed_links.h"
#include "crawler/json_columns.h"
#include "crawler/page_key.h"
#include "crawler/sitemap_links.h"
#include "crawler/stored_text.h"
#include "parse/ascii.h"
#include "parse/byte_set.h"
#include "parse/digest.h"
#include "parse/encoding.h"
#include "parse/extraction.h"
#include "parse/html_tree.h"
#include "parse/page_facts.h"

namespace crawler {
namespace {

// How much of each kind the worst page takes less than 5 ms for, its digest and its decoding included: more
// is read on a thread, so that it does not hold up the other transfers.
constexpr std::size_t kTreeBytesOnLoop = 4 * 1024;  // HTML that is read by gumbo
constexpr std::size_t kHtmlBytesOnLoop = 16 * 1024;
constexpr std::size_t kTextBytesOnLoop = 192 * 1024;
constexpr std::size_t kBinaryBytesOnLoop = std::size_t{1} << 20;
// A tree may take a hundred times as much, and facts sixty times.
constexpr std::size_t kHugeBodyBytes = std::size_t{1} << 20;

enum class BodyKind { html, text, binary };

/// "text/html" of "Text/HTML; charset=utf-8".
std::string media_type(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
  return parse::to_lower(type);
}

bool begins_as_html(std::string_view body) {
  // In one look a byte: a body may be nothing but white space, and as long as it likes.
  constexpr parse::ByteSet markup = ~parse::ByteSet(" \t\r\n\f\xEF\xBB\xBF");
  const std::size_t start = markup.find_in(body);
  const std::string head = parse::to_lower(body.substr(start, 16));
  return head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head") ||
         head.starts_with("<body") || head.starts_with("<title") || head.starts_with("<!--");
}

BodyKind kind_of(std::optional<std::string_view> content_type, std::string_view body) {
  if (!content_type || content_type->empty()) return begins_as_html(body) ? BodyKind::html : BodyKind::binary;
  const std::string type = media_type(*content_type);
  if (type == "text/html" || type == "application/xhtml+xml") return BodyKind::html;
  const bool is_text = type.starts_with("text/") || type.ends_with("+xml") || type.ends_with("+json") ||
                       type == "application/xml" || type == "application/json" ||
                       type == "application/javascript";
  return is_text ? BodyKind::text : BodyKind::binary;
}

std::optional<std::string> stored_header(const http::Response& response, std::string_view name) {
  const auto value = response.header(name);
  if (!value) return std::nullopt;
  return stored_text(*value);
}

/// A 304 says that the content known already still stands, and has none of its own.
bool has_content(const http::Response& response) { return response.status < 400 && response.status != 304; }

void add_links(storage::PageOutcome& page, std::vector<parse::Link> links) {
  page.links.reserve(links.size());
  for (parse::Link& link : links) {
    const parse::Url url = std::move(link.url).without_credentials();
    page.links.push_back({.url = std::string(url.key()),
                          .fragment = std::string(url.fragment()),
                          .kind = std::string(parse::name(link.kind)),
                          .rel = std::move(link.rel),
                          .text = std::move(link.text)});
  }
}

parse::LinkReading link_reading(const Reading& reading) {
  if (reading.keep.links) return parse::LinkReading::list;
  return reading.follows ? parse::LinkReading::targets : parse::LinkReading::count;
}

void read_html(ReadPage& page, storage::Content& content, std::string_view html, const Answer& answer,
               const Reading& reading) {
  const parse::Url& url = answer.final_url();
  const auto tree = reading.needs_tree() ? parse::HtmlTree::parse(html) : std::nullopt;
  const parse::LinkReading links = link_reading(reading);
  parse::PageFacts facts = tree && reading.parser == Parser::gumbo ? parse::read_page(*tree, url, links)
                                                                   : parse::read_page(html, url, links);
  facts.beyond_bounds |= reading.needs_tree() && !tree;
  if (reading.extraction) {
    const auto found =
        tree ? parse::extract(*tree, facts.base.value_or(url), *reading.extraction) : parse::Extracted();
    content.fields = fields_json(*reading.extraction, found.items);
    facts.beyond_bounds |= found.beyond_bounds;
  }
  content.meta = meta_json(facts);
  content.title = std::move(facts.title);
  content.description = std::move(facts.description);
  content.canonical = std::move(facts.canonical);
  content.lang = std::move(facts.lang);
  content.link_count = static_cast<std::int64_t>(facts.link_count);
  if (reading.keep.text) content.text = std::move(facts.text);
  if (page.finding) {
    FollowedLinks leads = followed_links(facts, *answer.response, url, reading.nofollow_token);
    page.finding->links = std::move(leads.links);
    page.finding->nofollow_links = leads.nofollow;
  }
  if (reading.keep.links) add_links(page.row, std::move(facts.links));
}

void read_given_sitemap(ReadPage& page, std::string_view body, const Answer& answer) {
  if (page.finding && page.finding->claim->is_listed)
    page.finding->add(read_sitemap(body, answer.final_url()));
}

storage::Content read_content(ReadPage& page, Answer& answer, const Reading& reading) {
  http::Response& response = *answer.response;
  const auto content_type = response.header("content-type");
  storage::Content content;
  content.final_url = (answer.redirect ? *answer.redirect : answer.final_url()).key();
  content.content_type = stored_header(response, "content-type");
  content.etag = stored_header(response, "etag");
  content.last_modified = stored_header(response, "last-modified");
  content.hops = hops_json(answer.hops);
  content.body_size = static_cast<std::int64_t>(response.body.size());
  content.digest = parse::sha256_hex(response.body);

  const BodyKind kind = kind_of(content_type, response.body);
  if (reading.takes_sitemaps && kind != BodyKind::html) read_given_sitemap(page, response.body, answer);
  if (kind != BodyKind::binary && !answer.redirect) {
    const parse::Encoded found =
        parse::find_charset(response.body, content_type.value_or(""),
                            kind == BodyKind::html ? parse::Markup::html : parse::Markup::other);
    content.charset = found.charset;
    // Most pages are the text that is read of them already.
    std::string decoded;
    std::string_view text = found.bytes;
    if (!parse::is_valid_utf8(found)) text = decoded = parse::to_utf8(found);
    if (text.contains('\0')) text = decoded = without_nul(text);
    if (kind == BodyKind::html)
      read_html(page, content, text, answer, reading);
    else if (reading.keep.text)
      content.text = text;
  }
  content.headers = std::move(response.headers);
  if (reading.keep.body) content.body = std::move(response.body);
  return content;
}

std::size_t most_on_loop(BodyKind kind, const Reading& reading) {
  switch (kind) {
    case BodyKind::html:
      return reading.needs_tree() ? kTreeBytesOnLoop : kHtmlBytesOnLoop;
    case BodyKind::text:
      return kTextBytesOnLoop;
    case BodyKind::binary:
      return kBinaryBytesOnLoop;
  }
  return 0;
}

std::size_t body_to_read(const Answer& answer) {
  return answer.response && has_content(*answer.response) ? answer.response->body.size() : 0;
}

}  // namespace

ReadPage read_page(Answer answer, const Reading& reading, std::string ended_at) {
  ReadPage page;
  storage::PageOutcome& row = page.row;
  row.url = page_key(answer.url, reading.ignores_tracking);
  row.attempts = answer.fetches.empty() ? 0 : answer.fetches.back().attempt;
  row.at = std::move(ended_at);
  if (answer.claim) {
    row.depth = answer.claim->depth;
    if (!answer.claim->referrer.empty()) row.referrer = answer.claim->referrer;
    const bool is_done = answer.response || answer.response.error() != PageError::cancelled;
    page.finding = Finding{.claim = std::move(answer.claim), .key = row.url, .is_done = is_done};
    page.finding->redirect = answer.redirect;
  }
  if (!answer.response) {
    row.error = name(answer.response.error());
    if (!answer.fetches.empty()) row.status = answer.fetches.back().status;
  } else {
    row.status = answer.response->status;
    if (has_content(*answer.response)) row.content = read_content(page, answer, reading);
  }
  row.fetches = std::move(answer.fetches);
  return page;
}

bool is_slow_to_read(const Answer& answer, const Reading& reading) {
  const std::size_t bytes = body_to_read(answer);
  if (bytes <= kTreeBytesOnLoop) return false;
  if (bytes > kBinaryBytesOnLoop) return true;  // what it is may take long to find out too
  const BodyKind kind = kind_of(answer.response->header("content-type"), answer.response->body);
  return bytes > most_on_loop(kind, reading);
}

bool is_huge_to_read(const Answer& answer) { return body_to_read(answer) > kHugeBodyBytes; }

}  // namespace crawler
