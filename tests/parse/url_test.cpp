#include "parse/url.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace parse {
namespace {

using namespace std::string_view_literals;

std::string name(UrlError error) {
  switch (error) {
    case UrlError::empty:
      return "empty";
    case UrlError::relative:
      return "relative";
    case UrlError::unsupported_scheme:
      return "unsupported_scheme";
    case UrlError::bad_host:
      return "bad_host";
    case UrlError::bad_port:
      return "bad_port";
    case UrlError::too_long:
      return "too_long";
  }
  return "unknown";
}

std::string outcome(const std::expected<Url, UrlError>& url) {
  return url ? std::string(url->href()) : name(url.error());
}

/// The href of what was parsed, or the error's name.
std::string parsed(std::string_view input) { return outcome(Url::parse(input)); }

constexpr std::string_view kBase = "http://user:pw@example.com:81/dir/page.html?query#fragment";

std::string resolved(std::string_view reference, std::string_view base = kBase) {
  return outcome(Url::parse(base)->resolve(reference));
}

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (; times > 0; --times) text += piece;
  return text;
}

TEST(Url, NamesItsParts) {
  const Url url = *Url::parse("https://user:pa%3Ass@example.com:8443/a/b?q=1#top");
  EXPECT_EQ(url.scheme(), "https");
  EXPECT_EQ(url.username(), "user");
  EXPECT_EQ(url.password(), "pa%3Ass");
  EXPECT_EQ(url.host(), "example.com");
  EXPECT_EQ(url.port(), 8443);
  EXPECT_EQ(url.path(), "/a/b");
  EXPECT_EQ(url.query(), "q=1");
  EXPECT_EQ(url.fragment(), "top");
  EXPECT_EQ(url.origin(), "https://example.com:8443");
  EXPECT_EQ(url.key(), "https://user:pa%3Ass@example.com:8443/a/b?q=1");
}

TEST(Url, HasEmptyPartsWhereNoneAreGiven) {
  const Url url = *Url::parse("http://example.com");
  EXPECT_EQ(url.username(), "");
  EXPECT_EQ(url.password(), "");
  EXPECT_EQ(url.port(), 80);
  EXPECT_EQ(url.path(), "/");
  EXPECT_EQ(url.query(), "");
  EXPECT_EQ(url.fragment(), "");
  EXPECT_EQ(url.origin(), "http://example.com");
  EXPECT_EQ(url.key(), url.href());
}

TEST(Url, IgnoresControlsAndSpacesAtItsEndsAndNewlinesInside) {
  EXPECT_EQ(parsed(" \x01 http://example.com/a \x1F\n"), "http://example.com/a");
  EXPECT_EQ(parsed("\x00http://example.com/\x00"sv), "http://example.com/");
  EXPECT_EQ(parsed("ht\ntp:\t//exa\rmple.com/a\tb"), "http://example.com/ab");
}

TEST(Url, RepairsUtf8BeforeItDropsNewlines) {
  EXPECT_EQ(parsed("http://example.com/\xC3\n\xA9"), "http://example.com/%EF%BF%BD%EF%BF%BD");
  EXPECT_EQ(parsed("http://example.com/\n\xC3\xA9"), "http://example.com/%C3%A9");
}

TEST(Url, TellsWhyItIsNone) {
  EXPECT_EQ(parsed(""), "empty");
  EXPECT_EQ(parsed(" \t\r\n"), "empty");
  EXPECT_EQ(parsed("example.com/a"), "relative");
  EXPECT_EQ(parsed("//example.com/a"), "relative");
  EXPECT_EQ(parsed("#top"), "relative");
  EXPECT_EQ(parsed("://example.com"), "relative");
  EXPECT_EQ(parsed("ftp://example.com/"), "unsupported_scheme");
  EXPECT_EQ(parsed("httpx://example.com/"), "unsupported_scheme");
}

TEST(Url, ReadsTheSchemeInAnyCase) {
  EXPECT_EQ(parsed("HTTP://example.com/"), "http://example.com/");
  EXPECT_EQ(parsed("hTTpS://example.com/"), "https://example.com/");
}

TEST(Url, TakesAnyNumberOfSlashesAndBackslashesBeforeTheHost) {
  EXPECT_EQ(parsed("http:example.com"), "http://example.com/");
  EXPECT_EQ(parsed("http:/example.com"), "http://example.com/");
  EXPECT_EQ(parsed("http:////\\\\example.com\\a\\b"), "http://example.com/a/b");
}

