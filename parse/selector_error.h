// Why a selector or a field is none, and where.
//
//   const auto selector = Selector::parse("h1..x");
//   if (!selector) std::cerr << selector.error().what << '\n' << point_at("h1..x", selector.error()) << '\n';
//   // expected a class name after '.'
//   //   h1..x
//   //      ^
//
// Contract: pure, total, linear.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parse {

struct SelectorError {
  std::size_t at;    // byte offset into the text that was given; its size where something is missing
  std::string what;  // a phrase for people, plain ASCII
};

/// Two lines, indented, without a line feed at the end: the text (of a long one the part around the error)
/// and a caret below the character that error.at is in. What a terminal would not print as it is stands as
/// '?'.
std::string point_at(std::string_view text, const SelectorError& error);

}  // namespace parse
