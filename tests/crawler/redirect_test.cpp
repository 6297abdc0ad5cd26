#include "crawler/redirect.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace crawler {
namespace {

http::Response answer(int status, std::string_view header_lines) {
  return {.status = status,
          .headers = "HTTP/1.1 " + std::to_string(status) + " X\r\n" + std::string(header_lines),
          .body = {}};
}

/// Where it leads from http://a.example/dir/page?q, "" if it is an answer, or the error's name.
std::string target(const http::Response& response) {
  const auto target = redirect_target(response, *parse::Url::parse("http://a.example/dir/page?q"));
  if (!target) return std::string(name(target.error()));
  return *target ? std::string((*target)->href()) : "";
}

std::string target_of_location(const std::string& location) {
  return target(answer(302, "Location: " + location + "\r\n"));
}

TEST(Redirect, IsMadeByFiveStatuses) {
  for (int status = 100; status < 600; ++status) {
    const bool is_one = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    EXPECT_EQ(target(answer(status, "Location: http://b.example/\r\n")), is_one ? "http://b.example/" : "")
        << status;
  }
}

TEST(Redirect, MayBeRelative) {
  EXPECT_EQ(target_of_location("other"), "http://a.example/dir/other");
  EXPECT_EQ(target_of_location("/root"), "http://a.example/root");
  EXPECT_EQ(target_of_location("?x"), "http://a.example/dir/page?x");
  EXPECT_EQ(target_of_location("//b.example/x"), "http://b.example/x");
}

TEST(Redirect, KeepsItsFragment) { EXPECT_EQ(target_of_location("/x#part"), "http://a.example/x#part"); }

TEST(Redirect, WithoutALocationIsAnAnswer) { EXPECT_EQ(target(answer(302, "Content-Length: 0\r\n")), ""); }

TEST(Redirect, WithAnEmptyLocationLeadsToItself) {
  EXPECT_EQ(target_of_location(""), "http://a.example/dir/page?q");
}

TEST(Redirect, BringsNoCredentials) {
  EXPECT_EQ(target_of_location("http://me:secret@b.example/x"), "http://b.example/x");
}

TEST(Redirect, TakesTheFirstLocation) {
  EXPECT_EQ(target(answer(301, "Location: /1\r\nlocation: /2\r\n")), "http://a.example/1");
}

TEST(Redirect, LeadsNowhereButToHttp) {
  for (const char* location : {"ftp://b.example/", "javascript:alert(1)", "file:///etc/passwd", "http://[bad",
                               "http://", "data:text/html,x"})
    EXPECT_EQ(target_of_location(location), "bad_redirect") << location;
}

TEST(Redirect, TakesAnyOctets) {
  EXPECT_EQ(target_of_location("/caf\xE9 \x01\"<>"), "http://a.example/caf%EF%BF%BD%20%01%22%3C%3E");
  EXPECT_EQ(target_of_location("/" + std::string(100'000, 'x')), "bad_redirect");
}

}  // namespace
}  // namespace crawler
