#include "tests/support/test_server.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <chrono>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/file_descriptor.h"

namespace test_support {
namespace {

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

/// A client that knows no HTTP: what it receives is what was on the wire.
class PlainClient {
 public:
  explicit PlainClient(const TestServer& server, const char* address = "127.0.0.1")
      : socket_(FileDescriptor::checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")) {
    const timeval limit{.tv_sec = 10, .tv_usec = 0};
    setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(server.port());
    inet_pton(AF_INET, address, &name.sin_addr);
    is_connected_ = connect(socket_.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) == 0;
  }

  bool is_connected() const { return is_connected_; }
  void ask(std::string_view target) {
    const std::string request = "GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n\r\n";
    send(socket_.get(), request.data(), request.size(), MSG_NOSIGNAL);
  }
  /// Until `ending` was received, the server closed, or `limit` bytes came.
  std::string receive(std::string_view ending, std::size_t limit = 1 << 20) {
    std::string text;
    std::array<char, 4096> buffer;
    while (text.size() < limit && (ending.empty() || !text.ends_with(ending))) {
      const ssize_t count = recv(socket_.get(), buffer.data(), buffer.size(), 0);
      last_errno_ = count < 0 ? errno : 0;
      if (count <= 0) break;
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text;
  }
  std::string receive_page() { return receive("</html>"); }
  std::string receive_to_end() { return receive(""); }
  bool was_reset() const { return last_errno_ == ECONNRESET; }

 private:
  FileDescriptor socket_;
  bool is_connected_ = false;
  int last_errno_ = 0;
};

class Server : public testing::Test {
 protected:
  TestServer server_;
};

TEST_F(Server, ServesAPage) {
  PlainClient client(server_);
  client.ask("/page/7");
  const std::string answer = client.receive_page();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(answer, HasSubstr("<title>Page 7</title>"));
}

TEST_F(Server, KeepsTheConnectionAndCountsEachPath) {
  PlainClient client(server_);
  for (const char* target : {"/page/1", "/page/2", "/page/1"}) {
    client.ask(target);
    client.receive_page();
  }
  EXPECT_EQ(server_.traffic().of("/page/1").requests(), 2u);
  EXPECT_EQ(server_.traffic().of("/page/2").requests(), 1u);
  EXPECT_EQ(server_.traffic().counts().requests, 3u);
  EXPECT_EQ(server_.traffic().counts().connections, 1u);
}

TEST_F(Server, AnswersRequestsThatWereSentAtOnceInTheirOrder) {
  PlainClient client(server_);
  client.ask("/delay/20/page/1");
  client.ask("/page/2");
  EXPECT_THAT(client.receive("<a href='/page/5'>Page 5</a> </body></html>"),
              testing::ContainsRegex("Page 1(.|\n)*Page 2"));
}

TEST_F(Server, CountsHowManyRequestsAreOpenAtOnce) {
  std::array<PlainClient, 3> clients{PlainClient(server_), PlainClient(server_), PlainClient(server_)};
  for (PlainClient& client : clients) client.ask("/never");
  EXPECT_TRUE(server_.traffic().wait_until([](const Counts& now) { return now.open_requests == 3; }, 5s));
  EXPECT_EQ(server_.traffic().counts().max_open_requests, 3u);
}

TEST_F(Server, HasNoOpenRequestOnceTheClientIsGone) {
  {
    PlainClient client(server_);
    client.ask("/never");
    ASSERT_TRUE(server_.traffic().wait_until([](const Counts& now) { return now.open_requests == 1; }, 5s));
  }
  EXPECT_TRUE(server_.traffic().wait_until(
      [](const Counts& now) { return now.open_requests == 0 && now.open_connections == 0; }, 5s));
}

TEST_F(Server, AnswersAfterTheDelay) {
  PlainClient client(server_);
  const auto start = std::chrono::steady_clock::now();
  client.ask("/delay/100/status/204");
  EXPECT_THAT(client.receive("\r\n\r\n"), StartsWith("HTTP/1.1 204 "));
  EXPECT_GE(std::chrono::steady_clock::now() - start, 100ms);
}

TEST_F(Server, AnswersAsToldInsteadOfByRoute) {
  server_.answer("/page/1", {.status = 503, .body = "later</html>", .headers = {"Retry-After: 1"}});
  PlainClient client(server_);
  client.ask("/page/1");
  const std::string answer = client.receive_page();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(answer, HasSubstr("\r\nRetry-After: 1\r\n"));
}

TEST_F(Server, AnswersEverythingAlikeWhenTold) {
  server_.answer_all(503);
  PlainClient client(server_);
  client.ask("/page/1");
  EXPECT_THAT(client.receive("same</title>"), StartsWith("HTTP/1.1 503 "));
}

TEST_F(Server, RedirectsByHopsAndToAnyText) {
  PlainClient client(server_);
  client.ask("/redirect/2");
  EXPECT_THAT(client.receive("\r\n\r\n"), HasSubstr("\r\nLocation: /redirect/1\r\n"));
  client.ask("/redirect/1");
  EXPECT_THAT(client.receive("\r\n\r\n"), HasSubstr("\r\nLocation: /page/0\r\n"));
  client.ask("/redirect-to?ftp://x/y?z");
  EXPECT_THAT(client.receive("\r\n\r\n"), HasSubstr("\r\nLocation: ftp://x/y?z\r\n"));
}

TEST_F(Server, ResetsTheConnection) {
  PlainClient client(server_);
  client.ask("/reset");
  EXPECT_EQ(client.receive_to_end(), "");
  EXPECT_TRUE(client.was_reset());
}

TEST_F(Server, ClosesWithoutAnAnswer) {
  PlainClient client(server_);
  client.ask("/close-early");
  EXPECT_EQ(client.receive_to_end(), "");
  EXPECT_FALSE(client.was_reset());
}

TEST_F(Server, PromisesMoreThanItSends) {
  PlainClient client(server_);
  client.ask("/truncated");
  const std::string answer = client.receive_to_end();
  EXPECT_THAT(answer, HasSubstr("Content-Length: 1000\r\n"));
  EXPECT_THAT(answer, EndsWith("</title>"));
}

TEST_F(Server, SendsAsMuchAsIsAskedFor) {
  PlainClient client(server_);
  client.ask("/large/200000");
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 200000\r\n\r\n";
  EXPECT_EQ(client.receive("", head.size() + 200'000).size(), head.size() + 200'000);
}

TEST_F(Server, FloodsOneClientWithoutStarvingAnother) {
  PlainClient flooded(server_);
  flooded.ask("/header-flood");
  EXPECT_THAT(flooded.receive("", 64 * 1024), HasSubstr("X-Flood: more and more\r\n"));
  PlainClient other(server_);
  other.ask("/page/1");
  EXPECT_THAT(other.receive_page(), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Server, KeepsTheHeadOfARequest) {
  PlainClient client(server_);
  client.ask("/page/1");
  client.receive_page();
  EXPECT_EQ(server_.traffic().of("/page/1").last_head, "GET /page/1 HTTP/1.1\r\nHost: test\r\n");
}

TEST_F(Server, AnswersAnUnknownPathWith404) {
  PlainClient client(server_);
  client.ask("/nothing-here");
  EXPECT_THAT(client.receive("\r\n\r\n"), StartsWith("HTTP/1.1 404 "));
}

TEST(ServerAddress, IsAnyOfTheLoopbackNetwork) {
  const TestServer server("127.0.0.9");
  EXPECT_THAT(server.url("/"), StartsWith("http://127.0.0.9:"));
  EXPECT_TRUE(PlainClient(server, "127.0.0.9").is_connected());
  EXPECT_FALSE(PlainClient(server, "127.0.0.1").is_connected());
}

TEST(ServerEnd, ComesWhileAnswersAreBeingSent) {
  auto server = std::make_unique<TestServer>();
  PlainClient client(*server);
  client.ask("/endless");
  client.receive("", 1 << 20);
  server.reset();
  client.receive_to_end();  // returns: the server has closed its side
}

}  // namespace
}  // namespace test_support
