#include <arpa/inet.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>

#include "tests/e2e/crawl_test.h"
#include "tests/support/file_descriptor.h"

namespace e2e {
namespace {

using namespace std::string_literals;
using Input = CrawlTest;
using test_support::Process;
using testing::HasSubstr;

TEST_F(Input, IsFetchedAsItsLinesArrive) {
  Process crawl = start({"-"});
  crawl.write(server_.url("/page/1") + "\n");
  EXPECT_TRUE(eventually([&] { return page("title", "/page/1") == "Page 1"; }));
  crawl.write(server_.url("/page/2") + "\n");
  crawl.close_stdin();
  EXPECT_THAT(finish(crawl), ExitsWith(0));
  EXPECT_EQ(page("title", "/page/2"), "Page 2");
}

TEST_F(Input, MayBeAFileAsStandardInput) {
  list(numbered("/page/", 20));
  EXPECT_THAT(run({.arguments = {"-"}, .stdin_file = dir_.path() / "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200"), "20");
}

TEST_F(Input, MayBeAnEmptyStandardInput) {
  EXPECT_THAT(run({.arguments = {"-"}, .stdin_file = "/dev/null"}), ExitsWith(0));
}

TEST_F(Input, NeedsNoNewlineAtItsEnd) {
  write("urls.txt", server_.url("/page/1") + "\n" + server_.url("/page/2"));
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(page("status", "/page/2"), "200");
}

TEST_F(Input, MayHaveCommentsAndBlankLines) {
  write("urls.txt", "# pages\n\n  \n" + server_.url("/page/1") + "\n\t# more\n");
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page"), "1");
}

TEST_F(Input, MayComeFromWindows) {
  write("urls.txt", "\xEF\xBB\xBF" + server_.url("/page/1") + "\r\n" + server_.url("/page/2") + "\r\n\r\n");
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200"), "2");
}

TEST_F(Input, MayBeEmpty) {
  write("urls.txt", "");
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
}

TEST_F(Input, MayHoldNothingButComments) {
  write("urls.txt", "# nothing\n#\n");
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page"), "0");
}

TEST_F(Input, ThatIsMissingIsNamed) {
  const Result result = crawl({"no-such-list.txt"});
  EXPECT_THAT(result, ExitsWith(2));
  EXPECT_THAT(result.err, HasSubstr("no-such-list.txt"));
}

TEST_F(Input, ThatIsMissingStopsTheOthersToo) {
  list({"/page/1"});
  EXPECT_THAT(crawl({"urls.txt", "no-such-list.txt"}), ExitsWith(2));
  EXPECT_EQ(server_.traffic().counts().requests, 0u);
}

TEST_F(Input, MayNotBeADirectory) {
  std::filesystem::create_directory(dir_.path() / "folder");
  const Result result = crawl({"./folder"});
  EXPECT_THAT(result, ExitsWith(2));
  EXPECT_THAT(result.err, HasSubstr("folder"));
}

TEST_F(Input, MayNotBeBinary) {
  write("urls.txt", server_.url("/page/1") + "\n\x7f" + "ELF\0\0\0\n"s);
  const Result result = crawl({"urls.txt"});
  EXPECT_THAT(result, ExitsWith(2));
  EXPECT_THAT(result.err, HasSubstr("urls.txt"));
  EXPECT_EQ(server_.traffic().counts().requests, 0u);
}

TEST_F(Input, MayNotBeAProgram) { EXPECT_THAT(crawl({CRAWL_PROGRAM}), ExitsWith(2)); }

TEST_F(Input, RejectsALineOfTenMegabytesAndGoesOn) {
  write("urls.txt", server_.url("/page/1") + "\nhttp://127.0.0.1/" + std::string(10'000'000, 'a') + "\n" +
                        server_.url("/page/2") + "\n");
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(1));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200"), "2");
  EXPECT_EQ(value("SELECT length(given) FROM seed WHERE line = 2 AND outcome LIKE 'rejected%'"), "2048");
}

TEST_F(Input, RejectsWhatIsNoUrlAndGoesOn) {
  write("urls.txt", "http://[bad\n" + server_.url("/page/1") + "\nno url at all\n");
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(1));
  EXPECT_EQ(page("status", "/page/1"), "200");
  EXPECT_EQ(value("SELECT group_concat(line) FROM seed WHERE outcome LIKE 'rejected%'"), "1,3");
  EXPECT_EQ(value("SELECT failed FROM run"), "2");
}

TEST_F(Input, HasARowForAUrlOfAnotherScheme) {
  write("urls.txt", "ftp://127.0.0.1/file\n" + server_.url("/page/1") + "\n");
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(1));
  EXPECT_EQ(value("SELECT error FROM page WHERE url = 'ftp://127.0.0.1/file'"), "bad_url");
  EXPECT_EQ(page("status", "/page/1"), "200");
}

TEST_F(Input, HasARowForAPortThatNoOneListensOn) {
  std::string url;
  {
    const test_support::TestServer gone;
    url = gone.url("/");
  }
  list({"/page/1"});
  EXPECT_THAT(crawl({url, "urls.txt"}), ExitsWith(1));
  EXPECT_EQ(value("SELECT error FROM page WHERE url = '" + url + "'"), "connect");
  EXPECT_EQ(page("status", "/page/1"), "200");
}

TEST_F(Input, HasARowForAHostThatDoesNotExist) {
  list({"/page/1"});
  EXPECT_THAT(crawl({"http://name.invalid/", "urls.txt"}), ExitsWith(1));
  EXPECT_EQ(value("SELECT error FROM page WHERE url = 'http://name.invalid/'"), "dns");
  EXPECT_EQ(page("status", "/page/1"), "200");
}

}  // namespace
}  // namespace e2e
