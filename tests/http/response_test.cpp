#include "crawler/http/response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crawler::http {
namespace {

using testing::Eq;
using testing::Optional;

Response with_headers(std::string lines) {
  return {.status = 200, .headers = "HTTP/1.1 200 OK\r\n" + std::move(lines), .body = {}};
}

TEST(ResponseHeader, IsFoundWhateverItsCase) {
  EXPECT_THAT(with_headers("Content-TYPE: text/html\r\n").header("content-Type"), Optional(Eq("text/html")));
}

TEST(ResponseHeader, HasNoWhiteSpaceAroundIt) {
  EXPECT_THAT(with_headers("ETag: \t \"a b\" \t\r\n").header("etag"), Optional(Eq("\"a b\"")));
}

TEST(ResponseHeader, IsTheFirstOfItsName) {
  EXPECT_THAT(with_headers("A: 1\r\nA: 2\r\n").header("a"), Optional(Eq("1")));
}

TEST(ResponseHeader, KeepsColonsInItsValue) {
  EXPECT_THAT(with_headers("Location: http://a/\r\n").header("location"), Optional(Eq("http://a/")));
}

TEST(ResponseHeader, MayBeEmpty) { EXPECT_THAT(with_headers("A:\r\n").header("a"), Optional(Eq(""))); }

TEST(ResponseHeader, IsReadFromLinesThatEndInLineFeedAlone) {
  EXPECT_THAT(with_headers("A: 1\nB: 2").header("b"), Optional(Eq("2")));
}

TEST(ResponseHeader, IsAbsentWhenOnlyAnotherBeginsLikeIt) {
  EXPECT_EQ(with_headers("Content-Type-Hint: x\r\nType: y\r\n").header("content-type"), std::nullopt);
}

TEST(ResponseHeader, IsAbsentWhenThereAreNone) { EXPECT_EQ(Response().header("a"), std::nullopt); }

}  // namespace
}  // namespace crawler::http
