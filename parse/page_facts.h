// What a crawler wants to know of an HTML page.
//
//   const PageFacts facts = read_page(html_in_utf8, *Url::parse("https://example.com/"));
//   facts.title; facts.text; facts.links.front().url.href();
//
// Contract: pure and total: any bytes give facts, in time linear in the input's size and memory bounded by
// it. Elements are those that the standard's tree has, in the order in which the page has them: what a table
// puts out in front of itself, or wrong nesting copies and moves, counts once, where it stands. A page nested
// deeper than OpenElements::max_depth loses some of the nesting below, one whose links, headings and so on
// pass their bound keeps the first of them, and both say so in `beyond_bounds`. Text in <noscript> is not
// visible text, but the links there are links; in <template> neither. Facts stay as the page says: what is
// doubtful is for the caller to judge. Thread-safe. Input is UTF-8 (see encoding.h); all strings returned are
// valid UTF-8.
//
// Source: https://html.spec.whatwg.org/
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parse/html_tree.h"
#include "parse/url.h"

namespace parse {

/// What leads to a URL: an element, or for srcset, media and meta_refresh what it is there for.
enum class LinkKind { a, area, link, img, srcset, media, script, iframe, frame, form, meta_refresh };
std::string_view name(LinkKind kind);

struct Link {
  Url url;  // resolved against the page's base
  LinkKind kind;
  std::string rel;  // the rel attribute, lower case, white space collapsed
  /// Anchor text, white space collapsed; where there is none, the alternative texts of the images within. An
  /// area's alternative text. Empty for other elements.
  std::string text;
};

struct Heading {
  int level;         // 1 to 6
  std::string text;  // never empty; as an anchor's
};

/// The page in another language: <link rel=alternate hreflang=…>.
struct Alternate {
  std::string lang;  // "de", "x-default"
  Url url;
};

/// <link rel=alternate> of a feed's type.
struct Feed {
  Url url;
  std::string type;  // in lower case, without parameters: "application/rss+xml"
  std::string title;
};

/// A <meta> with a content.
struct Property {
  std::string name;     // in lower case: "og:title"
  std::string content;  // white space collapsed
};

struct PageFacts {
  std::optional<std::string> title;        // the first <title> in HTML content, white space collapsed
  std::optional<std::string> description;  // <meta name=description>
  std::optional<std::string> canonical;    // <link rel=canonical>, resolved
  std::optional<std::string> lang;         // <html lang>, or else <meta http-equiv=content-language>
  std::optional<Url> base;     // <base href>, resolved; without it references go by the page's URL
  std::string text;            // visible text, blocks on lines of their own
  std::vector<Link> links;     // http and https only, in source order; which of them: see LinkReading
  std::size_t link_count = 0;  // of all, however they are read
  std::vector<Heading> headings;
  std::vector<Alternate> alternates;
  std::vector<Feed> feeds;
  std::vector<Property> properties;  // Open Graph's and Twitter's, in source order
  std::vector<Property> robots;      // <meta name=robots>, and those that name one robot: "googlebot"
  std::vector<std::string> json_ld;  // each <script type=application/ld+json> as it stands, be it JSON or not
  bool beyond_bounds = false;
};

/// Who keeps no links can have less of them, which takes less time and memory.
enum class LinkReading {
  list,
  /// For who asks where the page leads: none has a text. Anchors are left out that have the same address and
  /// rel as the link before, but for the fragment, or nothing but a fragment, and so name the page itself.
  targets,
  count,
};

/// In one pass over the page's tokens.
PageFacts read_page(std::string_view html, const Url& page, LinkReading links = LinkReading::list);

/// The same from gumbo's tree, for who has it anyway.
PageFacts read_page(const HtmlTree& tree, const Url& page, LinkReading links = LinkReading::list);

}  // namespace parse
