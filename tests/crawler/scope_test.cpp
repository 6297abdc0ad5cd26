#include "crawler/scope.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace crawler {
namespace {

parse::Url url(std::string_view text) { return parse::Url::parse(text).value(); }

/// Whether a scope of one given URL contains another.
bool reaches(ScopeKind kind, std::string_view given, std::string_view link) {
  Scope scope(kind);
  scope.add(url(given));
  return scope.contains(url(link));
}

bool host_reaches(std::string_view given, std::string_view link) {
  return reaches(ScopeKind::host, given, link);
}
bool domain_reaches(std::string_view given, std::string_view link) {
  return reaches(ScopeKind::domain, given, link);
}
bool prefix_reaches(std::string_view given, std::string_view link) {
  return reaches(ScopeKind::prefix, given, link);
}

TEST(Scope, ContainsNothingBeforeAUrlIsGiven) {
  for (const ScopeKind kind : {ScopeKind::host, ScopeKind::domain, ScopeKind::prefix})
    EXPECT_FALSE(Scope(kind).contains(url("http://example.com/")));
}

TEST(Scope, OfAHostIsItsNameHttpAndHttpsAlike) {
  EXPECT_TRUE(host_reaches("http://example.com/a/b", "https://example.com/c?d#e"));
  EXPECT_TRUE(host_reaches("http://EXAMPLE.com:80/", "https://me@example.com:443/"));
  EXPECT_FALSE(host_reaches("http://example.com/", "http://www.example.com/"));
  EXPECT_FALSE(host_reaches("http://www.example.com/", "http://example.com/"));
  EXPECT_FALSE(host_reaches("http://example.com/", "http://example.com.evil.org/"));
}

TEST(Scope, OfAHostTellsOtherPortsApart) {
  EXPECT_TRUE(host_reaches("http://example.com:8080/", "https://example.com:8080/"));
  EXPECT_FALSE(host_reaches("http://example.com/", "http://example.com:8080/"));
  EXPECT_FALSE(host_reaches("http://example.com/", "http://example.com:443/"));
  EXPECT_FALSE(host_reaches("http://example.com/", "http://example.com:0/"));
  EXPECT_FALSE(host_reaches("http://127.0.0.1:8080/", "http://127.0.0.1:8081/"));
}

TEST(Scope, OfADomainIsAllThatIsRegisteredTogether) {
  EXPECT_TRUE(domain_reaches("https://www.example.co.uk/", "http://shop.example.co.uk/"));
  EXPECT_TRUE(domain_reaches("https://www.example.co.uk/", "http://example.co.uk:8080/"));
  EXPECT_TRUE(domain_reaches("https://www.example.com/", "https://example.com./"));
  EXPECT_TRUE(domain_reaches("https://b\u00FCcher.example/", "https://www.b\u00FCcher.example/"));
  EXPECT_FALSE(domain_reaches("https://www.example.co.uk/", "https://other.co.uk/"));
  EXPECT_FALSE(domain_reaches("https://example.com/", "https://notexample.com/"));
  EXPECT_FALSE(domain_reaches("https://a.github.io/", "https://b.github.io/"));
}

TEST(Scope, OfADomainIsTheHostWhereNothingIsRegistered) {
  for (const char* given :
       {"http://localhost:1/", "http://127.0.0.1:1/", "http://[::1]:1/", "http://github.io:1/"}) {
    EXPECT_TRUE(domain_reaches(given, given));
    EXPECT_FALSE(domain_reaches(given, std::string(given).replace(std::string(given).rfind('1'), 1, "2")));
  }
  EXPECT_FALSE(domain_reaches("http://10.0.0.1/", "http://11.0.0.1/"));
}

TEST(Scope, OfADomainRemembersNoHostForAnother) {
  Scope scope(ScopeKind::domain);
  scope.add(url("http://example.com/"));
  for (int i = 0; i < 10'000; ++i) {
    const std::string name = std::to_string(i) + '.';
    EXPECT_TRUE(scope.contains(url("http://a" + name + "example.com/")));
    EXPECT_FALSE(scope.contains(url("http://a" + name + "example.org/")));
  }
}

TEST(Scope, OfAPrefixIsTheDirectoryOfThePath) {
  EXPECT_TRUE(prefix_reaches("http://a.example/docs/index.html", "https://a.example/docs/x/y?z"));
  EXPECT_TRUE(prefix_reaches("http://a.example/docs/", "http://a.example/docs/"));
  EXPECT_TRUE(prefix_reaches("http://a.example/docs", "http://a.example/other"));
  EXPECT_FALSE(prefix_reaches("http://a.example/docs/", "http://a.example/docs"));
  EXPECT_FALSE(prefix_reaches("http://a.example/docs/", "http://a.example/docs2/"));
  EXPECT_FALSE(prefix_reaches("http://a.example/docs/", "http://a.example/x/docs/"));
  EXPECT_FALSE(prefix_reaches("http://a.example/docs/", "http://b.example/docs/"));
  EXPECT_FALSE(prefix_reaches("http://a.example/docs/", "http://a.example:8080/docs/"));
}

TEST(Scope, OfAPrefixIsComparedAfterParsing) {
  EXPECT_TRUE(prefix_reaches("http://a.example/docs/", "http://a.example\\docs\\x"));
  EXPECT_FALSE(prefix_reaches("http://a.example/docs/", "http://a.example/docs/../x"));
  EXPECT_FALSE(prefix_reaches("http://a.example/docs/", "http://a.example/docs/%2e%2e/x"));
  EXPECT_FALSE(prefix_reaches("http://a.example/docs/", "http://a.example/Docs/"));
  EXPECT_FALSE(prefix_reaches("http://a.example/docs/?x=/y/", "http://a.example/?x=/docs/"));
  EXPECT_FALSE(prefix_reaches("http://a.example/docs//", "http://a.example/docs/"));
}

TEST(Scope, OfAPrefixTakesPathsOfNothingButSlashes) {
  const std::string deep = "http://a.example/" + std::string(parse::Url::max_length - 20, '/');
  EXPECT_TRUE(prefix_reaches("http://a.example/", deep));
  EXPECT_TRUE(prefix_reaches(deep, deep + "x"));
  EXPECT_FALSE(prefix_reaches(deep + "/", deep));
}

TEST(Scope, OfAnyIsEverything) {
  Scope scope(ScopeKind::any);
  EXPECT_TRUE(scope.contains(url("http://example.com/")));
  EXPECT_FALSE(scope.add(url("http://example.com/")));
  EXPECT_EQ(scope.unit_of(url("http://example.com/")), "");
}

TEST(Scope, GrowsByWhatItDoesNotContain) {
  Scope hosts(ScopeKind::host);
  EXPECT_TRUE(hosts.add(url("http://a.example/1")));
  EXPECT_FALSE(hosts.add(url("https://a.example/2")));
  EXPECT_TRUE(hosts.add(url("http://b.example/")));
  EXPECT_TRUE(hosts.contains(url("http://a.example/")) && hosts.contains(url("http://b.example/")));

  Scope prefixes(ScopeKind::prefix);
  EXPECT_TRUE(prefixes.add(url("http://a.example/x/y/")));
  EXPECT_TRUE(prefixes.add(url("http://a.example/x/")));
  EXPECT_FALSE(prefixes.add(url("http://a.example/x/z/")));
}

TEST(Scope, HasUnitsThatGrowTogether) {
  const auto unit = [](ScopeKind kind, std::string_view text) { return Scope(kind).unit_of(url(text)); };
  EXPECT_EQ(unit(ScopeKind::host, "https://www.example.com/a/b"), "www.example.com");
  EXPECT_EQ(unit(ScopeKind::host, "https://www.example.com:8443/"), "www.example.com:8443");
  EXPECT_EQ(unit(ScopeKind::prefix, "https://www.example.com/a/b"), "www.example.com");
  EXPECT_EQ(unit(ScopeKind::domain, "https://www.example.com:8443/"), "example.com");
  EXPECT_EQ(unit(ScopeKind::domain, "http://127.0.0.1:8080/"), "127.0.0.1:8080");
  EXPECT_EQ(unit(ScopeKind::domain, "http://localhost/"), "localhost");
}

TEST(Scope, OfManyHostsKeepsThemApart) {
  Scope scope(ScopeKind::host);
  const auto host = [](int i) { return url("http://h" + std::to_string(i) + ".example/"); };
  for (int i = 0; i < 20'000; i += 2) EXPECT_TRUE(scope.add(host(i)));
  for (int i = 0; i < 20'000; ++i) EXPECT_EQ(scope.contains(host(i)), i % 2 == 0) << i;
}

}  // namespace
}  // namespace crawler
