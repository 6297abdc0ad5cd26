// What a crawler wants to know of an HTML page, read by gumbo.
//
//   const PageFacts facts = read_page(html_in_utf8, *Url::parse("https://example.com/"));
//   facts.title; facts.text; facts.links.front().url.href();
//
// Contract: pure and total: any bytes give facts, in time and memory bounded by the input's size. A page
// whose nesting, attributes or tree pass a bound keeps what a plain reading of its tags gives, one whose
// links pass theirs keeps the first of them, and both say so in `beyond_bounds`. Text in <noscript> is not
// visible text, but the links there are links; in <template> neither. Thread-safe. Input is UTF-8 (see
// encoding.h); all strings returned are valid UTF-8.
//
// Source: https://html.spec.whatwg.org/
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parse/url.h"

namespace parse {

enum class LinkKind { a, area, link, img, script, iframe, frame, form, meta_refresh };
std::string_view name(LinkKind kind);

struct Link {
  Url url;  // resolved against the page's base
  LinkKind kind;
  std::string rel;   // the rel attribute, lower case, white space collapsed
  std::string text;  // anchor text, white space collapsed; empty for elements without content
};

struct PageFacts {
  std::optional<std::string> title;        // the first <title> in HTML content, white space collapsed
  std::optional<std::string> description;  // <meta name=description>
  std::optional<std::string> canonical;    // <link rel=canonical>, resolved
  std::optional<std::string> lang;         // <html lang>
  std::string text;                        // visible text, blocks on lines of their own
  std::vector<Link> links;                 // http and https only, in source order
  bool beyond_bounds = false;
};

PageFacts read_page(std::string_view html, const Url& base);

}  // namespace parse
