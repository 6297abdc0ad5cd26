#include "parse/xml_repair.h"

#include <algorithm>
#include <cstdint>

#include "parse/ascii.h"
#include "parse/byte_set.h"
#include "parse/percent_encode.h"
#include "parse/utf8.h"

namespace parse {
namespace {

constexpr std::string_view kComment = "<!--";
constexpr std::string_view kCdata = "<![CDATA[";
constexpr std::string_view kCdataEnd = "]]>";

/// "&#1114111;" and "&#x10FFFF;" are the longest references. More leading zeros than fit are none.
constexpr std::size_t kMaxReference = 10;

/// What XML forbids: among the bytes of UTF-8 0xEF begins U+FFFE and U+FFFF.
constexpr ByteSet kForbidden = ByteSet(0x00, 0x08) | ByteSet("\v\f\xEF") | ByteSet(0x0E, 0x1F);
constexpr ByteSet kForbiddenOrReference = kForbidden | ByteSet("&");

constexpr bool begins_name(char c) {
  return is_letter(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

constexpr bool is_in_reference(char c) { return is_letter(c) || hex_value(c) >= 0 || c == '#'; }

/// Whether `rest` may become `sought` when more of it comes.
bool is_cut_short(std::string_view rest, std::string_view sought) {
  return rest.size() < sought.size() && sought.starts_with(rest);
}

bool is_character(std::uint32_t code_point) {
  return code_point == '\t' || code_point == '\n' || code_point == '\r' ||
         (code_point >= 0x20 && code_point < 0xD800) || (code_point > 0xDFFF && code_point < 0xFFFE) ||
         (code_point > 0xFFFF && code_point <= 0x10FFFF);
}

/// "#38" or "#x26": what stands between the '&' and the ';'.
bool names_character(std::string_view name) {
  if (!name.starts_with('#')) return false;
  name.remove_prefix(1);
  const std::uint32_t base = name.starts_with('x') ? 16 : 10;
  if (base == 16) name.remove_prefix(1);
  if (name.empty()) return false;
  std::uint32_t code_point = 0;
  for (const char c : name) {
    const int value = hex_value(c);
    if (value < 0 || static_cast<std::uint32_t>(value) >= base) return false;
    code_point = code_point * base + static_cast<std::uint32_t>(value);
  }
  return is_character(code_point);
}

/// The length of the reference at the front of `rest`; 0 if there is none.
std::size_t reference_length(std::string_view rest) {
  const std::size_t end = rest.substr(0, kMaxReference).find(';');
  if (end == std::string_view::npos) return 0;
  const std::string_view name = rest.substr(1, end - 1);
  const bool is_entity = name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
  return is_entity || names_character(name) ? end + 1 : 0;
}

/// Appends `text` with what is in `special` repaired, a '&' as one that begins no reference.
void append_repaired(std::string_view text, const ByteSet& special, std::string& out) {
  while (!text.empty()) {
    const std::size_t plain = special.find_in(text);
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) return;
    std::size_t length = 1;
    if (text.front() == '&') {
      length = std::max<std::size_t>(reference_length(text), 1);
      out += length > 1 ? text.substr(0, length) : "&amp;";
    } else if (text.front() == '\xEF') {
      length = 3;
      const bool is_forbidden = text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
      out += is_forbidden ? kReplacement : text.substr(0, length);
    } else {
      out += kReplacement;
    }
    text.remove_prefix(std::min(length, text.size()));
  }
}

/// The length of the tag at the front of `rest`; npos if it goes on.
std::size_t tag_length(std::string_view rest) {
  constexpr ByteSet kEndOrQuote("\"'>");
  for (std::size_t i = 0;;) {
    i += kEndOrQuote.find_in(rest.substr(i));
    if (i == rest.size()) return std::string_view::npos;
    if (rest[i] == '>') return i + 1;
    i = rest.find(rest[i], i + 1);
    if (i == std::string_view::npos) return i;
    ++i;
  }
}

}  // namespace

bool XmlRepair::read(std::string_view text, std::string& out) {
  held_ += text;
  std::string_view rest = held_;
  while (!rest.empty()) {
    const std::size_t used = read_some(rest, out);
    if (used == 0) break;
    rest.remove_prefix(used);
  }
  held_.erase(0, held_.size() - rest.size());
  return held_.size() < max_tag;
}

std::size_t XmlRepair::read_some(std::string_view rest, std::string& out) {
  switch (inside_) {
    case Inside::content:
      return read_content(rest, out);
    case Inside::cdata:
      return read_cdata(rest, out);
    case Inside::comment:
      return skip_to("-->", rest, outside_);
    case Inside::instruction:
      return skip_to("?>", rest, outside_);
    case Inside::declaration:
      return read_declaration(rest);
    case Inside::literal:
      return skip_to(std::string_view(&quote_, 1), rest, Inside::declaration);
  }
  return rest.size();
}

std::size_t XmlRepair::read_content(std::string_view rest, std::string& out) {
  // A '>' is escaped since it might end a "]]>", which text may not have.
  constexpr ByteSet kSpecial("<&>");
  if (rest.front() == '<') return read_markup(rest, out);
  if (rest.front() == '&') {
    const bool is_cut = rest.size() < kMaxReference && std::ranges::all_of(rest.substr(1), is_in_reference);
    if (is_cut) return 0;
    const std::size_t length = reference_length(rest);
    out += length > 0 ? rest.substr(0, length) : "&amp;";
    return std::max<std::size_t>(length, 1);
  }
  if (rest.front() == '>') {
    out += "&gt;";
    return 1;
  }
  const std::size_t end = kSpecial.find_in(rest);
  append_repaired(rest.substr(0, end), kForbidden, out);
  return end;
}

std::size_t XmlRepair::read_markup(std::string_view rest, std::string& out) {
  if (is_cut_short(rest, kComment) || is_cut_short(rest, kCdata) || rest == "</") return 0;
  outside_ = Inside::content;
  if (rest.starts_with(kComment)) {
    inside_ = Inside::comment;
    return kComment.size();
  }
  if (rest.starts_with(kCdata)) {
    inside_ = Inside::cdata;
    out += kCdata;
    return kCdata.size();
  }
  if (rest[1] == '?' || rest[1] == '!') {
    inside_ = rest[1] == '?' ? Inside::instruction : Inside::declaration;
    is_in_subset_ = false;
    return 2;
  }
  if (!begins_name(rest[1] == '/' ? rest[2] : rest[1])) {
    out += "&lt;";
    return 1;
  }
  const std::size_t length = tag_length(rest.substr(0, max_tag));
  if (length == std::string_view::npos) return 0;
  append_repaired(rest.substr(0, length), kForbiddenOrReference, out);
  return length;
}

std::size_t XmlRepair::read_cdata(std::string_view rest, std::string& out) {
  std::size_t end = rest.find(kCdataEnd);
  if (end == std::string_view::npos) {
    // A ']' or two at the end may be the end's.
    end = rest.size();
    while (end > 0 && rest.size() - end < kCdataEnd.size() - 1 && rest[end - 1] == ']') --end;
    append_repaired(rest.substr(0, end), kForbidden, out);
    return end;
  }
  append_repaired(rest.substr(0, end), kForbidden, out);
  out += kCdataEnd;
  inside_ = Inside::content;
  return end + kCdataEnd.size();
}

std::size_t XmlRepair::read_declaration(std::string_view rest) {
  constexpr ByteSet kSpecial("\"'<>[]");
  const std::size_t plain = kSpecial.find_in(rest);
  if (plain > 0) return plain;
  switch (rest.front()) {
    case '<':
      if (is_cut_short(rest, kComment)) return 0;
      outside_ = Inside::declaration;
      if (rest.starts_with(kComment)) {
        inside_ = Inside::comment;
        return kComment.size();
      }
      if (rest[1] == '?') inside_ = Inside::instruction;
      return 1;
    case '>':
      if (!is_in_subset_) inside_ = Inside::content;
      return 1;
    case '[':
    case ']':
      is_in_subset_ = rest.front() == '[';
      return 1;
    default:
      quote_ = rest.front();
      inside_ = Inside::literal;
      return 1;
  }
}

std::size_t XmlRepair::skip_to(std::string_view end, std::string_view rest, Inside after) {
  const std::size_t found = rest.find(end);
  if (found == std::string_view::npos) {
    // The rest may begin the end: keep what may.
    return rest.size() - std::min(rest.size(), end.size() - 1);
  }
  inside_ = after;
  return found + end.size();
}

}  // namespace parse
