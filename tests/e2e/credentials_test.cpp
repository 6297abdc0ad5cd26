#include <string>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A second server, which nobody listed.
class Credentials : public CrawlTest {
 protected:
  std::string with_password(const std::string& path, const std::string& credentials = "me:se%63ret") const {
    std::string url = server_.url(path);
    return url.insert(std::string("http://").size(), credentials + "@");
  }
  std::string head(const std::string& path) const { return server_.traffic().of(path).last_head; }
  std::string head_elsewhere(const std::string& path) const {
    return elsewhere_.traffic().of(path).last_head;
  }

  const test_support::TestServer elsewhere_;
};

TEST_F(Credentials, OfAUrlAreUsedAndNotKept) {
  write("urls.txt", with_password("/page/1") + "\n" + with_password("/page/1", "you") + "\n" +
                        server_.url("/page/1") + "\n");
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_THAT(head("/page/1"), HasSubstr("Authorization: Basic bWU6c2VjcmV0\r\n"));
  EXPECT_EQ(value("SELECT group_concat(url) FROM page"), server_.url("/page/1"));
  EXPECT_EQ(value("SELECT url FROM fetch"), server_.url("/page/1"));
  EXPECT_EQ(value("SELECT group_concat(outcome) FROM seed"), "accepted,duplicate,duplicate");
  EXPECT_THAT(value("SELECT group_concat(given) FROM seed"),
              AllOf(HasSubstr("//***@"), Not(HasSubstr("se"))));
}

TEST_F(Credentials, OfAUrlOnTheCommandLineAreShownNowhere) {
  const Result result = crawl({"--store", "body,text,links", with_password("/status/404")});
  EXPECT_THAT(result.out + result.err, Not(HasSubstr("ret@")));
  EXPECT_THAT(value("SELECT args FROM run"), AllOf(HasSubstr("//***@"), Not(HasSubstr("ret@"))));
}

TEST_F(Credentials, GoWithARedirectOnTheSameOriginAndWithNoOther) {
  const std::string target = elsewhere_.url("/page/2");
  write("urls.txt",
        with_password("/redirect-to?/page/1") + "\n" + with_password("/redirect-to?" + target) + "\n");
  EXPECT_THAT(crawl({"--private-network", "allow", "-H", "Authorization: Bearer token", "-H", "Cookie: a=1",
                     "-H", "X-Mine: 2", "urls.txt"}),
              ExitsWith(0));
  EXPECT_THAT(head("/page/1"),
              AllOf(HasSubstr("Authorization: Bearer token\r\n"), HasSubstr("Cookie: a=1\r\n")));
  EXPECT_THAT(head_elsewhere("/page/2"),
              AllOf(HasSubstr("X-Mine: 2\r\n"), Not(HasSubstr("Authorization")), Not(HasSubstr("Cookie"))));
}

TEST_F(Credentials, InAHeaderAreNotKept) {
  for (const std::vector<std::string>& header : {std::vector<std::string>{"-H", "X-Key: secret"},
                                                 {"-HX-Key: secret"},
                                                 {"--header", "X-Key: secret"},
                                                 {"--header=X-Key: secret"},
                                                 {"-qH", "X-Key: secret"},
                                                 {"-qHX-Key: secret"}}) {
    std::vector<std::string> arguments = header;
    arguments.push_back(server_.url("/page/1"));
    EXPECT_THAT(crawl(arguments), ExitsWith(0)) << header.front();
    EXPECT_THAT(head("/page/1"), HasSubstr("X-Key: secret\r\n")) << header.front();
    EXPECT_THAT(value("SELECT args FROM run ORDER BY id DESC LIMIT 1"),
                AllOf(HasSubstr("X-Key: ***"), Not(HasSubstr("secret"))))
        << header.front();
  }
}

TEST_F(Credentials, InAFileOfCookiesGoWhereTheyBelong) {
  server_.answer("/login", {.headers = {"Set-Cookie: session=2; Path=/"}});
  write("cookies.txt", "Set-Cookie: own=1\n");
  write("urls.txt", server_.url("/login") + "\n" + server_.url("/page/1") + "\n" +
                        server_.url("/redirect-to?" + elsewhere_.url("/page/2")) + "\n");
  EXPECT_THAT(crawl({"--sequential", "--private-network", "allow", "--cookies", "cookies.txt", "urls.txt"}),
              ExitsWith(0));
  EXPECT_THAT(head("/login"), HasSubstr("Cookie: own=1\r\n"));
  EXPECT_THAT(head("/page/1"), HasSubstr("Cookie: session=2; own=1\r\n"));
  EXPECT_THAT(head_elsewhere("/page/2"), Not(HasSubstr("own=1")));
}

TEST_F(Credentials, ThatCannotBeReadEndTheProgramBeforeAnyWork) {
  write("empty.txt", "");
  for (const std::vector<std::string>& bad : {std::vector<std::string>{"--cookies", "none.txt"},
                                              {"--cookies", "empty.txt"},
                                              {"-H", "nonsense"},
                                              {"-H", "@file"},
                                              {"-H", "Host: x"},
                                              {"-H", "A: 1\r\nB: 2"}}) {
    std::vector<std::string> arguments = bad;
    arguments.push_back(server_.url("/page/1"));
    EXPECT_THAT(crawl(arguments), ExitsWith(2)) << bad.back();
  }
}

}  // namespace
}  // namespace e2e
