// The text that a reader sees: white space collapsed, blocks on lines of their own.
//
//   VisibleText text;
//   text.add("a \n b");   text.break_line();   text.add("c");
//   text.take();          // "a b\nc"
//
// Contract: linear; never a space at a line's start or end, never an empty line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace parse {

class VisibleText {
 public:
  enum class LineFeeds { collapse, keep };  // keep: as in <pre>

  void add(std::string_view text, LineFeeds line_feeds = LineFeeds::collapse);
  void break_line() { gap_ = '\n'; }
  void add_space() {
    if (gap_ == '\0') gap_ = ' ';
  }

  std::size_t size() const { return text_.size(); }
  std::string_view view() const { return text_; }
  std::string take() { return std::move(text_); }
  /// Starts anew, in the memory that it has.
  void clear() {
    text_.clear();
    gap_ = '\0';
  }

 private:
  std::string text_;
  char gap_ = '\0';  // what stands between the text so far and the next word
};

}  // namespace parse
