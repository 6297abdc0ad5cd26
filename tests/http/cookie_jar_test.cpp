#include "crawler/http/cookie_jar.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"
#include "tests/support/test_server.h"

namespace crawler::http {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Several easy handles on one jar, against one server under many names.
class CookieJarTest : public testing::Test {
 protected:
  struct CleanUp {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  struct Transfer {
    CookieJar& jar;
    const std::string& url;
  };

  /// A file with a cookie that belongs to nobody here, and these lines.
  void open(const std::string& lines = "") {
    const std::filesystem::path file = dir_.path() / "cookies.txt";
    test_support::write_file(file, "elsewhere.example\tFALSE\t/\tFALSE\t0\tn\tv\n" + lines);
    jar_ = std::make_unique<CookieJar>(file);
  }

  std::string url(const std::string& host, const std::string& target = "/page/1") const {
    return "http://" + host + ":" + std::to_string(server_.port()) + target;
  }

  /// The Cookie lines of a request by a handle of its own, one after the other.
  std::string cookies_sent(const std::string& host, const std::string& target = "/page/1",
                           bool is_listed = true) {
    const std::unique_ptr<CURL, CleanUp> easy(curl_easy_init());
    const std::string address = url(host, target);
    const std::string entry = host + ":" + std::to_string(server_.port()) + ":127.0.0.1";
    const std::unique_ptr<curl_slist, FreeList> addresses(curl_slist_append(nullptr, entry.c_str()));
    Transfer transfer{*jar_, address};
    jar_->attach(easy.get());
    jar_->make_room();
    const std::string own = is_listed ? jar_->for_listed_origin(address) : "";
    curl_easy_setopt(easy.get(), CURLOPT_COOKIE, own.empty() ? nullptr : own.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_URL, address.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy.get(), CURLOPT_RESOLVE, addresses.get());
    curl_easy_setopt(easy.get(), CURLOPT_HEADERFUNCTION, &on_header);
    curl_easy_setopt(easy.get(), CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &on_body);
    EXPECT_EQ(curl_easy_perform(easy.get()), CURLE_OK);
    return cookie_lines(server_.traffic().of(target).last_head);
  }

  /// From now on this page sets them.
  void set_cookies(const std::string& target, const std::vector<std::string>& cookies) {
    test_support::Answer answer;
    for (const std::string& cookie : cookies) answer.headers.push_back("Set-Cookie: " + cookie);
    server_.answer(target, answer);
  }

  test_support::TempDir dir_;
  test_support::TestServer server_;
  std::unique_ptr<CookieJar> jar_;

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* transfer) {
    const auto& [jar, url] = *static_cast<Transfer*>(transfer);
    jar.note_header(url, {data, size * count});
    return size * count;
  }
  static std::size_t on_body(char*, std::size_t size, std::size_t count, void*) { return size * count; }

