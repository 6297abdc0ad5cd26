#include "parse/css_scanner.h"

#include "parse/ascii.h"
#include "parse/byte_set.h"
#include "parse/percent_encode.h"
#include "parse/utf8.h"

namespace parse {
namespace {

constexpr ByteSet kDigits("0123456789");
constexpr ByteSet kNewlines("\n\r\f");
// CSS reads NUL as U+FFFD, which may stand in a name as all that is not ASCII may.
constexpr ByteSet kNameStarts =
    ByteSet('a', 'z') | ByteSet('A', 'Z') | ByteSet("_") | ByteSet(0x80, 0xFF) | ByteSet(0, 0);
constexpr ByteSet kNameBytes = kNameStarts | kDigits | ByteSet("-");

constexpr std::size_t kMaxHexDigits = 6;

void append_byte(char byte, std::string& out) {
  if (byte == '\0')
    out += kReplacement;
  else
    out += byte;
}

}  // namespace

bool CssScanner::take(char c) {
  if (is_at_end() || peek() != c) return false;
  ++at_;
  return true;
}

bool CssScanner::skip_space() {
  bool was_space = false;
  for (;;) {
    skip_comments();
    if (is_at_end() || !is_space(peek())) return was_space;
    was_space = true;
    ++at_;
  }
}

void CssScanner::skip_comments() {
  while (peek() == '/' && peek(1) == '*') {
    const std::size_t end = css_.find("*/", at_ + 2);
    if (end == std::string_view::npos) return fail("this comment has no end");
    at_ = end + 2;
  }
}

bool CssScanner::begins_escape(std::size_t ahead) const {
  return peek(ahead) == '\\' && at_ + ahead + 1 < css_.size() && !kNewlines.contains(peek(ahead + 1));
}

bool CssScanner::begins_name(std::size_t ahead) const {
  if (at_ + ahead >= css_.size()) return false;
  if (kNameStarts.contains(peek(ahead)) || begins_escape(ahead)) return true;
  if (ahead > 0 || peek() != '-') return false;
  return peek(1) == '-' || begins_name(1);
}

std::string CssScanner::take_name() {
  std::string name;
  if (!is_at_name()) return name;
  while (!is_at_end()) {
    if (kNameBytes.contains(peek()))
      append_byte(css_[at_++], name);
    else if (begins_escape(0))
      take_escape(name);
    else
      break;
  }
  return name;
}

std::string CssScanner::take_string() {
  std::string text;
  const std::size_t begin = at_;
  if (!is_at_string()) {
    fail("expected a string in quotes");
    return text;
  }
  const char quote = css_[at_++];
  while (!is_at_end() && !kNewlines.contains(peek())) {
    if (take(quote)) return text;
    if (begins_escape(0)) {
      take_escape(text);
    } else if (take('\\')) {
      // A line that goes on in the next one.
      if (take('\r'))
        take('\n');
      else if (!is_at_end())
        ++at_;
    } else {
      append_byte(css_[at_++], text);
    }
  }
  fail(begin, "this string has no end");
  return text;
}

std::string_view CssScanner::take_digits() {
  const std::size_t begin = at_;
  while (!is_at_end() && kDigits.contains(peek())) ++at_;
  return css_.substr(begin, at_ - begin);
}

void CssScanner::take_escape(std::string& out) {
  ++at_;
  if (hex_value(peek()) < 0) return append_byte(css_[at_++], out);
  char32_t code_point = 0;
  for (std::size_t digits = 0; digits < kMaxHexDigits && hex_value(peek()) >= 0; ++digits)
    code_point = code_point * 16 + static_cast<char32_t>(hex_value(css_[at_++]));
  if (code_point == 0)
    out += kReplacement;
  else
    append_utf8(code_point, out);
  // One white space ends the number and is no part of the text.
  if (take('\r'))
    take('\n');
  else if (!is_at_end() && is_space(peek()))
    ++at_;
}

void CssScanner::fail(std::size_t at, std::string what) {
  if (!error_) error_ = SelectorError{.at = at, .what = std::move(what)};
  at_ = css_.size();
}

}  // namespace parse
