// Answers that break off, come slowly or never: each ends as the error that says where it broke, and leaves
// nothing open.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <vector>

#include "tests/http/http_test.h"
#include "tests/support/raw_server.h"
#include "tests/support/routes.h"

namespace crawler::http {
namespace {

using namespace std::chrono_literals;
using test_support::FileDescriptor;

std::string bytes_of(const std::string& route) { return test_support::script_for(route).steps.at(0).bytes; }

/// A route whose answer is cut at each of its bytes, by FIN ("cut") or RST ("cut-by-reset").
struct Cut {
  std::string how;
  std::string route;
};
void PrintTo(const Cut& cut, std::ostream* stream) { *stream << cut.how << ' ' << cut.route; }

class CutTest : public HttpTest, public testing::WithParamInterface<Cut> {};

TEST_P(CutTest, IsToldByWhereItWasWhereverItWas) {
  const std::string whole = bytes_of(GetParam().route);
  const std::size_t head = whole.find("\r\n\r\n") + 4;
  // libcurl does not wait for the last line feed of what ends in trailers.
  const std::size_t enough = whole.size() - (whole.ends_with("\r\n\r\n") ? 1 : 0);
  const auto path_of = [&](std::size_t bytes) {
    return "/" + GetParam().how + "/" + std::to_string(bytes) + GetParam().route;
  };
  with_client([&](HttpClient& client) -> Task<> {
    for (std::size_t bytes = 0; bytes < enough; ++bytes) {
      const Fetched page = co_await get(client, server_.url(path_of(bytes)));
      const bool has_head = bytes >= head;
      EXPECT_THAT(page, FailsWith(has_head ? TransferError::truncated : TransferError::protocol)) << bytes;
      EXPECT_EQ(page.attempt.status.has_value(), has_head) << bytes;
      EXPECT_EQ(client.body_bytes(), 0U);
    }
    const Fetched page = co_await get(client, server_.url(path_of(whole.size())));
    EXPECT_TRUE(page.result) << "of all bytes";
  });
}

TEST_P(CutTest, LeavesNoDescriptor) {
  const std::size_t size = bytes_of(GetParam().route).size();
  const std::size_t before = open_descriptors();
  {
    const TestServer server;  // which has closed its own ends when it is gone
    with_client([&](HttpClient& client) -> Task<> {
      for (std::size_t bytes = 0; bytes < size; bytes += 10) {
        const std::string path = "/" + GetParam().how + "/" + std::to_string(bytes) + GetParam().route;
        co_await get(client, server.url(path));
      }
      EXPECT_TRUE(
          server.traffic().wait_until([](const Counts& now) { return now.open_connections == 0; }, 10s));
    });
  }
  EXPECT_EQ(open_descriptors(), before);
}

INSTANTIATE_TEST_SUITE_P(Routes, CutTest,
                         testing::Values(Cut{"cut", "/page/7"}, Cut{"cut-by-reset", "/page/7"},
                                         Cut{"cut", "/chunked"}, Cut{"cut-by-reset", "/chunked"},
                                         Cut{"cut", "/gzip"}, Cut{"cut-by-reset", "/gzip"},
                                         Cut{"cut", "/many-headers"}, Cut{"cut-by-reset", "/many-headers"}),
                         [](const auto& test) {
                           std::string name = test.param.how + test.param.route;
                           std::erase_if(name, [](char c) { return c == '-' || c == '/'; });
                           return name;
                         });

using FaultTest = HttpTest;

TEST_F(FaultTest, ServerThatGoesInMidBodyLeavesATruncatedOne) {
  auto server = std::make_unique<TestServer>();
  with_client([&](HttpClient& client) -> Task<> {
    const TaskHandle<Fetched> task = async::spawn(get(client, server->url("/slow-body")));
    co_await until([&] { return client.body_bytes() > 0; });
    server.reset();
    const Fetched& page = co_await task;
    EXPECT_THAT(page, FailsWith(TransferError::truncated));
    EXPECT_EQ(page.attempt.status, 200);
  });
}

TEST_F(FaultTest, ServerThatAcceptsAndSaysNothingIsStalled) {
  options_.stalled_after = 1s;
  const FileDescriptor silent = listen_on_loopback(8);
  const std::size_t before = open_descriptors();
  const Fetched page = fetch("http://127.0.0.1:" + std::to_string(port_of(silent)) + "/");
  EXPECT_THAT(page, FailsWith(TransferError::stalled));
  EXPECT_TRUE(page.attempt.connect);
  EXPECT_EQ(page.attempt.status, std::nullopt);
  EXPECT_EQ(open_descriptors(), before);
}

TEST_F(FaultTest, BodyThatStopsComingIsStalled) {
  options_.stalled_after = 1s;
  const std::string whole = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx";
  // Its reader says nothing and hangs up only when the test ends.
  const FileDescriptor listener = listen_on_loopback(8);
  std::jthread half([&] {
    const FileDescriptor client(accept(listener.get(), nullptr, nullptr));
    char request = 0;
    if (recv(client.get(), &request, 1, 0) > 0) send(client.get(), whole.data(), whole.size(), MSG_NOSIGNAL);
    while (recv(client.get(), &request, 1, 0) > 0) continue;
  });
  const Fetched page = fetch("http://127.0.0.1:" + std::to_string(port_of(listener)) + "/");
  EXPECT_THAT(page, FailsWith(TransferError::stalled));
  EXPECT_EQ(page.attempt.status, 200);
  EXPECT_EQ(page.attempt.bytes, 1);
}

TEST_F(FaultTest, AnswersThatComeByteByByteAreWhole) {
  with_client([&](HttpClient& client) -> Task<> {
    std::vector<TaskHandle<Fetched>> tasks;
    for (const char* route : {"/page/7", "/chunked", "/gzip", "/many-headers"})
      tasks.push_back(async::spawn(get(client, server_.url("/dribble" + std::string(route)))));
    std::vector<std::size_t> sizes;
    for (const TaskHandle<Fetched>& task : tasks) {
      const Fetched& page = co_await task;
      EXPECT_TRUE(page.result);
      if (page.result) sizes.push_back(page.result->body.size());
    }
    const std::string page = bytes_of("/page/7");
    EXPECT_THAT(sizes, testing::ElementsAre(page.size() - page.find("\r\n\r\n") - 4, 12U, 1000U, 5U));
  });
}

/// Answers the first request of each connection, and hangs up when the second comes.
class OneAnswerEach {
 public:
  enum class How { by_fin, by_reset };
  explicit OneAnswerEach(How how)
      : how_(how), listener_(listen_on_loopback(8)), thread_([this] { serve(); }) {}
  OneAnswerEach(const OneAnswerEach&) = delete;
  OneAnswerEach& operator=(const OneAnswerEach&) = delete;
  ~OneAnswerEach() {
    shutdown(listener_.get(), SHUT_RDWR);
    thread_.join();
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_of(listener_)) + "/"; }