TEST(Url, KeepsABackslashInQueryAndFragment) {
  EXPECT_EQ(parsed("http://example.com/?a\\b#c\\d"), "http://example.com/?a\\b#c\\d");
}

TEST(Url, TakesTheLastAtSignAsTheEndOfCredentials) {
  EXPECT_EQ(parsed("http://a@b:c@d:e@example.com/"), "http://a%40b:c%40d%3Ae@example.com/");
  EXPECT_EQ(parsed("http://us er:p|w@example.com/"), "http://us%20er:p%7Cw@example.com/");
}

TEST(Url, CanBeHadWithoutItsCredentials) {
  for (const char* credentials : {"", "user@", "user:pw@", ":pw@", "us%20er:p%40w@"}) {
    const Url url = *Url::parse("https://" + std::string(credentials) + "[::1]:8443/a/b?c#d");
    const Url without = url.without_credentials();
    EXPECT_EQ(without, *Url::parse("https://[::1]:8443/a/b?c#d"));
    EXPECT_EQ(std::string(url.credentials()) + (url.credentials().empty() ? "" : "@"), credentials);
    EXPECT_EQ(without.credentials(), "");
    EXPECT_EQ(without.username(), "");
    EXPECT_EQ(without.host(), "[::1]");
    EXPECT_EQ(without.path(), "/a/b");
    EXPECT_EQ(without.query(), "c");
    EXPECT_EQ(without.fragment(), "d");
    EXPECT_EQ(without.resolve("../x")->href(), "https://[::1]:8443/x");
  }
}

TEST(Url, DropsWhatIsEmptyInCredentials) {
  EXPECT_EQ(parsed("http://@example.com/"), "http://example.com/");
  EXPECT_EQ(parsed("http://:@example.com/"), "http://example.com/");
  EXPECT_EQ(parsed("http://user:@example.com/"), "http://user@example.com/");
  EXPECT_EQ(parsed("http://:pw@example.com/"), "http://:pw@example.com/");
  EXPECT_EQ(Url::parse("http://:pw@example.com/")->password(), "pw");
  EXPECT_EQ(Url::parse("http://:pw@example.com/")->username(), "");
}

TEST(Url, DropsTheDefaultPortAndLeadingZeros) {
  EXPECT_EQ(parsed("http://example.com:80/"), "http://example.com/");
  EXPECT_EQ(parsed("https://example.com:443/"), "https://example.com/");
  EXPECT_EQ(parsed("https://example.com:80/"), "https://example.com:80/");
  EXPECT_EQ(parsed("http://example.com:/"), "http://example.com/");
  EXPECT_EQ(parsed("http://example.com:000008080/"), "http://example.com:8080/");
  EXPECT_EQ(Url::parse("https://example.com:0/")->port(), 0);
}

TEST(Url, RefusesPortsThatAreNone) {
  EXPECT_EQ(parsed("http://example.com:65535/"), "http://example.com:65535/");
  EXPECT_EQ(parsed("http://example.com:65536/"), "bad_port");
  EXPECT_EQ(parsed("http://example.com:4294967376/"), "bad_port");
  EXPECT_EQ(parsed("http://example.com:80a/"), "bad_port");
  EXPECT_EQ(parsed("http://example.com:-1/"), "bad_port");
  EXPECT_EQ(parsed("http://[::1]:b/"), "bad_port");
}

TEST(Url, TakesTheColonAfterTheBracketsAsThePorts) {
  EXPECT_EQ(parsed("http://[2001:DB8::1]:81/"), "http://[2001:db8::1]:81/");
  EXPECT_EQ(Url::parse("http://[::1]:81/")->host(), "[::1]");
  EXPECT_EQ(parsed("http://2001:db8::1/"), "bad_port");
}

TEST(Url, RefusesAHostThatIsEmpty) {
  EXPECT_EQ(parsed("http://"), "bad_host");
  EXPECT_EQ(parsed("http://?q"), "bad_host");
  EXPECT_EQ(parsed("http://:80/"), "bad_host");
  EXPECT_EQ(parsed("http://user@/"), "bad_host");
  EXPECT_EQ(parsed("http://%C2%AD/"), "bad_host");  // a soft hyphen maps to nothing
}

TEST(Url, ResolvesDotSegmentsInAllTheirSpellings) {
  EXPECT_EQ(parsed("http://example.com/a/./b/../c"), "http://example.com/a/c");
  EXPECT_EQ(parsed("http://example.com/a/b/.%2E"), "http://example.com/a/");
  EXPECT_EQ(parsed("http://example.com/a/%2e%2E/%2e"), "http://example.com/");
  EXPECT_EQ(parsed("http://example.com/../../a"), "http://example.com/a");
  EXPECT_EQ(parsed("http://example.com/a//../b"), "http://example.com/a/b");
  EXPECT_EQ(parsed("http://example.com/.../.a/%2ea"), "http://example.com/.../.a/%2ea");
}

