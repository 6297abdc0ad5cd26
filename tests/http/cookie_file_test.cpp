#include "crawler/http/cookie_file.h"

#include <filesystem>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace crawler::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class CookieFileTest : public testing::Test {
 protected:
  CookieFile read(const std::string& text) const {
    const std::filesystem::path path = dir_.path() / "cookies.txt";
    test_support::write_file(path, text);
    return read_cookie_file(path);
  }
  /// What it says of a file that it does not take.
  std::string refusal(const std::filesystem::path& path) const {
    try {
      read_cookie_file(path);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }
  std::string refusal_of(const std::string& text) const {
    const std::filesystem::path path = dir_.path() / "bad.txt";
    test_support::write_file(path, text);
    return refusal(path);
  }

  test_support::TempDir dir_;
};

TEST_F(CookieFileTest, MayBeInNetscapesFormat) {
  const CookieFile file = read(
      "# Netscape HTTP Cookie File\n\n"
      "a.example\tFALSE\t/\tFALSE\t0\tn\tv\n"
      "#HttpOnly_.b.example\tTRUE\t/\tTRUE\t4102444800\tm\tw\n"
      "c.example\tFALSE\t/\tFALSE\t0\tempty\n");
  EXPECT_EQ(file.with_domain.size(), 3U);
  EXPECT_THAT(file.without_domain, IsEmpty());
}

TEST_F(CookieFileTest, MayBeTheHeadersOfAnAnswer) {
  const CookieFile file = read(
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nset-cookie: a=1; Domain=b.example; Path=/x\r\n\r\n");
  EXPECT_THAT(file.with_domain, ElementsAre(".b.example\tTRUE\t/x\tFALSE\t0\ta\t1"));
  EXPECT_THAT(file.without_domain, IsEmpty());
}

TEST_F(CookieFileTest, KeepsCookiesWithoutADomainApart) {
  const CookieFile file = read(
      "Set-Cookie: a=1\r\nSet-Cookie: b=2=3; Path=/x; Secure; HttpOnly\r\nSet-Cookie: c=; domain=\n"
      "Set-Cookie: d=4; Domain=d.example\n");
  EXPECT_THAT(file.with_domain, ElementsAre(".d.example\tTRUE\t/\tFALSE\t0\td\t4"));
  ASSERT_EQ(file.without_domain.size(), 3U);
  EXPECT_EQ(file.without_domain[0].name, "a");
  EXPECT_EQ(file.without_domain[0].value, "1");
  EXPECT_EQ(file.without_domain[0].path, "/");
  EXPECT_FALSE(file.without_domain[0].is_secure);
  EXPECT_EQ(file.without_domain[1].value, "2=3");
  EXPECT_EQ(file.without_domain[1].path, "/x");
  EXPECT_TRUE(file.without_domain[1].is_secure);
  EXPECT_EQ(file.without_domain[2].value, "");
}

TEST_F(CookieFileTest, MayHaveManyLinesOfEitherForm) {
  std::string text;
  for (int i = 0; i < 200; ++i) {
    const std::string name = "n" + std::to_string(i);
    text += "a.example\tFALSE\t/\tFALSE\t0\t" + name + "\tv\nSet-Cookie: " + name + "=v; Domain=b.example\n";
    text += "Set-Cookie: " + name + "=v\n";
  }
  const CookieFile file = read(text);
  EXPECT_EQ(file.with_domain.size(), 400U);
  EXPECT_EQ(file.without_domain.size(), 200U);
}

TEST_F(CookieFileTest, IsTakenWithoutWhatHasExpired) {
  const CookieFile file = read(
      "a.example\tFALSE\t/\tFALSE\t1\tn\tv\nSet-Cookie: a=1; Max-Age=0\n"
      "Set-Cookie: b=1; Domain=b.example; Expires=Thu, 01 Jan 1970 00:00:01 GMT\n");
  EXPECT_THAT(file.with_domain, IsEmpty());
  EXPECT_THAT(file.without_domain, IsEmpty());
}

TEST_F(CookieFileTest, WithoutCookiesIsRefused) {
  for (const char* text : {"", "\n", "a=1\n", "ALL\n", "# a\tb\tc\td\te\tf\tg\n", "http://a.example/\n",
                           "a.example FALSE / FALSE 0 n v\n", "Cookie: a=1\n"})
    EXPECT_THAT(refusal_of(text), HasSubstr("bad.txt has no cookies")) << text;
}

TEST_F(CookieFileTest, ThatCannotBeReadIsRefused) {
  EXPECT_THAT(refusal(dir_.path() / "none"), HasSubstr("none: No such file or directory"));
  EXPECT_THAT(refusal(dir_.path()), HasSubstr("Is a directory"));
}

}  // namespace
}  // namespace crawler::http
