#include "parse/charset_prescan.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "parse/ascii.h"
#include "parse/charset_label.h"

namespace parse {
namespace {

constexpr std::size_t kPrescanBytes = 1024;
constexpr std::size_t kLateBytes = 64 * 1024;

struct Attribute {
  std::string name;  // both in lower case
  std::string value;
};

/// A cursor over the bytes. Past the end it reads NUL, which is no white space, no letter and no quote.
class Prescan {
 public:
  explicit Prescan(std::string_view bytes) : bytes_(bytes) {}

  std::optional<std::string_view> find_encoding() {
    for (; (at_ = bytes_.find('<', at_)) != std::string_view::npos; ++at_) {
      if (starts_with("<!--")) {
        // The two dashes that open a comment may close it too.
        at_ += 2;
        skip_past("-->");
      } else if (starts_with("<meta") && (is_space(peek(5)) || peek(5) == '/')) {
        at_ += 5;
        if (const auto encoding = read_meta()) return encoding;
      } else if (starts_with("<") && (is_letter(peek(1)) || (peek(1) == '/' && is_letter(peek(2))))) {
        while (at_ < bytes_.size() && !is_space(peek()) && peek() != '>') ++at_;
        while (read_attribute()) {
        }
      } else if (starts_with("<!") || starts_with("</") || starts_with("<?")) {
        skip_past(">");
      }
    }
    return std::nullopt;
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\0'; }

  bool starts_with(std::string_view lower) const {
    return equals_ignoring_case(bytes_.substr(at_, lower.size()), lower);
  }

  /// Leaves the cursor on the last byte of `end`, or past all.
  void skip_past(std::string_view end) {
    const std::size_t found = bytes_.find(end, at_);
    at_ = found == std::string_view::npos ? bytes_.size() : found + end.size() - 1;
  }

  void skip_spaces() {
    while (is_space(peek())) ++at_;
  }

  std::optional<Attribute> read_attribute() {
    while (is_space(peek()) || peek() == '/') ++at_;
    if (at_ >= bytes_.size() || peek() == '>') return std::nullopt;

    Attribute attribute;
    while (at_ < bytes_.size() && !is_space(peek()) && peek() != '/' && peek() != '>' &&
           (peek() != '=' || attribute.name.empty()))
      attribute.name += to_lower(bytes_[at_++]);
    skip_spaces();
    if (peek() != '=') return attribute;
    ++at_;
    skip_spaces();

    const char quote = peek();
    if (quote == '"' || quote == '\'') {
      for (++at_; at_ < bytes_.size() && peek() != quote;) attribute.value += to_lower(bytes_[at_++]);
      ++at_;
    } else {
      while (at_ < bytes_.size() && !is_space(peek()) && peek() != '>')
        attribute.value += to_lower(bytes_[at_++]);
    }
    return attribute;
  }

  std::optional<std::string_view> read_meta() {
    // Of several attributes of one name the first counts.
    std::optional<std::string> http_equiv, content, charset;
    while (const auto attribute = read_attribute()) {
      if (attribute->name == "http-equiv" && !http_equiv) http_equiv = attribute->value;
      if (attribute->name == "content" && !content) content = attribute->value;
      if (attribute->name == "charset" && !charset) charset = attribute->value;
    }
    // A tag that runs past the end of what is looked at says nothing.
    if (peek() != '>') return std::nullopt;
    if (charset) return encoding_of_label(*charset);
    if (http_equiv != "content-type" || !content) return std::nullopt;
    return charset_in_meta_content(*content).and_then(encoding_of_label);
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

std::string_view without_utf16(std::string_view encoding) {
  return encoding.starts_with("UTF-16") ? "UTF-8" : encoding;
}

std::optional<std::string_view> meta_among(std::string_view bytes) {
  const auto encoding = Prescan(bytes).find_encoding();
  if (encoding == "x-user-defined") return "windows-1252";
  return encoding.transform(without_utf16);
}

/// As an XML declaration's prescan has them, which is more generous than XML.
bool is_space_or_control(char c) { return static_cast<unsigned char>(c) <= ' '; }

std::string_view skip_controls(std::string_view text) {
  while (!text.empty() && is_space_or_control(text.front())) text.remove_prefix(1);
  return text;
}

}  // namespace

std::optional<std::string_view> prescan_utf16(std::string_view bytes) {
  if (bytes.starts_with(std::string_view("<\0?\0x\0", 6))) return "UTF-16LE";
  if (bytes.starts_with(std::string_view("\0<\0?\0x", 6))) return "UTF-16BE";
  return std::nullopt;
}

std::optional<std::string_view> prescan_meta(std::string_view bytes) {
  return meta_among(bytes.substr(0, kPrescanBytes));
}

std::optional<std::string_view> prescan_late_meta(std::string_view bytes) {
  return meta_among(bytes.substr(0, kLateBytes));
}

std::optional<std::string_view> prescan_xml(std::string_view bytes) {
  constexpr std::string_view kName = "encoding";
  bytes = bytes.substr(0, kPrescanBytes);
  const std::size_t declaration_end = bytes.find('>');
  if (!bytes.starts_with("<?xml") || declaration_end == std::string_view::npos) return std::nullopt;
  bytes = bytes.substr(0, declaration_end);
  const std::size_t found = bytes.find(kName);
  if (found == std::string_view::npos) return std::nullopt;

  std::string_view rest = skip_controls(bytes.substr(found + kName.size()));
  if (!rest.starts_with('=')) return std::nullopt;
  rest = skip_controls(rest.substr(1));
  if (!rest.starts_with('"') && !rest.starts_with('\'')) return std::nullopt;
  const std::size_t end = rest.find(rest.front(), 1);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view label = rest.substr(1, end - 1);
  if (std::ranges::any_of(label, is_space_or_control)) return std::nullopt;
  return encoding_of_label(label).transform(without_utf16);
}

std::optional<std::string_view> charset_in_meta_content(std::string_view content) {
  constexpr std::string_view kCharset = "charset";
  for (;;) {
    const auto found = std::ranges::search(content, kCharset, {}, [](char c) { return to_lower(c); });
    if (found.empty()) return std::nullopt;
    content = strip_spaces(std::string_view(found.end(), content.end()));
    if (!content.starts_with('=')) continue;

    content = strip_spaces(content.substr(1));
    if (content.starts_with('"') || content.starts_with('\'')) {
      const std::size_t end = content.find(content.front(), 1);
      if (end == std::string_view::npos) return std::nullopt;
      return content.substr(1, end - 1);
    }
    return content.substr(0, std::min(content.find_first_of("; \t\n\f\r"), content.size()));
  }
}

}  // namespace parse
