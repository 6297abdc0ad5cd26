// Hosts of a synthetic web that a crawler should get out of again, and what it owes a page.
//
//   snare_answer(Snare::calendar, "/cal/7", 0);   // links to /cal/8
//   snare_duty(Snare::busy, "/busy/1");           // Duty::twice
//
// Contract: pure, thread-safe. `target` is a path and a query, `asked_before` how often the same was asked
// for before. Each begins at "/".
#pragma once

#include <cstdint>
#include <string_view>

#include "tests/support/script.h"

namespace test_support {

/// How often a crawler that obeys robots.txt may ask for something.
enum class Duty {
  once,
  twice,   // the first answer asks to come again
  robots,  // a robots.txt, and what it redirects to
  snare,   // as often as the crawler's budgets let it
  never,
};

/// What a host of its own does.
enum class Snare {
  calendar,  // each page links to the next, without end
  spiral,    // each page links to one in a folder below it
  orders,    // one page, its three parameters in any order
  sessions,  // ten pages, with an identifier that is new in each link
  closed,    // robots.txt fails: nothing may be asked for
  busy,      // each page first says 429, and when to come again
};
constexpr std::uint32_t kSnares = 6;

Answer snare_answer(Snare snare, std::string_view target, std::uint32_t asked_before);
Duty snare_duty(Snare snare, std::string_view target);

/// Paths of Snare::busy are "/" and those below kBusyFolder with a number less than kBusyPages.
constexpr std::string_view kBusyFolder = "/busy/";
constexpr std::uint32_t kBusyPages = 5;

/// The number that is the rest of `target` after `folder`, as it is written in links: "/p/12" is 12 of "/p/".
/// Other numbers and other paths are kNoNumber.
constexpr std::uint32_t kNoNumber = 0xffffffff;
std::uint32_t number_after(std::string_view folder, std::string_view target);

}  // namespace test_support