  static std::string cookie_lines(std::string_view head) {
    constexpr std::string_view kBegin = "\r\nCookie: ";
    std::string lines;
    for (std::size_t at = head.find(kBegin); at != std::string_view::npos; at = head.find(kBegin, at)) {
      at += kBegin.size();
      lines.append(lines.empty() ? "" : "\n").append(head.substr(at, head.find("\r\n", at) - at));
    }
    return lines;
  }
};

TEST_F(CookieJarTest, KeepsCookiesFromOneHandleToTheNext) {
  open();
  set_cookies("/login", {"session=1; Path=/"});
  EXPECT_EQ(cookies_sent("a.example", "/login"), "");
  EXPECT_EQ(cookies_sent("a.example"), "session=1");
  EXPECT_EQ(cookies_sent("a.example", "/page/1", false), "session=1") << "whoever set it gets it";
}

TEST_F(CookieJarTest, TellsHostsAndPathsApart) {
  open();
  set_cookies("/x/set",
              {"host=1; Path=/", "path=1", "domain=1; Path=/; Domain=a.example", "secure=1; Secure"});
  cookies_sent("www.a.example", "/x/set");
  EXPECT_EQ(cookies_sent("a.example"), "domain=1");
  EXPECT_EQ(cookies_sent("b.example"), "");
  EXPECT_THAT(cookies_sent("www.a.example", "/x/y"), HasSubstr("path=1"));
  EXPECT_THAT(cookies_sent("www.a.example"), Not(HasSubstr("path=1")));
}

TEST_F(CookieJarTest, TakesNoCookieForAPublicSuffix) {
  open();
  set_cookies("/set", {"a=1; Domain=com; Path=/", "b=1; Domain=co.uk; Path=/", "c=1; Domain=uk; Path=/",
                       "d=1; Domain=github.io; Path=/", "e=1; Domain=127.0.0.1; Path=/"});
  for (const char* host : {"evil.com", "evil.co.uk", "evil.github.io"}) cookies_sent(host, "/set");
  for (const char* host : {"evil.com", "good.com", "evil.co.uk", "good.co.uk", "good.github.io", "127.0.0.1"})
    EXPECT_EQ(cookies_sent(host), "") << host;
}

TEST_F(CookieJarTest, SendsTheFilesCookiesToTheirDomains) {
  open(
      "a.example\tFALSE\t/\tFALSE\t0\texact\t1\n.b.example\tTRUE\t/\tFALSE\t0\tall\t2\n"
      "a.example\tFALSE\t/\tTRUE\t0\tsecure\t3\nSet-Cookie: set=4; Domain=b.example\n");
  EXPECT_EQ(cookies_sent("a.example"), "exact=1");
  EXPECT_EQ(cookies_sent("www.a.example"), "");
  EXPECT_THAT(cookies_sent("www.b.example"), testing::AllOf(HasSubstr("all=2"), HasSubstr("set=4")));
  EXPECT_EQ(cookies_sent("c.example"), "");
}

TEST_F(CookieJarTest, SendsCookiesWithoutADomainToListedOriginsOnly) {
  open("Set-Cookie: a=1\nSet-Cookie: b=2; Path=/\n");
  EXPECT_EQ(cookies_sent("a.example", "/page/1", true), "a=1; b=2");
  EXPECT_EQ(cookies_sent("b.example", "/page/1", false), "");
}

TEST_F(CookieJarTest, SendsCookiesWithoutADomainWhereTheirPathAndSchemeAre) {
  open("Set-Cookie: path=1; Path=/x\nSet-Cookie: secure=2; Secure\n");
  EXPECT_EQ(jar_->for_listed_origin("http://a.example/"), "");
  EXPECT_EQ(jar_->for_listed_origin("http://a.example/x"), "path=1");
  EXPECT_EQ(jar_->for_listed_origin("http://a.example/x?y"), "path=1");
  EXPECT_EQ(jar_->for_listed_origin("http://a.example/x/y"), "path=1");
  EXPECT_EQ(jar_->for_listed_origin("http://a.example/xy"), "");
  EXPECT_EQ(jar_->for_listed_origin("https://a.example/"), "secure=2");
}

TEST_F(CookieJarTest, SendsAServersOwnCookieInPlaceOfTheFiles) {
  open("Set-Cookie: session=file\n");
  set_cookies("/login", {" session = server; Path=/"});
  EXPECT_EQ(cookies_sent("a.example", "/login"), "session=file");
  EXPECT_EQ(cookies_sent("a.example"), "session=server");
  EXPECT_EQ(cookies_sent("b.example"), "session=file");
}

TEST_F(CookieJarTest, SendsOneLineOfCookiesWhereverTheyComeFrom) {
  open("Set-Cookie: file=1\n");
  set_cookies("/set", {"server=2; Path=/"});
  cookies_sent("a.example", "/set");
  EXPECT_EQ(cookies_sent("a.example"), "server=2; file=1");
}

TEST_F(CookieJarTest, ForgetsAllButTheFileBeforeItGrowsWithoutEnd) {
  open("a.example\tFALSE\t/\tFALSE\t0\tfile\t1\nSet-Cookie: own=2\n");
  set_cookies("/set", {"server=3; Path=/", "own=4; Path=/"});
  cookies_sent("a.example", "/set");
  ASSERT_THAT(cookies_sent("a.example"), HasSubstr("server=3"));
  const std::string large = "Set-Cookie: n=" + std::string(5000, 'x') + "\r\n";
  for (std::size_t held = 0; held <= CookieJar::kMaxBytes; held += large.size())
    jar_->note_header("http://evil.example/", large);
  EXPECT_EQ(cookies_sent("a.example"), "file=1; own=2");
}

TEST_F(CookieJarTest, HoldsManyCookies) {
  open();
  set_cookies("/set", {"server=1; Path=/"});
  cookies_sent("a.example", "/set");
  for (int i = 0; i < 1'900; ++i) jar_->note_header("http://b.example/", "Set-Cookie: n=v\r\n");
  for (int i = 0; i < 1'900; ++i) jar_->note_header("http://b.example/", "X-Set-Cookie: n=v\r\n");
  EXPECT_EQ(cookies_sent("a.example"), "server=1");
}

TEST_F(CookieJarTest, ReadsHeadersThatMeanNothing) {
  open("Set-Cookie: a=1\n");
  for (const char* line :
       {"", "\r\n", "Set-Cookie", "Set-Cookie:", "Set-Cookie: \t", "set-cookie:;", "Set-Cookie: ="})
    jar_->note_header("http://a.example/", line);
  EXPECT_EQ(jar_->for_listed_origin("http://a.example/"), "a=1");
}

}  // namespace
}  // namespace crawler::http
