// The words of the tests that read HTML.
//
//   links_of("<a href=x>");                // {"a https://example.com/dir/x"}
//   read("<title>T").title;                // by both readers, which must agree
//   read_alone("<table><title>T").title;   // by the one that needs no tree, where gumbo's tree has another
//   order
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/html_tree.h"
#include "parse/page_facts.h"
#include "parse/url.h"
#include "tests/parse/fact_difference.h"

namespace parse {

inline const Url& page_url() {
  static const Url url = *Url::parse("https://example.com/dir/page");
  return url;
}

inline PageFacts read_alone(std::string_view html) { return read_page(html, page_url()); }

/// Of a page that gumbo takes.
inline PageFacts read_tree(std::string_view html) {
  return read_page(HtmlTree::parse(html).value(), page_url());
}

/// Where links are but counted, all else must be the same.
inline void expect_same_with_links_counted(const PageFacts& listed, std::string_view html) {
  PageFacts counted = read_page(html, page_url(), LinkReading::count);
  EXPECT_THAT(counted.links, testing::IsEmpty());
  EXPECT_EQ(counted.link_count, listed.links.size()) << html.substr(0, 1000);
  counted.links = listed.links;
  EXPECT_THAT(find_differences(listed, counted), testing::IsEmpty()) << html.substr(0, 1000);
}

/// Where links are but targets, all else must be the same, and no page may be missing.
inline void expect_same_with_links_as_targets(const PageFacts& listed, std::string_view html) {
  const auto targets_of = [](const PageFacts& facts) {
    std::set<std::string> targets;
    for (const Link& link : facts.links)
      if (link.kind != LinkKind::a || link.url.key() != page_url().key())
        targets.insert(std::string(name(link.kind)) + " " + link.rel + " " + std::string(link.url.key()));
    return targets;
  };
  PageFacts read = read_page(html, page_url(), LinkReading::targets);
  EXPECT_EQ(targets_of(read), targets_of(listed)) << html.substr(0, 1000);
  EXPECT_EQ(read.link_count, listed.link_count) << html.substr(0, 1000);
  read.links = listed.links;
  EXPECT_THAT(find_differences(listed, read), testing::IsEmpty()) << html.substr(0, 1000);
}

/// For any page that gumbo takes, the facts of its tree must be the same.
inline PageFacts read(std::string_view html) {
  PageFacts facts = read_alone(html);
  expect_same_with_links_counted(facts, html);
  expect_same_with_links_as_targets(facts, html);
  if (const auto tree = HtmlTree::parse(html)) {
    const auto differences = find_differences(read_page(*tree, page_url()), facts);
    EXPECT_THAT(differences, testing::IsEmpty()) << html.substr(0, 1000);
  }
  return facts;
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

/// "file-name text", one a link.
inline std::vector<std::string> texts_of(const PageFacts& facts) {
  std::vector<std::string> texts;
  for (const Link& link : facts.links)
    texts.push_back(std::string(link.url.href().substr(link.url.href().rfind('/') + 1)) + ' ' + link.text);
  return texts;
}
inline std::vector<std::string> texts_of(std::string_view html) { return texts_of(read(html)); }

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
