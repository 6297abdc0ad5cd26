// The words of the tests that read HTML.
//
//   links_of("<a href=x>");                // {"a https://example.com/dir/x"}
//   read(too_deep("<title>T")).title;      // by the plain reading of tags
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parse/html_tree.h"
#include "parse/page_facts.h"
#include "parse/url.h"

namespace parse {

inline PageFacts read(std::string_view html) {
  return read_page(html, *Url::parse("https://example.com/dir/page"));
}

inline std::string text_of(std::string_view html) { return read(html).text; }

/// "kind url", one a link.
inline std::vector<std::string> links_of(const PageFacts& facts) {
  std::vector<std::string> links;
  for (const Link& link : facts.links)
    links.push_back(std::string(name(link.kind)) + ' ' + std::string(link.url.href()));
  return links;
}
inline std::vector<std::string> links_of(std::string_view html) { return links_of(read(html)); }

inline std::string repeat(std::string_view piece, std::size_t times) {
  std::string out;
  while (times-- > 0) out += piece;
  return out;
}

/// A page of the given tags which is beyond bounds for its depth alone.
inline std::string too_deep(std::string_view html) {
  return std::string(html) + repeat("<div>", 2 * HtmlTree::max_depth);
}

}  // namespace parse
