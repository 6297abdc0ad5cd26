#include "parse/visible_text.h"

#include "parse/ascii.h"

namespace parse {

void VisibleText::add(std::string_view text, LineFeeds line_feeds) {
  for (std::size_t i = 0; i < text.size();) {
    if (is_space(text[i])) {
      if (text[i++] == '\n' && line_feeds == LineFeeds::keep)
        break_line();
      else
        add_space();
      continue;
    }
    const std::size_t start = i;
    while (i < text.size() && !is_space(text[i])) ++i;
    if (gap_ != '\0' && !text_.empty()) text_ += gap_;
    gap_ = '\0';
    text_ += text.substr(start, i - start);
  }
}

}  // namespace parse
