#include <set>
#include <string>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

struct Case {
  std::string path;
  std::set<std::string> errors;  // any of these is a true word for it
};
void PrintTo(const Case& hostile, std::ostream* stream) { *stream << hostile.path; }

class HostileServer : public CrawlTest, public testing::WithParamInterface<Case> {};

TEST_P(HostileServer, FailsOneUrlAndNoOther) {
  list({"/page/1", GetParam().path, "/page/2"});
  EXPECT_THAT(crawl({"--max-body", "1M", "--timeout", "10s", "urls.txt"}), ExitsWith(1));
  EXPECT_THAT(GetParam().errors, testing::Contains(page("error", GetParam().path)));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200 AND error IS NULL"), "2");
}

INSTANTIATE_TEST_SUITE_P(
    Paths, HostileServer,
    testing::Values(Case{"/reset", {"protocol", "connect"}}, Case{"/close-early", {"protocol", "connect"}},
                    Case{"/truncated", {"truncated"}}, Case{"/bad-chunk", {"protocol"}},
                    Case{"/http09", {"protocol"}}, Case{"/large/20000000", {"too_large"}},
                    Case{"/endless", {"too_large"}}, Case{"/gzip-bomb", {"too_large"}},
                    Case{"/br-bomb", {"too_large"}}, Case{"/zstd-bomb", {"too_large"}},
                    Case{"/nested/20", {"content_encoding"}}, Case{"/nested-lines/20", {"content_encoding"}},

                    Case{"/header-flood", {"header_limit"}}, Case{"/huge-header", {"header_limit"}},
                    Case{"/continue-flood", {"header_limit", "protocol"}}),
    [](const auto& test) {
      std::string name = test.param.path.substr(1);
      std::erase_if(name, [](char c) { return c == '-' || c == '/'; });
      return name;
    });

using Hostile = CrawlTest;

TEST_F(Hostile, EncodingThatIsNotWhatItSays) {
  server_.answer("/lie", {.body = "this is no gzip", .headers = {"Content-Encoding: gzip"}});
  list({"/lie", "/page/1"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(1));
  EXPECT_EQ(page("error", "/lie"), "content_encoding");
  EXPECT_EQ(page("status", "/page/1"), "200");
}

TEST_F(Hostile, BodyOfExactlyTheLimitIsTaken) {
  list({"/large/100000", "/large/100001"});
  EXPECT_THAT(crawl({"--max-body", "100000", "urls.txt"}), ExitsWith(1));
  EXPECT_EQ(page("error", "/large/100000"), "NULL");
  EXPECT_EQ(page("error", "/large/100001"), "too_large");
}

TEST_F(Hostile, MarkupEndsInTime) {
  std::string nested;
  for (int i = 0; i < 60'000; ++i) nested += "<div>";
  std::string formatted = "<p>";
  for (int i = 0; i < 400; ++i) formatted += "<b id=" + std::to_string(i) + ">";
  for (int i = 0; i < 5'000; ++i) formatted += "<p>x";
  server_.answer("/nested", {.body = "<title>Nested</title>" + nested});
  server_.answer("/formatted", {.body = "<title>Formatted</title>" + formatted});
  list({"/nested", "/formatted"});
  const Result result = crawl({"urls.txt"});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_LT(result.wall, 10s);
  EXPECT_EQ(page("title", "/nested"), "Nested");
  EXPECT_EQ(page("title", "/formatted"), "Formatted");
}

TEST_F(Hostile, TitleHoldsNoNulByteThatCutsIt) {
  server_.answer("/nul", {.body = std::string("<title>a\0b</title>", 18)});
  list({"/nul"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_THAT(page("title", "/nul"), testing::AllOf(testing::StartsWith("a"), testing::EndsWith("b")));
}

}  // namespace
}  // namespace e2e