TEST(Url, EncodesWhatEachPartMustNotHold) {
  EXPECT_EQ(parsed("http://example.com/ \"<>^`{}'|"), "http://example.com/%20%22%3C%3E%5E%60%7B%7D'|");
  EXPECT_EQ(parsed("http://example.com/? \"<>^`{}'|"), "http://example.com/?%20%22%3C%3E^`{}%27|");
  EXPECT_EQ(parsed("http://example.com/# \"<>^`{}'|#"), "http://example.com/#%20%22%3C%3E^%60{}'|#");
  EXPECT_EQ(parsed("http://example.com/%zz%41%7e"), "http://example.com/%zz%41%7e");
  EXPECT_EQ(parsed("http://example.com/a\x01\x7F"), "http://example.com/a%01%7F");
}

TEST(Url, EncodesUtf8AndReplacesWhatIsNot) {
  EXPECT_EQ(parsed("http://example.com/\u00E9?\u20AC#\U0001F600"),
            "http://example.com/%C3%A9?%E2%82%AC#%F0%9F%98%80");
  constexpr std::string_view kReplaced = "http://example.com/%EF%BF%BD";
  EXPECT_EQ(parsed("http://example.com/\xFF"), kReplaced);
  EXPECT_EQ(parsed("http://example.com/\xE2\x82"), kReplaced);                             // cut short: one
  EXPECT_EQ(parsed("http://example.com/\xC0\xAF"), std::string(kReplaced) + "%EF%BF%BD");  // overlong: two
  EXPECT_EQ(parsed("http://example.com/\xED\xA0\x80"), std::string(kReplaced) + "%EF%BF%BD%EF%BF%BD");
}

TEST(Url, KeepsAnEmptyQueryAndFragmentInItsHref) {
  EXPECT_EQ(parsed("http://example.com?#"), "http://example.com/?#");
  EXPECT_EQ(Url::parse("http://example.com/?#")->key(), "http://example.com/?");
}

TEST(Url, ResolvesReferencesAgainstAPage) {
  EXPECT_EQ(resolved("other"), "http://user:pw@example.com:81/dir/other");
  EXPECT_EQ(resolved("./a/b?x#y"), "http://user:pw@example.com:81/dir/a/b?x#y");
  EXPECT_EQ(resolved("../a"), "http://user:pw@example.com:81/a");
  EXPECT_EQ(resolved("../../../a"), "http://user:pw@example.com:81/a");
  EXPECT_EQ(resolved(".."), "http://user:pw@example.com:81/");
  EXPECT_EQ(resolved("/root\\a"), "http://user:pw@example.com:81/root/a");
  EXPECT_EQ(resolved("?x"), "http://user:pw@example.com:81/dir/page.html?x");
  EXPECT_EQ(resolved("#y"), "http://user:pw@example.com:81/dir/page.html?query#y");
  EXPECT_EQ(resolved(""), "http://user:pw@example.com:81/dir/page.html?query");
  EXPECT_EQ(resolved(" \n"), "http://user:pw@example.com:81/dir/page.html?query");
}

TEST(Url, ResolvesReferencesThatNameAHost) {
  EXPECT_EQ(resolved("//cdn.example/x"), "http://cdn.example/x");
  EXPECT_EQ(resolved("\\/cdn.example/x"), "http://cdn.example/x");
  EXPECT_EQ(resolved("https://example.org"), "https://example.org/");
  EXPECT_EQ(resolved("//"), "bad_host");
}

TEST(Url, TakesASchemeWithoutSlashesAsRelativeOnlyOnAPageOfTheSameScheme) {
  EXPECT_EQ(resolved("http:other"), "http://user:pw@example.com:81/dir/other");
  EXPECT_EQ(resolved("HTTP:/other"), "http://user:pw@example.com:81/other");
  EXPECT_EQ(resolved("http:?x"), "http://user:pw@example.com:81/dir/page.html?x");
  EXPECT_EQ(resolved("http:\\\\other"), "http://other/");
  EXPECT_EQ(resolved("https:other"), "https://other/");
}

