#include "parse/plain_url.h"

#include "parse/ascii.h"
#include "parse/byte_set.h"
#include "parse/percent_encode.h"

namespace parse {
namespace {

constexpr ByteSet kSegmentEnds = kPathEncodeSet | ByteSet("/\\");
/// What stands before a colon may be a scheme.
constexpr ByteSet kFirstSegmentEnds = kSegmentEnds | ByteSet(":");
constexpr ByteSet kNameEnds = ~(ByteSet('a', 'z') | ByteSet("0123456789-."));

/// "." and ".." have these beginnings in all their spellings.
bool may_be_dots(std::string_view segment) { return segment.starts_with('.') || segment.starts_with("%2"); }

/// The end of the path that `text` begins with: where there is no plain byte, or a segment may be dots.
std::size_t find_path_end(std::string_view text) {
  if (may_be_dots(text)) return 0;
  std::size_t end = kFirstSegmentEnds.find_in(text);
  while (end < text.size() && text[end] == '/') {
    if (may_be_dots(text.substr(end + 1))) return end;
    end = kSegmentEnds.find_in(text, end + 1);
  }
  return end;
}

}  // namespace

std::optional<PlainParts> find_plain_parts(std::string_view reference) {
  if (reference.starts_with("//")) return std::nullopt;
  PlainParts parts{};
  std::size_t end = find_path_end(reference);
  const auto is_at = [&](char c) { return end < reference.size() && reference[end] == c; };
  parts.query_begin = end;
  if (is_at('?')) end = kQueryEncodeSet.find_in(reference, end + 1);
  parts.fragment_begin = end;
  if (is_at('#')) end = kFragmentEncodeSet.find_in(reference, end + 1);
  if (end < reference.size()) return std::nullopt;
  return parts;
}

std::optional<PlainUrl> find_plain_url(std::string_view text) {
  PlainUrl url{};
  url.host_begin = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
  if (url.host_begin == 0) return std::nullopt;
  url.host_end = kNameEnds.find_in(text, url.host_begin);
  if (url.host_end == text.size() || text[url.host_end] != '/') return std::nullopt;
  // A last label that begins with a digit may be a number, and the host an IPv4 address.
  const std::string_view host = text.substr(url.host_begin, url.host_end - url.host_begin);
  const std::string_view last_label = host.substr(host.rfind('.') + 1);
  if (last_label.empty() || !is_letter(last_label.front())) return std::nullopt;

  const std::optional<PlainParts> parts = find_plain_parts(text.substr(url.host_end));
  if (!parts) return std::nullopt;
  url.query_begin = url.host_end + parts->query_begin;
  url.fragment_begin = url.host_end + parts->fragment_begin;
  return url;
}

}  // namespace parse
