// Two URLs and a host, a line each: the second URL is resolved against the first. What holds of every Url is
// asked of both, and that the reading of plain spellings gives what the standard's parser does.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <expected>
#include <string>
#include <string_view>

#include "parse/host.h"
#include "parse/tracking_parameters.h"
#include "parse/url.h"

namespace {

using parse::Url;
using Result = std::expected<Url, parse::UrlError>;

void require(bool holds) {
  if (!holds) std::abort();
}

std::string_view take_line(std::string_view& input) {
  const std::string_view line = input.substr(0, input.find('\n'));
  input.remove_prefix(line.size() < input.size() ? line.size() + 1 : line.size());
  return line;
}

bool is_plain_ascii(std::string_view text) {
  for (const char c : text)
    if (c <= ' ' || c >= '\x7F') return false;
  return true;
}

void require_same(const Url& a, const Url& b) {
  require(a.href() == b.href() && a.key() == b.key() && a.credentials() == b.credentials());
  require(a.username() == b.username() && a.password() == b.password());
  require(a.host() == b.host() && a.port() == b.port() && a.path() == b.path());
  require(a.query() == b.query() && a.fragment() == b.fragment());
}

/// A space before it means nothing, and is not plain.
std::string by_parser(std::string_view input) { return std::string(" ").append(input); }

void require_same(const Result& plainly, const Result& by_parser) {
  require(plainly.has_value() == by_parser.has_value());
  if (plainly) require_same(*plainly, *by_parser);
  if (!plainly) require(plainly.error() == by_parser.error());
}

void check_host(std::string_view host) {
  std::string written;
  if (!parse::append_host(host, written)) return;
  require(!written.empty() && is_plain_ascii(written));
  std::string again;
  require(parse::append_host(written, again) && again == written);
}

void check_key(const Url& url) {
  const std::string key = parse::key_without_tracking(url);
  require(key.size() <= url.key().size());
  const Result parsed = Url::parse(key);
  require(parsed && parsed->href() == key && parse::key_without_tracking(*parsed) == key);
  require(parsed->origin() == url.origin() && parsed->path() == url.path());
}

void check(const Url& url) {
  require(is_plain_ascii(url.href()));
  require(url.href().starts_with(url.key()));
  const Result again = Url::parse(url.href());
  require(again.has_value());
  require_same(*again, url);
  check_host(url.host());
  check_key(url);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  if (size >= Url::max_length) return 0;  // the space would be one too many
  const std::string_view first = take_line(input);
  const std::string_view second = take_line(input);
  check_host(input);
  const Result base = Url::parse(first);
  require_same(base, Url::parse(by_parser(first)));
  if (!base) return 0;
  check(*base);
  const Result url = base->resolve(second);
  require_same(url, base->resolve(by_parser(second)));
  if (!url) return 0;
  check(*url);
  const Result from_here = url->resolve(url->href());
  require(from_here.has_value());
  require_same(*from_here, *url);
  return 0;
}
