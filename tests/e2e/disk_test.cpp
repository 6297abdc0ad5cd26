#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

class FullDisk : public CrawlTest {
 protected:
  /// No file of the run may grow beyond 8 MB: its writes fail after a second or so.
  Result crawl_on_full_disk() {
    std::vector<std::string> paths;
    for (const std::string& path : numbered("/delay/20/large/50000?", 1'000)) paths.push_back(path);
    list(paths);
    return run({.arguments = {"-c", "2", "--store", "body,text", "urls.txt"}, .file_size_limit = 8'000'000});
  }
};

TEST_F(FullDisk, EndsTheRun) {
  const Result result = crawl_on_full_disk();
  EXPECT_THAT(result, ExitsWith(3));
  EXPECT_NE(result.err, "");
  EXPECT_LT(result.wall, 15s);
  EXPECT_LT(server_.traffic().counts().requests, 1'000u);
  EXPECT_EQ(server_.traffic().counts().open_requests, 0u);
}

TEST_F(FullDisk, KeepsWhatWasCommitted) {
  crawl_on_full_disk();
  EXPECT_EQ(value("PRAGMA integrity_check"), "ok");
  EXPECT_GT(std::stoi(value("SELECT count(*) FROM page WHERE status = 200 AND length(body) = 50000")), 0);
}

TEST_F(FullDisk, IsResumedOnceThereIsRoom) {
  crawl_on_full_disk();
  EXPECT_THAT(crawl({"-c", "50", "--store", "body,text", "--resume", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200"), "1000");
  EXPECT_LT(server_.traffic().counts().requests, 1'900u);
}

}  // namespace
}  // namespace e2e
