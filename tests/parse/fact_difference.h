// In what two readings of a page differ.
//
//   for (const FactDifference& found : find_differences(read_page(*tree, url), read_page(html, url)))
//     std::cout << found;
//
// Contract: total; linear in the facts. One difference a fact, the first, with some of what is around it.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "parse/page_facts.h"

namespace parse {

struct FactDifference {
  std::string_view fact;  // "links"; static storage
  std::string expected;   // on one line
  std::string actual;
};

/// Three lines: the fact, what was expected, what was found.
std::ostream& operator<<(std::ostream& out, const FactDifference& difference);

std::vector<FactDifference> find_differences(const PageFacts& expected, const PageFacts& actual);

}  // namespace parse
