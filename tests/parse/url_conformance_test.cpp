// The URL cases of the Web Platform Tests (url/resources/urltestdata.json), read from where CRAWL_VECTORS
// points.
#include <cstddef>
#include <cstdlib>
#include <expected>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "parse/url.h"

namespace parse {
namespace {

using nlohmann::json;

std::filesystem::path vectors() {
  const char* const given = std::getenv("CRAWL_VECTORS");  // NOLINT: no other thread runs
  return given != nullptr ? given : CRAWL_VECTORS;
}

std::string text(const json& item, const char* key) { return item.at(key).get<std::string>(); }

bool is_web(std::string_view scheme) { return scheme == "http:" || scheme == "https:"; }

using Result = std::expected<Url, UrlError>;

class UrlConformance : public testing::Test {
 protected:
  void SetUp() override {
    const std::filesystem::path file = vectors() / "url" / "urltestdata.json";
    if (!exists(file))
      GTEST_SKIP() << "no conformance data at " << file << "; set CRAWL_VECTORS to its folder";
    std::ifstream stream(file);
    cases_ = json::parse(stream);
  }

  /// Calls check(case, what was parsed). A base that is neither http nor https gives a web URL nothing, and
  /// so counts as none.
  template <typename Check>
  void for_each_case(Check check) {
    for (const json& item : cases_) {
      if (!item.is_object()) continue;  // a heading
      SCOPED_TRACE(item.dump(2, ' ', true));
      const std::string input = text(item, "input");
      const Result base = item["base"].is_null() ? Url::parse("") : Url::parse(text(item, "base"));
      check(item, base ? base->resolve(input) : Url::parse(input));
    }
  }

  json cases_;
};

TEST_F(UrlConformance, ReadsEveryUrl) {
  std::size_t count = 0;
  for_each_case([&count](const json& item, const Result& url) {
    if (item.contains("failure") || !is_web(text(item, "protocol"))) return;
    ++count;
    ASSERT_TRUE(url.has_value()) << describe(url.error());
    const auto part = [](char prefix, std::string_view value) {
      return value.empty() ? std::string() : prefix + std::string(value);
    };
    EXPECT_EQ(url->href(), text(item, "href"));
    EXPECT_EQ(std::string(url->scheme()) + ":", text(item, "protocol"));
    EXPECT_EQ(url->username(), text(item, "username"));
    EXPECT_EQ(url->password(), text(item, "password"));
    EXPECT_EQ(url->host(), text(item, "hostname"));
    const std::string port = text(item, "port");
    EXPECT_EQ(std::to_string(url->port()), port.empty() ? (url->scheme() == "http" ? "80" : "443") : port);
    EXPECT_EQ(url->path(), text(item, "pathname"));
    EXPECT_EQ(part('?', url->query()), text(item, "search"));
    EXPECT_EQ(part('#', url->fragment()), text(item, "hash"));
    if (item.contains("origin")) {
      EXPECT_EQ(url->origin(), text(item, "origin"));
    }
  });
  EXPECT_GE(count, 247U);
}

TEST_F(UrlConformance, RefusesEveryFailure) {
  std::size_t count = 0;
  for_each_case([&count](const json& item, const Result& url) {
    if (!item.contains("failure")) return;
    ++count;
    EXPECT_FALSE(url.has_value());
  });
  EXPECT_GE(count, 267U);
}

TEST_F(UrlConformance, TellsOtherSchemesApart) {
  std::size_t count = 0;
  for_each_case([&count](const json& item, const Result& url) {
    if (item.contains("failure") || is_web(text(item, "protocol"))) return;
    ++count;
    ASSERT_FALSE(url.has_value());
    // "" and "a" on "file:///b" have its scheme, which is not told here.
    const bool has_other_base = !item["base"].is_null() && !Url::parse(text(item, "base"));
    if (!has_other_base) {
      EXPECT_EQ(url.error(), UrlError::unsupported_scheme);
    }
  });
  EXPECT_GE(count, 358U);
}

}  // namespace
}  // namespace parse
