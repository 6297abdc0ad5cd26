#include "parse/seed_line.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace parse {
namespace {

using namespace std::string_view_literals;

/// The href that the line holds; "" for a line that holds none.
std::string read(std::string_view line) {
  const auto url = read_seed_line(line);
  if (!url) return "error: " + std::string(describe(url.error()));
  return *url ? std::string((*url)->href()) : "";
}

UrlError error_of(std::string_view line) { return read_seed_line(line).error(); }

TEST(SeedLine, HoldsNoUrlWhenEmptyOrAComment) {
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read(" \t\v\f\r\n"), "");
  EXPECT_EQ(read("# http://example.com/"), "");
  EXPECT_EQ(read("  #"), "");
  EXPECT_EQ(read("\xEF\xBB\xBF"), "");
  EXPECT_EQ(read("\xEF\xBB\xBF# a list"), "");
}

TEST(SeedLine, IgnoresWhatSurroundsTheUrl) {
  EXPECT_EQ(read("\xEF\xBB\xBF  http://example.com/a \t\r\n"), "http://example.com/a");
  EXPECT_EQ(read("http://example.com/a\r"), "http://example.com/a");
}

TEST(SeedLine, TakesAHashInsideAsTheFragment) {
  EXPECT_EQ(read("http://example.com/a #b"), "http://example.com/a%20#b");
}

TEST(SeedLine, TakesADottedNameAsHttps) {
  EXPECT_EQ(read("Example.com"), "https://example.com/");
  EXPECT_EQ(read("example.com/a?b#c"), "https://example.com/a?b#c");
  EXPECT_EQ(read("example.com?b"), "https://example.com/?b");
  EXPECT_EQ(read("127.0.0.1/x"), "https://127.0.0.1/x");
  EXPECT_EQ(read("b\u00FCcher.example"), "https://xn--bcher-kva.example/");
}

TEST(SeedLine, TakesADottedNameBeforeAPortAsHostNotAsScheme) {
  EXPECT_EQ(read("example.com:8080"), "https://example.com:8080/");
  EXPECT_EQ(read("example.com:8080/x"), "https://example.com:8080/x");
  EXPECT_EQ(read("127.0.0.1:8000/x"), "https://127.0.0.1:8000/x");
  EXPECT_EQ(error_of("example.com:99999"), UrlError::bad_port);
}

TEST(SeedLine, RefusesOtherSchemes) {
  EXPECT_EQ(error_of("foo:bar"), UrlError::unsupported_scheme);
  EXPECT_EQ(error_of("ftp://example.com/a"), UrlError::unsupported_scheme);
  EXPECT_EQ(error_of("mailto:a.b@example.com"), UrlError::unsupported_scheme);
  EXPECT_EQ(error_of("soap.beep://example.com"), UrlError::unsupported_scheme);
  EXPECT_EQ(error_of("soap.beep:name"), UrlError::unsupported_scheme);
}

TEST(SeedLine, RefusesWhatNamesNoHost) {
  EXPECT_EQ(error_of("localhost"), UrlError::relative);
  EXPECT_EQ(error_of("/a.html"), UrlError::relative);
  EXPECT_EQ(error_of("./a.html"), UrlError::relative);
  EXPECT_EQ(error_of("//example.com/a"), UrlError::relative);
  EXPECT_EQ(error_of("?a.b"), UrlError::relative);
  EXPECT_EQ(error_of("first.last@example.com"), UrlError::relative);
}

TEST(SeedLine, RefusesHostsThatAreNone) {
  EXPECT_EQ(error_of("not a url. really"), UrlError::bad_host);
  EXPECT_EQ(error_of("http://"), UrlError::bad_host);
}

TEST(SeedLine, RefusesBinaryLines) {
  EXPECT_EQ(error_of("http://example.com/a\0b"sv), UrlError::bad_host);
  EXPECT_EQ(error_of("h\0t\0t\0p\0"sv), UrlError::bad_host);
}

TEST(SeedLine, RefusesLinesThatAreTooLong) {
  const std::string path(Url::max_length, 'a');
  EXPECT_EQ(error_of("http://example.com/" + path), UrlError::too_long);
  EXPECT_EQ(error_of("example.com/" + path), UrlError::too_long);
  EXPECT_EQ(read("http://example.com/" + std::string(100, ' ') + std::string(Url::max_length, ' ')),
            "http://example.com/");
}

}  // namespace
}  // namespace parse
