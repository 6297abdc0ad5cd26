#include "parse/tag_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "parse/ascii.h"
#include "parse/utf8.h"

namespace parse {
namespace {

struct NamedReference {
  std::string_view name;
  std::string_view text;
};

constexpr auto kNamedReferences = std::to_array<NamedReference>({{"amp;", "&"},
                                                                 {"lt;", "<"},
                                                                 {"gt;", ">"},
                                                                 {"quot;", "\""},
                                                                 {"apos;", "'"},
                                                                 {"nbsp;", "\u00A0"},
                                                                 {"copy;", "\u00A9"},
                                                                 {"mdash;", "\u2014"},
                                                                 {"ndash;", "\u2013"},
                                                                 {"hellip;", "\u2026"}});

constexpr auto kRawTextTags = std::to_array<GumboTag>(
    {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TITLE, GUMBO_TAG_TEXTAREA, GUMBO_TAG_XMP, GUMBO_TAG_IFRAME,
     GUMBO_TAG_NOEMBED, GUMBO_TAG_NOFRAMES, GUMBO_TAG_PLAINTEXT});

/// Decodes the reference after '&' at the front of `text`; how long it is, or 0 if there is none.
std::size_t decode_reference(std::string_view text, std::string& out) {
  for (const NamedReference& reference : kNamedReferences) {
    if (!text.starts_with(reference.name)) continue;
    out += reference.text;
    return reference.name.size();
  }
  if (!text.starts_with('#')) return 0;

  const bool is_hex = text.substr(1, 1) == "x" || text.substr(1, 1) == "X";
  const char* const digits = text.data() + (is_hex ? 2 : 1);
  std::uint32_t code_point = 0;
  const auto [end, error] = std::from_chars(digits, text.data() + text.size(), code_point, is_hex ? 16 : 10);
  if (end == digits) return 0;
  const bool is_character = error == std::errc() && code_point != 0;
  append_utf8(is_character ? char32_t{code_point} : U'\uFFFD', out);
  return static_cast<std::size_t>(end - text.data()) + (end != text.data() + text.size() && *end == ';');
}

std::string decode_references(std::string_view text) {
  std::string out;
  for (;;) {
    const std::size_t ampersand = text.find('&');
    out += text.substr(0, ampersand);
    if (ampersand == std::string_view::npos) return out;
    text.remove_prefix(ampersand + 1);
    const std::size_t length = decode_reference(text, out);
    if (length == 0) out += '&';
    text.remove_prefix(length);
  }
}

}  // namespace

std::optional<MarkupToken> TagScanner::next() {
  while (at_ < html_.size()) {
    if (!raw_text_of_.empty()) {
      const std::size_t end = end_of_raw_text();
      const bool has_references = raw_text_of_ == "title" || raw_text_of_ == "textarea";
      raw_text_of_.clear();
      if (end > at_) return has_references ? read_text(end) : read_raw_text(end);
    }
    if (peek() != '<') return read_text(html_.find('<', at_));

    if (html_.substr(at_).starts_with("<!--")) {
      at_ += 2;  // the dashes that open a comment may close it too
      skip_past("-->");
    } else if (is_letter(peek(1)) || (peek(1) == '/' && is_letter(peek(2)))) {
      if (auto tag = read_tag()) return tag;
    } else if (peek(1) == '!' || peek(1) == '/' || peek(1) == '?') {
      skip_past(">");
    } else {
      return read_text(html_.find('<', at_ + 1));
    }
  }
  return std::nullopt;
}

MarkupToken TagScanner::read_text(std::size_t end) {
  end = std::min(end, html_.size());
  text_ = decode_references(html_.substr(at_, end - at_));
  at_ = end;
  return {MarkupToken::Kind::text, GUMBO_TAG_UNKNOWN, text_, {}};
}

MarkupToken TagScanner::read_raw_text(std::size_t end) {
  const std::string_view text = html_.substr(at_, end - at_);
  at_ = end;
  return {MarkupToken::Kind::text, GUMBO_TAG_UNKNOWN, text, {}};
}

std::optional<MarkupToken> TagScanner::read_tag() {
  const bool is_end = peek(1) == '/';
  at_ += is_end ? 2 : 1;
  const std::size_t start = at_;
  while (at_ < html_.size() && !is_space(peek()) && peek() != '/' && peek() != '>') ++at_;
  std::string name = to_lower(html_.substr(start, at_ - start));

  strings_.clear();
  attributes_.clear();
  while (at_ < html_.size() && peek() != '>') {
    if (is_space(peek()) || peek() == '/')
      ++at_;
    else
      read_attribute();
  }
  if (at_ == html_.size()) return std::nullopt;  // a tag that the end cuts off is none
  ++at_;

  const GumboTag tag = gumbo_tag_enum(name.c_str());
  const bool has_raw_text = std::ranges::find(kRawTextTags, tag) != kRawTextTags.end();
  if (!is_end && has_raw_text) raw_text_of_ = std::move(name);
  return MarkupToken{
      is_end ? MarkupToken::Kind::end_tag : MarkupToken::Kind::start_tag, tag, {}, attributes_};
}

void TagScanner::read_attribute() {
  const std::size_t start = at_++;  // a name may start with '='
  while (at_ < html_.size() && !is_space(peek()) && peek() != '/' && peek() != '>' && peek() != '=') ++at_;
  const std::string_view name = html_.substr(start, at_ - start);
  while (is_space(peek())) ++at_;

  std::string_view value;
  if (peek() == '=') {
    ++at_;
    while (is_space(peek())) ++at_;
    const char quote = peek();
    const bool is_quoted = quote == '"' || quote == '\'';
    if (is_quoted) ++at_;
    const std::size_t end = is_quoted ? html_.find(quote, at_) : html_.find_first_of(" \t\n\f\r>", at_);
    value = html_.substr(at_, end == std::string_view::npos ? end : end - at_);
    at_ = std::min(end, html_.size());
    if (is_quoted && at_ < html_.size()) ++at_;
  }
  if (attributes_.size() == max_attributes) return;
  const std::string& lower = strings_.emplace_back(to_lower(name));
  attributes_.push_back({lower, strings_.emplace_back(decode_references(value))});
}

std::size_t TagScanner::end_of_raw_text() const {
  for (std::size_t at = html_.find("</", at_); at != std::string_view::npos; at = html_.find("</", at + 2)) {
    const std::size_t after = at + 2 + raw_text_of_.size();
    const bool ends =
        after >= html_.size() || is_space(html_[after]) || html_[after] == '/' || html_[after] == '>';
    if (ends && equals_ignoring_case(html_.substr(at + 2, raw_text_of_.size()), raw_text_of_)) return at;
  }
  return html_.size();
}

void TagScanner::skip_past(std::string_view end) {
  const std::size_t found = html_.find(end, at_);
  at_ = found == std::string_view::npos ? html_.size() : found + end.size();
}

}  // namespace parse
