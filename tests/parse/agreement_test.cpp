// The two readers of HTML, of a page's text and of gumbo's tree, see the same facts in real pages: those of
// Debian's documentation of Python.
#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/encoding.h"
#include "parse/html_tree.h"
#include "parse/page_facts.h"
#include "parse/url.h"
#include "tests/parse/fact_difference.h"
#include "tests/support/python_docs.h"

namespace parse {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> find_pages(const fs::path& folder) {
  std::vector<fs::path> pages;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".html" && entry.is_regular_file()) pages.push_back(entry.path());
  std::ranges::sort(pages);
  return pages;
}

TEST(Agreement, OfBothReadersOnPythonsDocumentation) {
  const fs::path folder = test_support::find_python_docs();
  if (folder.empty()) GTEST_SKIP() << "python3-doc is not installed";
  const Url url = *Url::parse("https://docs.python.org/3/page.html");
  // One page in four: all of them take a minute under AddressSanitizer.
  const std::vector<fs::path> pages = find_pages(folder);
  for (std::size_t i = 0; i < pages.size(); i += 4) {
    const std::string html = decode(read_file(pages[i]), "", Markup::html).text;
    const auto tree = HtmlTree::parse(html);
    ASSERT_TRUE(tree) << pages[i];
    EXPECT_THAT(find_differences(read_page(*tree, url), read_page(html, url)), IsEmpty()) << pages[i];
  }
  EXPECT_GT(pages.size(), 100U);
}

TEST(Agreement, DifferenceIsShownWhereItBegins) {
  const auto facts = [](std::string_view html) { return read_page(html, *Url::parse("https://a.org/")); };
  const auto differences = find_differences(facts("<title>T</title><a href=x>one</a><a href=y>two</a>"),
                                            facts("<title>T</title><a href=x>one</a><a href=y>too</a>"));
  EXPECT_THAT(differences, ElementsAre(Field(&FactDifference::fact, "links"),
                                       AllOf(Field(&FactDifference::fact, "text"),
                                             Field(&FactDifference::expected, "line 1 of 1: onetwo"),
                                             Field(&FactDifference::actual, "line 1 of 1: onetoo"))));
}

TEST(Agreement, WhatOneReadingLacksIsShownAsNone) {
  PageFacts with_title;
  with_title.title = "T";
  EXPECT_THAT(find_differences(with_title, {}),
              ElementsAre(AllOf(Field(&FactDifference::expected, "line 1 of 1: T"),
                                Field(&FactDifference::actual, "line 1 of 0: none"))));
}

}  // namespace
}  // namespace parse
