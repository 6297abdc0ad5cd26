#include "tests/parse/fact_difference.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <ostream>

namespace parse {
namespace {

/// A fact as the lines that it is compared by.
using Lines = std::vector<std::string>;

Lines lines_of(const std::optional<std::string>& text) { return text ? Lines{*text} : Lines(); }

Lines lines_of(const std::optional<Url>& url) { return url ? Lines{std::string(url->href())} : Lines(); }

Lines lines_of(const std::string& text) {
  Lines lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

std::string line_of(const std::string& text) { return text; }
std::string line_of(const Property& property) { return property.name + '=' + property.content; }
std::string line_of(const Alternate& alternate) {
  return alternate.lang + ' ' + std::string(alternate.url.href());
}
std::string line_of(const Feed& feed) {
  return feed.type + ' ' + std::string(feed.url.href()) + " \"" + feed.title + '"';
}
std::string line_of(const Heading& heading) { return std::to_string(heading.level) + ' ' + heading.text; }
std::string line_of(const Link& link) {
  return std::string(name(link.kind)) + ' ' + std::string(link.url.href()) + " rel=\"" + link.rel + "\" \"" +
         link.text + '"';
}

template <class T>
Lines lines_of(const std::vector<T>& facts) {
  Lines lines;
  for (const T& fact : facts) lines.push_back(line_of(fact));
  return lines;
}

/// "line 3 of 7: …": the line's number and as much of it as tells how it differs, from the given byte on.
std::string show(const Lines& lines, std::size_t line, std::size_t byte) {
  constexpr std::size_t kBefore = 60;
  constexpr std::size_t kShown = 200;
  std::string shown = "line " + std::to_string(line + 1) + " of " + std::to_string(lines.size()) + ": ";
  if (line == lines.size()) return shown + "none";
  const std::size_t start = byte > kBefore ? byte - kBefore : 0;
  if (start > 0) shown += "...";
  shown += lines[line].substr(start, kShown);
  if (start + kShown < lines[line].size()) shown += "...";
  std::ranges::replace(shown, '\n', ' ');
  return shown;
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const FactDifference& difference) {
  return out << "  " << difference.fact << "\n    expected: " << difference.expected
             << "\n    actual:   " << difference.actual << '\n';
}

std::vector<FactDifference> find_differences(const PageFacts& expected, const PageFacts& actual) {
  std::vector<FactDifference> differences;
  const auto compare = [&](std::string_view fact, auto member) {
    const Lines left = lines_of(expected.*member);
    const Lines right = lines_of(actual.*member);
    const auto [a, b] = std::ranges::mismatch(left, right);
    if (a == left.end() && b == right.end()) return;
    const auto line = static_cast<std::size_t>(a - left.begin());
    std::size_t byte = 0;
    if (a != left.end() && b != right.end())
      byte = static_cast<std::size_t>(std::ranges::mismatch(*a, *b).in1 - a->begin());
    differences.push_back({fact, show(left, line, byte), show(right, line, byte)});
  };
  compare("title", &PageFacts::title);
  compare("description", &PageFacts::description);
  compare("canonical", &PageFacts::canonical);
  compare("lang", &PageFacts::lang);
  compare("base", &PageFacts::base);
  compare("robots", &PageFacts::robots);
  compare("properties", &PageFacts::properties);
  compare("alternates", &PageFacts::alternates);
  compare("feeds", &PageFacts::feeds);
  compare("headings", &PageFacts::headings);
  compare("json_ld", &PageFacts::json_ld);
  compare("links", &PageFacts::links);
  compare("text", &PageFacts::text);
  if (expected.beyond_bounds != actual.beyond_bounds)
    differences.push_back({"beyond_bounds", expected.beyond_bounds ? "true" : "false",
                           actual.beyond_bounds ? "true" : "false"});
  return differences;
}

}  // namespace parse
