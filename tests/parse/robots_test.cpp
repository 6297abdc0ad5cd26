// The sections of RFC 9309 in their order, each with the sentence that it is about. What goes beyond the RFC
// is in robots_extensions_test.cpp.
#include "parse/robots.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "parse/percent_encode.h"
#include "parse/robots_access.h"

namespace parse {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

/// Whether a robots.txt lets a crawler fetch "https://example.com" and the path.
bool allows(std::string_view robots, std::string_view token, std::string_view path) {
  const auto url = Url::parse("https://example.com" + std::string(path));
  return RobotsFile::parse(robots).rules_for(token).allows(url.value());
}

/// The same by the rules of one group, that of the crawler.
bool rules_allow(std::string_view rules, std::string_view path) {
  return allows("User-agent: foobot\n" + std::string(rules), "foobot", path);
}

// Section 2.1: "Group: One or more user-agent lines that are followed by one or more rules. The group is
// terminated by a user-agent line or end of file."
TEST(Robots, AGroupEndsWithTheNextUserAgentLineAfterItsRules) {
  constexpr std::string_view kFile =
      "User-agent: a\nUser-agent: b\nDisallow: /x\nUser-agent: c\nDisallow: /y\n";
  EXPECT_FALSE(allows(kFile, "a", "/x"));
  EXPECT_FALSE(allows(kFile, "b", "/x"));
  EXPECT_TRUE(allows(kFile, "c", "/x"));
  EXPECT_TRUE(allows(kFile, "a", "/y"));
  EXPECT_FALSE(allows(kFile, "c", "/y"));
}

// Section 2.1: "The last group may have no rules, which means it implicitly allows everything."
TEST(Robots, AGroupWithoutRulesAllowsEverything) {
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /\nUser-agent: foobot\n", "foobot", "/a"));
}

// Section 2.2: "rule = *WS ("allow" / "disallow") *WS ":" *WS (path-pattern / empty-pattern) EOL"
TEST(Robots, WhiteSpaceMayStandAroundKeysAndValuesButNeedNot) {
  EXPECT_FALSE(rules_allow("Disallow:/a", "/a"));
  EXPECT_FALSE(rules_allow(" \tDisallow \t: \t/a \t", "/a"));
}

// Section 2.2: "NL = %x0D / %x0A / %x0D.0A"
TEST(Robots, LinesEndWithEitherOrBothLineEnds) {
  for (const std::string end : {"\r", "\n", "\r\n"}) {
    const std::string file = "User-agent: a" + end + "User-agent: b" + end + end + "Disallow: /x" + end;
    EXPECT_FALSE(allows(file, "a", "/x"));
    EXPECT_TRUE(allows(file, "a", "/y"));
  }
}

// Section 2.2: "path-pattern = "/" *UTF8-char-noctl", which section 5.1 relaxes: "The "*" character
// designates any character, including the otherwise-required forward slash".
TEST(Robots, APatternBeginsWithASlashOrAWildcard) {
  EXPECT_FALSE(rules_allow("Disallow: *b", "/ab"));
  EXPECT_TRUE(rules_allow("Disallow: a", "/a"));
  EXPECT_TRUE(rules_allow("Disallow: $", "/"));
  EXPECT_TRUE(rules_allow("Disallow: ?q", "/?q"));
  EXPECT_TRUE(rules_allow("Disallow: https://example.com/a", "/a"));
}

// Section 2.2: "empty-pattern = *WS"
TEST(Robots, AnEmptyPatternMatchesNothing) {
  EXPECT_TRUE(rules_allow("Disallow:", "/a"));
  EXPECT_FALSE(rules_allow("Disallow: /\nAllow:", "/a"));
}

// Section 2.2.1: "The product token MUST contain only uppercase and lowercase letters ("a-z" and "A-Z"),
// underscores
// ("_"), and hyphens ("-")."
TEST(Robots, ReadsTheProductTokenOffAUserAgent) {
  EXPECT_EQ(product_token("crawl/1.0 (+https://example.com)"), "crawl");
  EXPECT_EQ(product_token("My_Crawl-er2"), "My_Crawl-er");
  EXPECT_EQ(product_token("1bot"), "");
  EXPECT_EQ(product_token(""), "");
}

// Section 2.2.1: "Crawlers MUST use case-insensitive matching to find the group that matches the product
// token and then obey the rules of the group."
TEST(Robots, ATokenIsFoundInAnyCaseAndInFull) {
  constexpr std::string_view kFile = "User-agent: FooBot\nDisallow: /x\n";
  EXPECT_FALSE(allows(kFile, "foobot", "/x"));
  EXPECT_FALSE(allows(kFile, "FOOBOT", "/x"));
  EXPECT_TRUE(allows(kFile, "foo", "/x"));
  EXPECT_TRUE(allows(kFile, "foobot-image", "/x"));
}

// Section 2.2.1: "If there is more than one group matching the user-agent, the matching groups' rules MUST be
// combined into one group and parsed according to Section 2.2.2." (figure 2)
TEST(Robots, GroupsOfOneTokenAreMerged) {
  constexpr std::string_view kFile =
      "user-agent: ExampleBot\ndisallow: /foo\ndisallow: /bar\n\nuser-agent: ExampleBot\ndisallow: /baz\n";
  EXPECT_FALSE(allows(kFile, "ExampleBot", "/foo"));
  EXPECT_FALSE(allows(kFile, "ExampleBot", "/bar"));
  EXPECT_FALSE(allows(kFile, "ExampleBot", "/baz"));
}

// Section 2.2.1: "If no matching group exists, crawlers MUST obey the group with a user-agent line with the
// "*" value, if present." (figure 3)
TEST(Robots, WithoutAGroupOfItsOwnACrawlerObeysThatForAll) {
  constexpr std::string_view kFile =
      "user-agent: *\ndisallow: /foo\ndisallow: /bar\n\nuser-agent: BazBot\ndisallow: /baz\n";
  EXPECT_FALSE(allows(kFile, "ExampleBot", "/foo"));
  EXPECT_FALSE(allows(kFile, "ExampleBot", "/bar"));
  EXPECT_TRUE(allows(kFile, "ExampleBot", "/baz"));
  EXPECT_TRUE(allows(kFile, "BazBot", "/foo"));
}

// Section 2.2.1: "If no group matches the product token and there is no group with a user-agent line with the
// "*" value, or no groups are present at all, no rules apply."
TEST(Robots, WithoutAGroupThatMatchesNoRulesApply) {
  EXPECT_TRUE(allows("User-agent: other\nDisallow: /\n", "foobot", "/a"));
  EXPECT_TRUE(allows("User-agent: 1\nDisallow: /\n", "", "/a"));
  EXPECT_TRUE(allows("", "foobot", "/a"));
}

// Section 2.2.2: "The matching SHOULD be case sensitive. The matching MUST start with the first octet of the
// path."
TEST(Robots, PathsMatchFromTheirFirstOctetInTheirCase) {
  EXPECT_FALSE(rules_allow("Disallow: /a", "/ab/c"));
  EXPECT_TRUE(rules_allow("Disallow: /a", "/A"));
  EXPECT_TRUE(rules_allow("Disallow: /a", "/b/a"));
  EXPECT_TRUE(rules_allow("Disallow: /a/", "/a"));
}

// Section 2.2.2: "These lines indicate whether accessing a URI that matches the corresponding path is
// allowed"; the examples of figure 4 have a query too.
TEST(Robots, TheQueryIsPartOfWhatMatchesAndTheFragmentIsNot) {
  EXPECT_FALSE(rules_allow("Disallow: /a?b=c", "/a?b=cd"));
  EXPECT_TRUE(rules_allow("Disallow: /a?b=c", "/a?b"));
  EXPECT_FALSE(rules_allow("Disallow: /a?$", "/a?"));
  EXPECT_FALSE(rules_allow("Disallow: /a$", "/a#b"));
}

// Section 2.2.2: "The most specific match found MUST be used. The most specific match is the match that has
// the most octets."
TEST(Robots, LongestMatchWins) {
  EXPECT_TRUE(rules_allow("Disallow: /a\nAllow: /a/b\n", "/a/b"));
  EXPECT_FALSE(rules_allow("Allow: /a\nDisallow: /a/b\n", "/a/b"));
  EXPECT_FALSE(rules_allow("Allow: /a/b\nDisallow: /a/bc\nAllow: /\n", "/a/bcd"));
  EXPECT_FALSE(rules_allow("Allow: /a/b\nDisallow: /*.html\n", "/a/b.html"));
  EXPECT_TRUE(rules_allow("Allow: /a/page\nDisallow: /*.html\n", "/a/page.html"));
}

// Section 2.2.2: "Duplicate rules in a group MAY be deduplicated. If an "allow" rule and a "disallow" rule
// are equivalent, then the "allow" rule SHOULD be used."
TEST(Robots, AllowWinsATie) {
  EXPECT_TRUE(rules_allow("Disallow: /a\nAllow: /a\nDisallow: /a\n", "/a"));
  EXPECT_TRUE(rules_allow("Allow: /*b\nDisallow: /ab\n", "/ab"));
  EXPECT_TRUE(rules_allow("Disallow: /*b\nAllow: /ab\n", "/ab"));
}

// Section 2.2.2: "If no match is found amongst the rules in a group for a matching user-agent or there are no
// rules in the group, the URI is allowed. The /robots.txt URI is implicitly allowed."
TEST(Robots, WhatNoRuleMatchesIsAllowedAndRobotsTxtAlways) {
  EXPECT_TRUE(rules_allow("Disallow: /a", "/b"));
  EXPECT_TRUE(rules_allow("Disallow: /", "/robots.txt"));
  EXPECT_FALSE(rules_allow("Disallow: /", "/robots.txt.gz"));
  EXPECT_FALSE(rules_allow("Disallow: /", "/a/robots.txt"));
}

// Section 2.2.2: "Octets in the URI and robots.txt paths outside the range of the ASCII coded character set,
// and those in the reserved range defined by [RFC3986], MUST be percent-encoded as defined by [RFC3986] prior
// to comparison." Figure 4 encodes ":" and "/" of a query; as RFC 3986 defines it they need not be there,
// and they stay as they are.
TEST(Robots, PathsAreComparedPercentEncoded) {
  EXPECT_FALSE(rules_allow("Disallow: /foo/bar?baz=quz", "/foo/bar?baz=quz"));
  EXPECT_FALSE(rules_allow("Disallow: /foo/bar?baz=https://foo.bar", "/foo/bar?baz=https://foo.bar"));
  EXPECT_FALSE(rules_allow("Disallow: /foo/bar/\u30C4", "/foo/bar/\u30C4"));
  EXPECT_FALSE(rules_allow("Disallow: /foo/bar/\u30C4", "/foo/bar/%e3%83%84"));
  EXPECT_FALSE(rules_allow("Disallow: /foo/bar/%e3%83%84", "/foo/bar/\u30C4"));
  EXPECT_FALSE(rules_allow("Disallow: /a b\"", "/a%20b%22"));
  EXPECT_FALSE(rules_allow("Disallow: /?q='a'", "/?q='a'"));
}

// Section 2.2.2: "If a percent-encoded ASCII octet is encountered in the URI, it MUST be unencoded prior to
// comparison, unless it is a reserved character in the URI as defined by [RFC3986] or the character is
// outside the unreserved character range."
TEST(Robots, OnlyEscapesOfUnreservedCharactersAreUndone) {
  EXPECT_FALSE(rules_allow("Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz"));
  EXPECT_FALSE(rules_allow("Disallow: /foo/bar/baz", "/foo/bar/%62%61%7a"));
  EXPECT_FALSE(rules_allow("Disallow: /%7ea", "/~a"));
  EXPECT_TRUE(rules_allow("Disallow: /a%2Fb", "/a/b"));
  EXPECT_TRUE(rules_allow("Disallow: /a/b", "/a%2Fb"));
  EXPECT_FALSE(rules_allow("Disallow: /a%2fb", "/a%2Fb"));
}

// RFC 3986, section 2.2: "URIs that differ in the replacement of a reserved character with its corresponding
// percent-encoded octet are not equivalent."
TEST(Robots, EscapesOfReservedCharactersDifferFromThem) {
  for (const char c : ":/?[]@!&()+,;="sv) {
    std::string escape;
    append_escape(c, escape);
    const std::string plain(1, c);
    EXPECT_TRUE(rules_allow("Disallow: /a" + escape, "/a" + plain)) << c;
    EXPECT_TRUE(rules_allow("Disallow: /a" + plain, "/a" + escape)) << c;
    EXPECT_FALSE(rules_allow("Disallow: /a" + plain, "/a" + plain)) << c;
  }
}

// Section 2.2.2: "The match evaluates positively if and only if the end of the path from the rule is reached
// before a difference in octets is encountered."
TEST(Robots, APatternMatchesToItsEnd) {
  EXPECT_FALSE(rules_allow("Disallow: /fish", "/fisherman"));
  EXPECT_TRUE(rules_allow("Disallow: /fish.html", "/fish"));
  EXPECT_FALSE(rules_allow("Disallow: /100%", "/100%25"));
}

// Section 2.2.2: "The crawler SHOULD ignore "disallow" and "allow" rules that are not in any group (for
// example, any rule that precedes the first user-agent line)."
TEST(Robots, RulesBeforeAnyGroupAreIgnored) {
  EXPECT_TRUE(allows("Disallow: /a\nUser-agent: *\nDisallow: /b\n", "foobot", "/a"));
}

// Section 2.2.2: "Implementors MAY bridge encoding mismatches if they detect that the robots.txt file is not
// UTF-8 encoded." They are compared as the octets that they are.
TEST(Robots, OctetsThatAreNoUtf8MatchTheirEscapes) {
  EXPECT_FALSE(rules_allow("Disallow: /caf\xE9", "/caf%E9"));
  EXPECT_TRUE(rules_allow("Disallow: /caf\xE9", "/caf\u00E9"));
}

// Section 2.2.3: "# Designates a line comment."
TEST(Robots, AHashBeginsAComment) {
  EXPECT_TRUE(rules_allow("# Disallow: /a", "/a"));
  EXPECT_FALSE(rules_allow("Disallow: /a # comment in line", "/ab"));
  EXPECT_FALSE(rules_allow("Disallow: /a#b", "/ac"));
}

// Section 2.2.3: "$ Designates the end of the match pattern."
TEST(Robots, ADollarAtTheEndIsTheEndOfThePath) {
  EXPECT_FALSE(rules_allow("Disallow: /this/path/exactly$", "/this/path/exactly"));
  EXPECT_TRUE(rules_allow("Disallow: /this/path/exactly$", "/this/path/exactly/"));
  EXPECT_TRUE(rules_allow("Disallow: /this/path/exactly$", "/this/path/exactly?q"));
  EXPECT_FALSE(rules_allow("Disallow: /*a$", "/a/a"));
  EXPECT_TRUE(rules_allow("Disallow: /*a$", "/a/b"));
  EXPECT_FALSE(rules_allow("Disallow: /a*$", "/ab"));
  EXPECT_TRUE(rules_allow("Disallow: /ab*b$", "/ab"));
  EXPECT_FALSE(rules_allow("Disallow: /a$b", "/a$b"));
}

// Section 2.2.3: "* Designates 0 or more instances of any character."
TEST(Robots, AStarIsAnyText) {
  EXPECT_FALSE(rules_allow("Disallow: /this/*/exactly", "/this/path/exactly"));
  EXPECT_FALSE(rules_allow("Disallow: /this/*/exactly", "/this/long/path/exactly/here"));
  EXPECT_TRUE(rules_allow("Disallow: /this/*/exactly", "/this/exactly"));
  EXPECT_FALSE(rules_allow("Disallow: /a*b", "/ab"));
  EXPECT_FALSE(rules_allow("Disallow: /a***b*", "/a-b"));
  EXPECT_FALSE(rules_allow("Disallow: /*a*ab*b", "/aaabb"));
  EXPECT_TRUE(rules_allow("Disallow: /*ab*ab", "/aab"));
  EXPECT_FALSE(rules_allow("Disallow: *", "/"));
}

// Section 2.2.3: "If crawlers match special characters verbatim in the URI, crawlers SHOULD use "%"
// encoding." (figure 6)
TEST(Robots, SpecialCharactersAreMatchedVerbatimByTheirEscapes) {
  EXPECT_FALSE(rules_allow("Disallow: /path/file-with-a-%2A.html", "/path/file-with-a-*.html"));
  EXPECT_TRUE(rules_allow("Disallow: /path/file-with-a-%2A.html", "/path/file-with-a-b.html"));
  EXPECT_FALSE(rules_allow("Disallow: /path/foo-%24", "/path/foo-$"));
  EXPECT_TRUE(rules_allow("Disallow: /path/foo-%24", "/path/foo-"));
  EXPECT_FALSE(rules_allow("Disallow: /a%2a", "/a%2A"));
}

// Section 2.2.4: "Parsing of other records MUST NOT interfere with the parsing of explicitly defined records
// in Section 2. For example, a "Sitemaps" record MUST NOT terminate a group."
TEST(Robots, OtherRecordsEndNoGroup) {
  for (const std::string other :
       {"Sitemap: https://example.com/s", "Crawl-delay: 1", "Noindex: /x", "nonsense", ""}) {
    EXPECT_FALSE(allows("User-agent: a\n" + other + "\nDisallow: /x\n", "a", "/x")) << other;
    EXPECT_FALSE(allows("User-agent: a\n" + other + "\nUser-agent: b\nDisallow: /x\n", "a", "/x")) << other;
  }
}

// Section 2.3: "The file MUST be UTF-8 encoded (as defined in [RFC3629])"
TEST(Robots, TheFileIsUtf8WithOrWithoutItsMark) {
  EXPECT_FALSE(allows("\xEF\xBB\xBFUser-agent: *\nDisallow: /\u00E9", "foobot", "/%C3%A9"));
  EXPECT_TRUE(allows("\xFF\xFEU\0s\0e\0r\0-\0a\0g\0e\0n\0t\0:\0*\0\n\0D\0i\0s\0a\0l\0l\0o\0w\0:\0/\0"s,
                     "foobot", "/"));
}

// Section 2.3.1.1: "If the crawler successfully downloads the robots.txt file, the crawler MUST follow the
// parseable rules."
TEST(RobotsAccess, IsByTheRulesOfAFileThatCame) {
  EXPECT_EQ(robots_access(200, 0), RobotsAccess::by_rules);
  EXPECT_EQ(robots_access(204, 5), RobotsAccess::by_rules);
}

// Section 2.3.1.2: "The crawlers SHOULD follow at least five consecutive redirects, even across authorities
// (for example, hosts in the case of HTTP). [...] If there are more than five consecutive redirects, crawlers
// MAY assume that the robots.txt file is unavailable."
TEST(RobotsAccess, FollowsFiveRedirects) {
  EXPECT_EQ(robots_access(301, 0), RobotsAccess::at_location);
  EXPECT_EQ(robots_access(308, 4), RobotsAccess::at_location);
  EXPECT_EQ(robots_access(301, 5), RobotsAccess::all);
}

// Section 2.3.1.3: "If a server status code indicates that the robots.txt file is unavailable to the crawler,
// then the crawler MAY access any resources on the server."
TEST(RobotsAccess, IsFreeWhereThereIsNoFile) {
  EXPECT_EQ(robots_access(400, 0), RobotsAccess::all);
  EXPECT_EQ(robots_access(403, 0), RobotsAccess::all);
  EXPECT_EQ(robots_access(404, 5), RobotsAccess::all);
  EXPECT_EQ(robots_access(499, 0), RobotsAccess::all);
}

// Section 2.3.1.3 says "MAY": who asks for fewer requests is not to be sent more.
TEST(RobotsAccess, IsNoneForNowWhereTheServerAsksForLess) {
  EXPECT_EQ(robots_access(429, 0), RobotsAccess::none);
}

// Section 2.3.1.4: "If the robots.txt file is unreachable due to server or network errors, this means the
// robots.txt file is undefined and the crawler MUST assume complete disallow."
TEST(RobotsAccess, IsNoneWhereTheFileCannotBeHad) {
  for (const int status : {500, 503, 599, 0, -1, 100, 600})
    EXPECT_EQ(robots_access(status, 0), RobotsAccess::none);
}

// Section 2.3.1.5: "Crawlers MUST try to parse each line of the robots.txt file. Crawlers MUST use the
// parseable rules."
TEST(Robots, LinesThatAreNoneSpoilNoOthers) {
  constexpr std::string_view kFile =
      "<html>\n: :\n::\nUser-agent: *\n\xFF\xFE\x01\n:/x\nDisallow\nDisallow: /a\n";
  EXPECT_FALSE(allows(kFile, "foobot", "/a"));
  EXPECT_TRUE(allows(kFile, "foobot", "/x"));
}

// Section 2.4: "Crawlers MAY cache the fetched robots.txt file's contents." How long is the crawler's matter;
// its rules own what they need.
TEST(Robots, RulesOutliveTheirFile) {
  RobotsRules rules;
  {
    const std::string text = "User-agent: *\nDisallow: /" + std::string(100, 'a');
    const RobotsFile file = RobotsFile::parse(text);
    rules = file.rules_for("foobot");
  }
  const RobotsRules kept = rules;
  EXPECT_FALSE(kept.allows(*Url::parse("https://example.com/" + std::string(101, 'a'))));
}

// Section 2.5: "The parsing limit MUST be at least 500 kibibytes [KiB]."
TEST(Robots, Reads500KibibytesAndNoLineThatTheyCut) {
  const std::string head = "User-agent: *\nDisallow: /a\n#";
  const std::string last = "\nDisallow: /b";
  const std::string full = head + std::string(500 * 1024 - head.size() - last.size(), '-') + last;
  EXPECT_FALSE(allows(full, "foobot", "/b"));
  EXPECT_FALSE(allows(full + "\n", "foobot", "/b"));
  EXPECT_FALSE(allows(full + "\nDisallow: /c", "foobot", "/b"));
  EXPECT_TRUE(allows(full + "\nDisallow: /c", "foobot", "/c"));
  EXPECT_TRUE(allows(full + "c\n", "foobot", "/b"));
  EXPECT_FALSE(allows(full + "c\n", "foobot", "/a"));
  EXPECT_TRUE(RobotsFile::parse("Sitemap: " + std::string(500 * 1024, 'a')).sitemaps().empty());
}

// Section 3: "Memory management: Section 2.5 defines the lower limit of bytes that must be processed, which
// inherently also protects the parser from out-of-memory scenarios."
TEST(Robots, ManyRulesAndLongPathsAreNoTrouble) {
  std::string text = "User-agent: *\nDisallow: /" + std::string(300'000, '*') + "b\n";
  while (text.size() < 500 * 1024) text += "Disallow: /a\n";
  const std::string path(Url::max_length - 100, 'a');
  EXPECT_FALSE(allows(text, "foobot", "/" + path));
  EXPECT_FALSE(allows(text, "foobot", "/c" + path + "b"));
  EXPECT_TRUE(allows(text, "foobot", "/c" + path));
}

// Section 3: "Invalid characters: [...] Out-of-bound characters should be rejected as invalid, which limits
// the available attack vectors that attempt to compromise the system."
TEST(Robots, ALineWithAControlCharacterIsNone) {
  EXPECT_TRUE(rules_allow("Disallow: /a\0b"s, "/a"));
  EXPECT_TRUE(rules_allow("Disallow: /\x01", "/%01"));
  EXPECT_FALSE(rules_allow("Disallow: /a\0\0\0"s, "/a"));
  EXPECT_FALSE(rules_allow("Disallow: /a # \x01", "/a"));
}

// Section 5.1
TEST(Robots, SimpleExample) {
  constexpr std::string_view kFile =
      "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n"
      "User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n"
      "User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\nUser-Agent: quxbot\n";
  EXPECT_TRUE(allows(kFile, "anybot", "/publications/a"));
  EXPECT_TRUE(allows(kFile, "anybot", "/publications/a.gif"));
  EXPECT_FALSE(allows(kFile, "anybot", "/a.gif"));
  EXPECT_TRUE(allows(kFile, "anybot", "/a.gif?b"));
  EXPECT_FALSE(allows(kFile, "anybot", "/example/a"));
  EXPECT_FALSE(allows(kFile, "foobot", "/publications/"));
  EXPECT_TRUE(allows(kFile, "foobot", "/example/page.html"));
  EXPECT_TRUE(allows(kFile, "foobot", "/example/allowed.gif"));
  EXPECT_FALSE(allows(kFile, "foobot", "/example/a.gif"));
  EXPECT_FALSE(allows(kFile, "barbot", "/example/page.html"));
  EXPECT_FALSE(allows(kFile, "bazbot", "/example/page.html"));
  EXPECT_TRUE(allows(kFile, "bazbot", "/example/a.gif"));
  EXPECT_TRUE(allows(kFile, "quxbot", "/example/page.html"));
}

// Section 5.2: "The following example shows that in the case of two rules, the longest one is used for
// matching."
TEST(Robots, LongestMatchExample) {
  constexpr std::string_view kFile =
      "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n";
  EXPECT_FALSE(allows(kFile, "foobot", "/example/page/disallowed.gif"));
  EXPECT_TRUE(allows(kFile, "foobot", "/example/page/"));
}

}  // namespace
}  // namespace parse
