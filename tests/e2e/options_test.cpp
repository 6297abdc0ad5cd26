#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using testing::HasSubstr;

class BadOptions : public CrawlTest, public testing::WithParamInterface<std::vector<std::string>> {};

TEST_P(BadOptions, EndTheProgramBeforeAnyWork) {
  list({"/page/1"});
  std::vector<std::string> arguments = GetParam();
  arguments.push_back("urls.txt");
  const Result result = crawl(arguments);
  EXPECT_THAT(result, ExitsWith(2));
  EXPECT_THAT(result.err, HasSubstr(GetParam().front()));
  EXPECT_EQ(server_.traffic().counts().requests, 0u);
  EXPECT_FALSE(std::filesystem::exists(dir_.path() / "crawl.db"));
}

using Arguments = std::vector<std::string>;
INSTANTIATE_TEST_SUITE_P(All, BadOptions,
                         testing::Values(Arguments{"--no-such-option"}, Arguments{"--concurrency", "0"},
                                         Arguments{"--concurrency", "x"}, Arguments{"--concurrency", "-1"},
                                         Arguments{"--concurrency", "99999999999999999999"},
                                         Arguments{"--sequential", "--concurrency", "5"},
                                         Arguments{"--timeout", "soon"}, Arguments{"--timeout", "-1"},
                                         Arguments{"--max-body", "much"}, Arguments{"--max-failed", "some"},
                                         Arguments{"--store", "everything"}, Arguments{"--progress", "maybe"},
                                         Arguments{"--metrics", ""}, Arguments{"--metrics", "-"}));

using Options = CrawlTest;

TEST_F(Options, NeedASource) {
  const Result result = crawl(Arguments{});
  EXPECT_THAT(result, ExitsWith(2));
  EXPECT_NE(result.err, "");
}

TEST_F(Options, MayBeShort) {
  EXPECT_THAT(crawl({"-c", "0", server_.url("/page/1")}), ExitsWith(2));
  EXPECT_THAT(crawl({"-c", "x", server_.url("/page/1")}), ExitsWith(2));
  EXPECT_THAT(crawl({"-c", "1", "--sequential", server_.url("/page/1")}), ExitsWith(2));
}

TEST_F(Options, TakeDurationsAsPeopleWriteThem) {
  for (const char* duration : {"5", "5s", "5000ms", "1m"}) {
    EXPECT_THAT(crawl({"--timeout", duration, server_.url("/page/1")}), ExitsWith(0)) << duration;
  }
}

TEST_F(Options, AreExplained) {
  const Result result = crawl({"--help"});
  EXPECT_THAT(result, ExitsWith(0));
  for (const char* option :
       {"--concurrency", "--sequential", "--timeout", "--resume", "--fail-fast", "--metrics"}) {
    EXPECT_THAT(result.out, HasSubstr(option));
  }
}

}  // namespace
}  // namespace e2e
