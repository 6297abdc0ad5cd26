#include "crawler/followed_links.h"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/page_facts.h"

namespace crawler {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const parse::Url& page() {
  static const parse::Url url = *parse::Url::parse("http://a.example/dir/page");
  return url;
}

FollowedLinks follow(std::string_view html, std::string_view token = "crawl") {
  return followed_links(parse::read_page(html, page()), http::Response(), page(), token);
}

std::vector<std::string> followed(std::string_view html) {
  std::vector<std::string> hrefs;
  for (const parse::Url& url : follow(html).links) hrefs.emplace_back(url.href());
  return hrefs;
}

TEST(FollowedLinks, NameEachUrlOnceInTheOrderOfThePage) {
  EXPECT_THAT(followed("<a href=b>1</a><a href=a>2</a><a href=b>3</a><a href=a#x>4</a><a href=b#y>5</a>"),
              ElementsAre("http://a.example/dir/b", "http://a.example/dir/a"));
}

TEST(FollowedLinks, DoNotLeadToThePageItself) {
  EXPECT_THAT(followed("<a href=#x>1</a><a href=page>2</a><a href=page#y>3</a>"), IsEmpty());
}

TEST(FollowedLinks, HaveNoCredentials) {
  EXPECT_THAT(followed("<a href='http://me:secret@b.example/'>1</a>"), ElementsAre("http://b.example/"));
}

TEST(FollowedLinks, LeaveOutWhatAsksForItOnceEachUrl) {
  const FollowedLinks found = follow("<a rel=nofollow href=a>1</a><a rel=nofollow href=a#x>2</a>");
  EXPECT_THAT(found.links, IsEmpty());
  EXPECT_EQ(found.nofollow, 1);
}

TEST(FollowedLinks, TakeAUrlThatAnotherLinkLetsThemFollow) {
  EXPECT_THAT(followed("<a rel=nofollow href=a>1</a><a href=a>2</a>"), ElementsAre("http://a.example/dir/a"));
}

TEST(FollowedLinks, TakeWhatNobodyIsAskedAbout) {
  EXPECT_EQ(follow("<a rel=nofollow href=a>1</a>", "").links.size(), 1U);
}

}  // namespace
}  // namespace crawler
