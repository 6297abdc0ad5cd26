// Real pages from a real server: Debian's documentation of Python, through nginx.
#include <filesystem>

#include "tests/e2e/crawl_test.h"
#include "tests/support/nginx.h"
#include "tests/support/python_docs.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;
using Docs = CrawlTest;

TEST_F(Docs, HaveARowWithStatus200ForEachFileOnDisk) {
  const fs::path root = test_support::find_python_docs();
  if (root.empty()) GTEST_SKIP() << "python3-doc is not installed";
  if (test_support::Nginx::program().empty()) GTEST_SKIP() << "there is no nginx";

  const test_support::Nginx nginx(root);
  std::string urls;
  std::size_t files = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(root, fs::directory_options::follow_directory_symlink)) {
    if (!entry.is_regular_file()) continue;
    urls += nginx.url(entry.path().lexically_relative(root).string()) + "\n";
    ++files;
  }
  ASSERT_GT(files, 500U);
  write("urls.txt", urls);

  EXPECT_THAT(crawl({"--concurrency", "100", "--store", "body,text,links", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page"), std::to_string(files));
  EXPECT_THAT(rows("SELECT url, status, error FROM page WHERE status IS NOT 200 OR error IS NOT NULL"),
              testing::IsEmpty());
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE final_url LIKE '%.html' AND (title IS NULL OR text = '')"),
            "0");
  EXPECT_EQ(value("SELECT sum(body_size) FROM page"), value("SELECT sum(length(body)) FROM page"));
}

}  // namespace
}  // namespace e2e