TEST(Url, DoesNotResolveToOtherSchemes) {
  EXPECT_EQ(resolved("mailto:a@example.com"), "unsupported_scheme");
  EXPECT_EQ(resolved("java\nscript:alert(1)"), "unsupported_scheme");
  EXPECT_EQ(resolved("data:text/html,x"), "unsupported_scheme");
  EXPECT_EQ(resolved("./mailto:a"), "http://user:pw@example.com:81/dir/mailto:a");
}

TEST(Url, ResolvesPlainReferencesAgainstEveryBase) {
  EXPECT_EQ(resolved("x", "http://example.com"), "http://example.com/x");
  EXPECT_EQ(resolved("../x", "http://example.com"), "http://example.com/x");
  EXPECT_EQ(resolved("../../x", "http://example.com/a/b/c?/d/"), "http://example.com/x");
  EXPECT_EQ(resolved("../", "http://example.com/a//b"), "http://example.com/a/");
  EXPECT_EQ(resolved("..//x", "http://example.com/a/b/c"), "http://example.com/a//x");
  EXPECT_EQ(resolved("..///x", "http://example.com/a/b/c"), "http://example.com/a///x");
  EXPECT_EQ(resolved(".././/x", "http://example.com/a/b/c"), "http://example.com/a//x");
  EXPECT_EQ(resolved("../?q", "http://example.com/a/b?c#d"), "http://example.com/?q");
  EXPECT_EQ(resolved("../#f", "http://example.com/a/b?c#d"), "http://example.com/#f");
  EXPECT_EQ(resolved("a:b", "http://example.com/"), "unsupported_scheme");
  EXPECT_EQ(resolved("/a:b", "http://example.com/"), "http://example.com/a:b");
  EXPECT_EQ(resolved("#a:b", "http://example.com/?c"), "http://example.com/?c#a:b");
}

TEST(Url, LooksForTheLastSlashOfThePathAlone) {
  EXPECT_EQ(resolved("x", "http://example.com/a?b/c#d/e"), "http://example.com/x");
  EXPECT_EQ(resolved("x", "http://example.com?b/c"), "http://example.com/x");
}

TEST(Url, BoundsItsLength) {
  const std::string longest = "http://example.com/" + std::string(Url::max_length - 19, 'a');
  EXPECT_EQ(parsed(longest), longest);
  EXPECT_EQ(parsed(longest + "a"), "too_long");
  EXPECT_EQ(parsed("http://example.com/" + std::string(Url::max_length / 2, '"')), "too_long");
  EXPECT_EQ(resolved("?" + std::string(Url::max_length - 10, 'a')), "too_long");
}

TEST(Url, ReadsTheWorstInputsOfTheLongestLength) {
  std::string dots = "http://example.com";
  while (dots.size() + 5 < Url::max_length) dots += "/a/..";
  EXPECT_EQ(parsed(dots), "http://example.com/");

  EXPECT_EQ(parsed("http://" + std::string(Url::max_length - 7, '@')), "bad_host");
  EXPECT_EQ(parsed("http://[" + std::string(Url::max_length - 8, ':')), "bad_host");
  EXPECT_EQ(parsed("http://" + std::string(Url::max_length - 7, '9')), "bad_host");
  EXPECT_EQ(parsed("http://" + repeated("%41", 21'000)), "http://" + std::string(21'000, 'a') + "/");
  EXPECT_EQ(parsed("http://" + repeated("%C3%BC", 10'000)), "bad_host");
  EXPECT_EQ(parsed("http://" + repeated("a.", 32'000)), "http://" + repeated("a.", 32'000) + "/");
  EXPECT_EQ(parsed("http://example.com" + repeated("/..", 21'000)), "http://example.com/");
  EXPECT_EQ(parsed("http://example.com" + repeated("/a", 16'000) + repeated("/%2e.", 6'000)),
            "http://example.com" + repeated("/a", 10'000) + "/");
  EXPECT_EQ(resolved(repeated("../", 21'000), "http://example.com" + repeated("/a", 32'000)),
            "http://example.com" + repeated("/a", 10'999) + "/");
  EXPECT_EQ(parsed("http://example.com/" + repeated("\xFF", 60'000)), "too_long");
}

TEST(Url, IsEqualWhereItsHrefIs) {
  EXPECT_EQ(*Url::parse("HTTP://Example.com:80"), *Url::parse("http://example.com/"));
  EXPECT_FALSE(*Url::parse("http://example.com/") == *Url::parse("http://example.com/#"));
}

TEST(Url, DescribesItsErrorsForPeople) {
  EXPECT_EQ(describe(Url::parse("http://a b/").error()), "the host name is not valid");
}

}  // namespace
}  // namespace parse
