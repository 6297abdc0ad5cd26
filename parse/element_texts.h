// The text of each element of a page, as a part of one text.
//
//   const ElementTexts texts(index);       // <p>a <b>b  c</b><script>d</script>
//   texts.of(p);                           // "a b c"
//   texts.elements_with("b c");            // html, body, p, b
//
// Contract: linear in the page, and in the text that is given. White space is collapsed, the bounds of blocks
// and cells and <br> count as a space; scripts, styles and what is inside a <template> are left out, but for
// the text of a script or a style itself. All text is valid UTF-8. The index outlives it. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parse/element_index.h"
#include "parse/element_set.h"

namespace parse {

class ElementTexts {
 public:
  explicit ElementTexts(const ElementIndex& index);

  std::string of(ElementId id) const;
  /// `needle` is not empty, and its white space is collapsed.
  ElementSet elements_with(std::string_view needle) const;

 private:
  class Builder;
  /// Where in text_ what is the element's stands; there may be a space at either end.
  struct Range {
    std::uint32_t begin;
    std::uint32_t end;
  };

  const ElementIndex& index_;
  std::string text_;
  std::vector<Range> ranges_;
  std::vector<ElementId> scripts_;  // and styles
};

}  // namespace parse
