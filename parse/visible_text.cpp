#include "parse/visible_text.h"

#include <cstddef>

#include "parse/ascii.h"
#include "parse/byte_set.h"

namespace parse {
namespace {

constexpr ByteSet kSpaces(" \t\n\f\r");

/// Words apart by single spaces, which may be taken as they stand.
std::size_t settled_length(std::string_view text) {
  std::size_t i = 0;
  for (;;) {
    while (i < text.size() && !kSpaces.contains(text[i])) ++i;
    const bool is_single = i + 1 < text.size() && text[i] == ' ' && !kSpaces.contains(text[i + 1]);
    if (!is_single) return i;
    ++i;
  }
}

}  // namespace

void VisibleText::add(std::string_view text, LineFeeds line_feeds) {
  for (std::size_t i = 0; i < text.size();) {
    if (is_space(text[i])) {
      if (text[i++] == '\n' && line_feeds == LineFeeds::keep)
        break_line();
      else
        add_space();
      continue;
    }
    const std::string_view words = text.substr(i, settled_length(text.substr(i)));
    if (gap_ != '\0' && !text_.empty()) text_ += gap_;
    gap_ = '\0';
    text_ += words;
    i += words.size();
  }
}

}  // namespace parse
