// What is inside an element, written as HTML again.
//
//   inner_html(p, 1'000'000);   // "a <b class=\"x\">b</b> &amp; c"
//
// Contract: pure, linear, no deeper on the stack for a deeper tree; nullopt for what takes more than
// `max_size` bytes. Valid UTF-8. Source: https://html.spec.whatwg.org/#html-fragment-serialisation-algorithm,
// with scripting disabled
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include <gumbo.h>

namespace parse {

std::optional<std::string> inner_html(const GumboNode& element, std::size_t max_size);

}  // namespace parse
