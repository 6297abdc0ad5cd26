// Real pages that are followed from the first: Debian's documentation of Python, through nginx.
#include <filesystem>
#include <set>
#include <string>

#include "tests/e2e/crawl_test.h"
#include "tests/e2e/reachable_pages.h"
#include "tests/support/nginx.h"
#include "tests/support/python_docs.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

class FollowDocs : public CrawlTest {
 protected:
  std::set<std::string> urls(const std::string& condition) const {
    std::set<std::string> urls;
    for (const auto& row : rows("SELECT url FROM page WHERE " + condition)) urls.insert(row.at(0));
    return urls;
  }
  void write_page(const std::string& name, const std::string& html) {
    fs::create_directories((dir_.path() / "site" / name).parent_path());
    write("site/" + name, html);
  }
};

TEST_F(FollowDocs, ReachesWhatAReaderOfTheFilesDoes) {
  const fs::path root = test_support::find_python_docs();
  if (root.empty()) GTEST_SKIP() << "python3-doc is not installed";
  if (test_support::Nginx::program().empty()) GTEST_SKIP() << "there is no nginx";

  const test_support::Nginx nginx(root);
  const std::string start = nginx.url("index.html");
  const ReachablePages reachable = reachable_pages(root, start);
  ASSERT_GT(reachable.files.size(), 500U);

  EXPECT_THAT(crawl({"--follow", start}), ExitsWith(0));
  EXPECT_EQ(urls("true"), reachable.urls);
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE error IS NOT NULL AND error <> 'type'"), "0");

  std::size_t unreachable = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root))
    if (entry.is_regular_file() && !reachable.files.contains(entry.path())) ++unreachable;
  RecordProperty("files_that_no_link_reaches", static_cast<int>(unreachable));
}

// What is expected is written down here, because both readers could make the same mistake.
TEST_F(FollowDocs, FollowsEachKindOfLinkAndNoOther) {
  if (test_support::Nginx::program().empty()) GTEST_SKIP() << "there is no nginx";
  write_page("index.html",
             "<link rel='prefetch next' href=next.html><link rel=prev href=prev.html>"
             "<link rel=canonical href=canonical.html><link rel=alternate href=alternate.html>"
             "<link rel=stylesheet href=no.css><meta http-equiv=refresh content='9; refresh.html'>"
             "<base href='/sub/'><a href=a.html><map><area href=area.html></map>"
             "<iframe src=iframe.html></iframe><img src=no.png><script src=no.js></script>"
             "<form action=no.html></form><a href=..#top>home</a><a href=/folder?q=1>in</a>");
  write_page("sub/a.html", "<frameset><frame src='frame%20set.html'></frameset>");
  write_page("sub/frame set.html", "<a href=http://outside.test/>out</a>");
  write_page("folder/index.html", "<a href=/index.html>home</a>");
  const test_support::Nginx nginx(dir_.path() / "site");
  fs::permissions(dir_.path(), fs::perms(0755));  // nginx is another user

  const ReachablePages reachable = reachable_pages(dir_.path() / "site", nginx.url(""));
  const auto at = [&](const std::string& path) { return nginx.url(path); };
  const std::set<std::string> expected = {at(""),
                                          at("index.html"),
                                          at("sub/next.html"),
                                          at("sub/prev.html"),
                                          at("sub/canonical.html"),
                                          at("folder?q=1"),
                                          at("folder/?q=1"),
                                          at("sub/a.html"),
                                          at("sub/area.html"),
                                          at("sub/alternate.html"),
                                          at("sub/iframe.html"),
                                          at("sub/refresh.html"),
                                          at("sub/frame%20set.html")};
  EXPECT_EQ(reachable.urls, expected);
  EXPECT_THAT(crawl({"--follow", nginx.url("")}), ExitsWith(0));
  EXPECT_EQ(urls("true"), expected);
}

}  // namespace
}  // namespace e2e
