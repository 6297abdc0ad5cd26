#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>

#include "tests/e2e/crawl_test.h"
#include "tests/support/file_descriptor.h"

namespace e2e {
namespace {

using Timeout = CrawlTest;
using test_support::FileDescriptor;

TEST_F(Timeout, EndsAnAttemptThatTakesLongerAndNoOther) {
  std::vector<std::string> paths = numbered("/page/", 20);
  paths.insert(paths.begin() + 10, "/delay/10000/page/99");
  list(paths);
  EXPECT_THAT(crawl({"--timeout", "2", "--retries", "0", "urls.txt"}), ExitsWith(1));
  EXPECT_EQ(page("error", "/delay/10000/page/99"), "timeout");
  const double total_ms = std::stod(value("SELECT total_ms FROM fetch WHERE error = 'timeout'"));
  EXPECT_GE(total_ms, 2000);
  EXPECT_LE(total_ms, is_sanitized() ? 4000 : 2300);
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200 AND error IS NULL"), "20");
}

TEST_F(Timeout, EndsABodyThatDribbles) {
  list({"/slow-body", "/page/1"});
  EXPECT_THAT(crawl({"--timeout", "500ms", "urls.txt"}), ExitsWith(1));
  EXPECT_EQ(page("error", "/slow-body"), "timeout");
  EXPECT_EQ(page("status", "/page/1"), "200");
}

TEST_F(Timeout, EndsManyAtOnce) {
  list(numbered("/never/", 200));
  const Result result = crawl({"-c", "200", "--timeout", "1s", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(1));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE error = 'timeout'"), "200");
  EXPECT_LT(result.wall, 5s);
}

TEST_F(Timeout, DoesNotCountTheTimeInAQueue) {
  list(numbered("/delay/300/", 6));
  EXPECT_THAT(crawl({"-c", "1", "--timeout", "1200ms", "urls.txt"}), ExitsWith(0));
}

TEST_F(Timeout, CountsAllHopsOfAnAttempt) {
  server_.answer("/a", {.status = 302, .headers = {"Location: /b"}, .delay = 700ms});
  server_.answer("/b", {.status = 302, .headers = {"Location: /page/1"}, .delay = 700ms});
  list({"/a"});
  EXPECT_THAT(crawl({"--timeout", "1s", "urls.txt"}), ExitsWith(1));
  EXPECT_EQ(page("error", "/a"), "timeout");
}

/// A port whose queue of connections is full: the kernel drops what else asks for one.
class FullPort {
 public:
  FullPort() : listener_(open_socket()) {
    socklen_t size = sizeof name_;
    name_.sin_family = AF_INET;
    name_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listener_.get(), reinterpret_cast<const sockaddr*>(&name_), size);
    listen(listener_.get(), 0);
    getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&name_), &size);
    for (FileDescriptor& filler : fillers_) {
      filler = open_socket();
      connect(filler.get(), reinterpret_cast<const sockaddr*>(&name_), size);
    }
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(ntohs(name_.sin_port)) + "/"; }

 private:
  static FileDescriptor open_socket() {
    return FileDescriptor::checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket");
  }
  FileDescriptor listener_;
  sockaddr_in name_{};
  std::array<FileDescriptor, 8> fillers_;
};

TEST_F(Timeout, EndsAConnectionThatIsNotTakenUp) {
  const FullPort full;
  const Result result = crawl({"--connect-timeout", "500ms", "--timeout", "20s", full.url()});
  EXPECT_THAT(result, ExitsWith(1));
  EXPECT_THAT(value("SELECT error FROM page"), testing::AnyOf("timeout", "connect"));
  EXPECT_LT(result.wall, 10s);
}

}  // namespace
}  // namespace e2e
