// How browsers lay out an HTML element, as far as its text goes.
//
//   layout_of(GUMBO_TAG_P).breaks_line;       // true
//   layout_of(GUMBO_TAG_SCRIPT).hides_text;   // true
//
// Contract: one look into a table, for any tag; by the tag alone, without style sheets.
// Source: https://html.spec.whatwg.org/#the-css-user-agent-style-sheet-and-presentational-hints
#pragma once

#include <gumbo.h>

namespace parse {

struct TagLayout {
  bool breaks_line : 1 = false;  // it stands on lines of its own
  bool is_cell : 1 = false;
  bool keeps_line_feeds : 1 = false;  // as in <pre>
  /// Text in <noscript> is what they show without scripts: mostly a request to switch them on.
  bool hides_text : 1 = false;
};

const TagLayout& layout_of(GumboTag tag);

}  // namespace parse
