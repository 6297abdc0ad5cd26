// CSS read from front to back: white space, comments, names, strings, escapes.
//
//   CssScanner css("a\\:b /* c */ 'd'");
//   css.take_name();     // "a:b"
//   css.skip_space();    // true
//   css.take_string();   // "d"
//
// Contract: total, linear. The first failure stays, and after it nothing is left to read: whoever reads until
// the end needs to ask for the error only once. Stricter than CSS at the end of the text, which closes
// neither a string nor a comment here. Source: https://drafts.csswg.org/css-syntax-3/#tokenization
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "parse/selector_error.h"

namespace parse {

class CssScanner {
 public:
  /// `css` outlives the scanner.
  explicit CssScanner(std::string_view css) : css_(css) {}

  std::size_t at() const { return at_; }
  bool is_at_end() const { return at_ == css_.size(); }
  /// NUL beyond the end.
  char peek(std::size_t ahead = 0) const { return at_ + ahead < css_.size() ? css_[at_ + ahead] : '\0'; }

  bool take(char c);
  /// Skips white space and comments; whether there was white space.
  bool skip_space();
  void skip_comments();

  bool is_at_name() const { return begins_name(0); }
  bool is_at_string() const { return peek() == '"' || peek() == '\''; }
  /// An identifier without its escapes; empty where none begins.
  std::string take_name();
  /// A string without its quotes and escapes; fails where none begins.
  std::string take_string();
  /// As the bytes stand: empty where there is no digit.
  std::string_view take_digits();

  void fail(std::size_t at, std::string what);
  void fail(std::string what) { fail(at_, std::move(what)); }
  const std::optional<SelectorError>& error() const { return error_; }

 private:
  bool begins_name(std::size_t ahead) const;
  bool begins_escape(std::size_t ahead) const;
  void take_escape(std::string& out);

  std::string_view css_;
  std::size_t at_ = 0;
  std::optional<SelectorError> error_;
};

}  // namespace parse