 private:
  static bool has_request(int client) {
    std::string head;
    char byte = 0;
    while (!head.ends_with("\r\n\r\n")) {
      if (recv(client, &byte, 1, 0) <= 0) return false;
      head += byte;
    }
    return true;
  }
  void serve() const {
    constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    while (true) {
      const FileDescriptor client(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (client.get() < 0) return;
      if (!has_request(client.get())) continue;
      send(client.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
      has_request(client.get());
      const linger at_once{.l_onoff = 1, .l_linger = 0};
      if (how_ == How::by_reset) setsockopt(client.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
  }

  How how_;
  FileDescriptor listener_;
  std::thread thread_;  // last: it uses all of the above
};

class ReuseTest : public HttpTest, public testing::WithParamInterface<OneAnswerEach::How> {};

TEST_P(ReuseTest, OfAConnectionThatIsClosedJustThenIsNoFailure) {
  const OneAnswerEach server(GetParam());
  with_client([&](HttpClient& client) -> Task<> {
    for (int i = 0; i < 20; ++i) {
      const Fetched page = co_await get(client, server.url());
      EXPECT_TRUE(page.result) << "request " << i;
      EXPECT_FALSE(page.attempt.reused_connection);
    }
  });
}

INSTANTIATE_TEST_SUITE_P(HangsUp, ReuseTest,
                         testing::Values(OneAnswerEach::How::by_fin, OneAnswerEach::How::by_reset),
                         [](const auto& test) {
                           return test.param == OneAnswerEach::How::by_fin ? "ByFin" : "ByReset";
                         });

}  // namespace
}  // namespace crawler::http
