#include "crawler/http/request_headers.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crawler::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Lines = std::vector<std::string>;

Lines lines_of(const curl_slist* list) {
  Lines lines;
  for (; list != nullptr; list = list->next) lines.emplace_back(list->data);
  return lines;
}

TEST(RequestHeaders, GoToAllAsTheyAre) {
  const RequestHeaders headers({"Accept-Language: de", "X-Empty;", "Accept:"});
  EXPECT_THAT(lines_of(headers.for_listed_origin()),
              ElementsAre("Accept-Language: de", "X-Empty;", "Accept:"));
  EXPECT_THAT(lines_of(headers.for_others()), ElementsAre("Accept-Language: de", "X-Empty;", "Accept:"));
}

TEST(RequestHeaders, OfTheUserAloneGoToListedOriginsOnly) {
  const RequestHeaders headers({"authorization: Bearer x", "A: 1", "Proxy-AUTHORIZATION: y"});
  EXPECT_THAT(lines_of(headers.for_listed_origin()),
              ElementsAre("authorization: Bearer x", "A: 1", "Proxy-AUTHORIZATION: y"));
  EXPECT_THAT(lines_of(headers.for_others()), ElementsAre("A: 1"));
}

TEST(RequestHeaders, ThatOnlyBeginLikeTheUsersOwnGoToAll) {
  const RequestHeaders headers({"Authorization-Info: x", "X-Authorization: y", "Cookies: z"});
  EXPECT_EQ(lines_of(headers.for_others()).size(), 3U);
}

TEST(RequestHeaders, OfCookiesAreJoinedApart) {
  const RequestHeaders headers({"Cookie: a=1; b=2", "cookie:c=3", "Cookie:", "Cookie;"});
  EXPECT_EQ(headers.cookies(), "a=1; b=2; c=3");
  EXPECT_THAT(lines_of(headers.for_listed_origin()), IsEmpty());
  EXPECT_THAT(lines_of(headers.for_others()), IsEmpty());
}

TEST(RequestHeaders, MayBeNone) {
  const RequestHeaders headers({});
  EXPECT_EQ(headers.for_listed_origin(), nullptr);
  EXPECT_EQ(headers.for_others(), nullptr);
  EXPECT_EQ(headers.cookies(), "");
}

TEST(RefuseBadHeader, TakesWhatCurlTakes) {
  for (const char* line :
       {"A: 1", "A:1", "A:", "A: ", "A;", "A; ", "A: b;c", "X_y.z!#$%&'*+-^`|~9: caf\xC3\xA9\tx",
        "Authorization: Basic eDp5", "Cookie: a=1", "Accept-Encoding: gzip"})
    EXPECT_EQ(refuse_bad_header(line), "") << line;
}

TEST(RefuseBadHeader, RefusesWhatIsNoHeader) {
  for (const char* line : {"", "A", "A b", "A;b", "A;b;", ": 1", ":authority: x", ";", "A b: 1", "A : 1",
                           " A: 1", "caf\xC3\xA9: 1", "(A): 1"})
    EXPECT_NE(refuse_bad_header(line), "") << line;
}

TEST(RefuseBadHeader, RefusesMoreThanOneLine) {
  for (const char* line : {"A: 1\r\nB: 2", "A: 1\n", "A: 1\r", "A\n: 1", "A: \x01", "A: \x7F"})
    EXPECT_THAT(refuse_bad_header(line), HasSubstr("one line")) << line;
  EXPECT_THAT(refuse_bad_header(std::string("A: \0", 4)), HasSubstr("one line"));
}

TEST(RefuseBadHeader, RefusesFiles) { EXPECT_THAT(refuse_bad_header("@headers.txt"), HasSubstr("not read")); }

TEST(RefuseBadHeader, RefusesWhatOthersDecide) {
  EXPECT_THAT(refuse_bad_header("hOST: example.com"), HasSubstr("the URL"));
  EXPECT_THAT(refuse_bad_header("User-Agent: x"), HasSubstr("--user-agent"));
  for (const char* name : {"Connection", "content-length", "Expect", "HTTP2-Settings", "Keep-Alive",
                           "Proxy-Connection", "TE", "Trailer", "TRANSFER-ENCODING", "Upgrade"}) {
    EXPECT_THAT(refuse_bad_header(std::string(name) + ": x"), HasSubstr("crawl's own")) << name;
    EXPECT_THAT(refuse_bad_header(std::string(name) + ":"), HasSubstr("crawl's own")) << name;
    EXPECT_THAT(refuse_bad_header(std::string(name) + ";"), HasSubstr("crawl's own")) << name;
  }
}

}  // namespace
}  // namespace crawler::http
