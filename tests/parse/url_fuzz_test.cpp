// What holds of every Url, whatever bytes it was made of: random changes to URLs that use every rule.
#include <algorithm>
#include <array>
#include <cstddef>
#include <expected>
#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "parse/seed_line.h"
#include "parse/url.h"

namespace parse {
namespace {

using namespace std::string_view_literals;

constexpr std::array kSeeds{
    "http://user:pw@example.com:8080/a/./b/../c.html?q=1&r#top"sv,
    "https://B\u00FCcher.example/stra\u00DFe?\u20AC"sv,
    "http://[2001:db8::1:0:0:1]:81/"sv,
    "http://0x7f.1/%2e%2E/x"sv,
    "//cdn.example.org\\x"sv,
    "../../a/b;c,d"sv,
    "?q"sv,
    "#f"sv,
    "http:relative"sv,
    "library/os.html?q#os.path"sv,
    "../a/b.html"sv,
    "/wiki/A:b%20c"sv,
    "https://www.example.org/a/b?c#d"sv,
};

constexpr std::array kPieces{"%2e"sv, ".."sv,     "/"sv,    "\\"sv,     "//"sv,     "@"sv,     ":"sv,
                             "?"sv,   "#"sv,      "["sv,    "]"sv,      "::"sv,     "%"sv,     "%00"sv,
                             "\0"sv,  "\n"sv,     " "sv,    "."sv,      "0x"sv,     "255"sv,   "xn--"sv,
                             "'"sv,   "\xC3"sv,   "\xFF"sv, "\u00AD"sv, "\u3002"sv, "http:"sv, "https://"sv,
                             ":80"sv, ":65536"sv, "^"sv,    "\u200D"sv};

class Mutator {
 public:
  std::string next() {
    std::string text(pick(kSeeds));
    for (std::size_t changes = below(6); changes > 0; --changes) change(text);
    return text;
  }

 private:
  void change(std::string& text) {
    const std::size_t at = below(text.size() + 1);
    switch (below(4)) {
      case 0:
        text.insert(at, pick(kPieces));
        break;
      case 1:
        text.insert(at, 1, static_cast<char>(below(256)));
        break;
      case 2:
        text.erase(at, below(4));
        break;
      default:
        splice(text);
        break;
    }
  }
  void splice(std::string& text) {
    const std::string_view other = pick(kSeeds);
    text.append(other.substr(below(other.size())));
  }
  template <std::size_t n>
  std::string_view pick(const std::array<std::string_view, n>& choices) {
    return choices[below(n)];
  }
  // The standard's distributions differ between libraries; this does not.
  std::size_t below(std::size_t bound) { return random_() % bound; }

  std::mt19937 random_{20240501};  // NOLINT: the same inputs in every run
};

std::string joined(const Url& url) {
  std::string text = std::string(url.scheme()) + "://";
  if (!url.username().empty() || !url.password().empty()) {
    text.append(url.username());
    if (!url.password().empty()) text.append(":").append(url.password());
    text.append("@");
  }
  text.append(url.origin().substr(url.scheme().size() + 3)).append(url.path());
  if (!url.query().empty() || url.key().ends_with('?')) text.append("?").append(url.query());
  if (url.key().size() < url.href().size()) text.append("#").append(url.fragment());
  return text;
}

void expect_same_parts(const Url& a, const Url& b) {
  EXPECT_EQ(a.href(), b.href());
  EXPECT_EQ(a.key(), b.key());
  EXPECT_EQ(a.username(), b.username());
  EXPECT_EQ(a.password(), b.password());
  EXPECT_EQ(a.host(), b.host());
  EXPECT_EQ(a.port(), b.port());
  EXPECT_EQ(a.path(), b.path());
  EXPECT_EQ(a.query(), b.query());
  EXPECT_EQ(a.fragment(), b.fragment());
}

void expect_sound(const Url& url) {
  EXPECT_TRUE(std::ranges::all_of(url.href(), [](char c) { return c > ' ' && c < '\x7F'; }));
  EXPECT_EQ(joined(url), url.href());
  EXPECT_TRUE(url.path().starts_with('/'));
  EXPECT_FALSE(url.host().empty());
  const auto again = Url::parse(url.href());
  ASSERT_TRUE(again.has_value());
  expect_same_parts(*again, url);
}

TEST(UrlFuzz, EveryUrlIsPlainAsciiAndItsHrefIsItsOwnParse) {
  Mutator mutator;
  std::size_t urls = 0;
  const Url base = *Url::parse("http://user@example.com:81/dir/page?query#fragment");
  for (int round = 0; round < 30'000 && !testing::Test::HasFailure(); ++round) {
    const std::string input = mutator.next();
    SCOPED_TRACE(testing::PrintToString(input));
    if (const auto url = Url::parse(input)) {
      ++urls;
      expect_sound(*url);
    }
    if (const auto url = base.resolve(input)) {
      ++urls;
      expect_sound(*url);
      expect_same_parts(*url, *base.resolve(url->href()));
    }
  }
  EXPECT_GT(urls, 15'000U);
}

using Result = std::expected<Url, UrlError>;

void expect_same(const Result& a, const Result& b) {
  ASSERT_EQ(a.has_value(), b.has_value());
  if (a) expect_same_parts(*a, *b);
  if (!a) {
    EXPECT_EQ(a.error(), b.error());
  }
}

TEST(UrlFuzz, PlainSpellingsAreReadAsTheParserReadsThem) {
  // A space before it means nothing, and is not plain.
  const auto by_parser = [](const std::string& input) { return " " + input; };
  Mutator mutator;
  for (const char* const address :
       {"http://u:p@example.com:81/dir/page?qu/ery#frag/ment", "https://example.com",
        "http://example.com/a/b//c/?", "http://example.com/a//#f"}) {
    const Url base = *Url::parse(address);
    for (int round = 0; round < 20'000 && !testing::Test::HasFailure(); ++round) {
      const std::string input = mutator.next();
      SCOPED_TRACE(testing::PrintToString(input) + " on " + address);
      expect_same(Url::parse(input), Url::parse(by_parser(input)));
      expect_same(base.resolve(input), base.resolve(by_parser(input)));
    }
  }
}

TEST(UrlFuzz, EveryLineIsReadOrRefused) {
  Mutator mutator;
  std::size_t urls = 0;
  for (int round = 0; round < 10'000 && !testing::Test::HasFailure(); ++round) {
    const std::string line = mutator.next();
    SCOPED_TRACE(testing::PrintToString(line));
    const auto url = read_seed_line(line);
    if (!url || !*url) continue;
    ++urls;
    expect_sound(**url);
  }
  EXPECT_GT(urls, 2'000U);
}

}  // namespace
}  // namespace parse
