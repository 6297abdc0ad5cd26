// Every A-th position from B on, as :nth-child() takes it.
//
//   CssScanner css("2n + 1");
//   const AnPlusB odd = take_an_plus_b(css);
//   odd.contains(3);   // true; positions count from 1
//
// Contract: pure, total. Numbers beyond max_number count as it. A failure is the scanner's.
// Source: https://drafts.csswg.org/css-syntax-3/#anb-microsyntax
#pragma once

#include <cstdint>

#include "parse/css_scanner.h"

namespace parse {

struct AnPlusB {
  /// No page has as many elements.
  static constexpr std::int64_t max_number = 1'000'000'000;

  std::int64_t a;
  std::int64_t b;

  constexpr bool contains(std::int64_t position) const {
    const std::int64_t distance = position - b;
    if (a == 0) return distance == 0;
    return distance % a == 0 && distance / a >= 0;
  }
};

AnPlusB take_an_plus_b(CssScanner& css);

}  // namespace parse
