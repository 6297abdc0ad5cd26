#include <cstdlib>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

class Memory : public CrawlTest {
 protected:
  void SetUp() override {
    if (is_sanitized()) GTEST_SKIP() << "a sanitizer keeps memory that is freed";
  }
  int peak_kb(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"-o", "new.db"});
    std::filesystem::remove(dir_.path() / "new.db");
    EXPECT_NE(crawl(arguments).exit_code, std::nullopt);
    return std::stoi(value("SELECT peak_rss_kb FROM run", "new.db"));
  }
  int peak_kb_of_pages(int count) {
    list(numbered("/page/", count));
    const int peak = peak_kb({"-c", "50", "urls.txt"});
    EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200", "new.db"), std::to_string(count));
    return peak;
  }
};

TEST_F(Memory, DoesNotGrowWithTheList) {
  const int peak_of_few = peak_kb_of_pages(2'000);
  EXPECT_LT(peak_kb_of_pages(30'000), peak_of_few + 25'000) << "20,000 URLs are read ahead";
}

TEST_F(Memory, DoesNotGrowWithALongList) {
  if (std::getenv("CRAWL_LONG_TESTS") == nullptr) GTEST_SKIP() << "set CRAWL_LONG_TESTS for 200,000 pages";
  const int peak_of_few = peak_kb_of_pages(20'000);
  EXPECT_LT(peak_kb_of_pages(200'000), peak_of_few + 15'000);
}

TEST_F(Memory, IsLittleForABombOfEachEncoding) {
  for (const std::string path : {"/gzip-bomb", "/br-bomb", "/zstd-bomb"}) {
    list({path});
    EXPECT_LT(peak_kb({"urls.txt"}), 120'000) << path;
    EXPECT_EQ(value("SELECT error FROM page", "new.db"), "too_large") << path;
  }
}

TEST_F(Memory, IsLittleForManyBombsAtOnce) {
  std::vector<std::string> paths;
  for (const std::string bomb : {"/gzip-bomb?", "/br-bomb?", "/zstd-bomb?", "/nested/20?"})
    for (const std::string& path : numbered(bomb, 10)) paths.push_back(path);
  list(paths);
  EXPECT_LT(peak_kb({"--max-body", "1M", "urls.txt"}), 120'000);
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE error = 'too_large'", "new.db"), "30");
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE error = 'content_encoding'", "new.db"), "10");
}

TEST_F(Memory, IsLittleForManyBodiesWithoutEnd) {
  list(numbered("/endless?", 20));
  EXPECT_LT(peak_kb({"--max-body", "1M", "urls.txt"}), 120'000);
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE error = 'too_large'", "new.db"), "20");
}

TEST_F(Memory, IsLittleForHeadersWithoutEnd) {
  list(numbered("/header-flood?", 20));
  EXPECT_LT(peak_kb({"urls.txt"}), 120'000);
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE error = 'header_limit'", "new.db"), "20");
}

}  // namespace
}  // namespace e2e
