#include "crawler/http/http_client.h"

#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/http/http_test.h"
#include "tests/support/raw_server.h"

namespace crawler::http {
namespace {

using namespace std::chrono_literals;
using testing::Eq;
using testing::HasSubstr;
using testing::Optional;
using HttpClientTest = HttpTest;

TEST_F(HttpClientTest, GivesTheWholeResponse) {
  server_.answer("/a", {.status = 404, .body = "not here", .content_type = "text/plain"});
  const Fetched page = fetch(server_.url("/a"));
  ASSERT_TRUE(page.result);
  EXPECT_EQ(page.result->status, 404);
  EXPECT_EQ(page.result->body, "not here");
  EXPECT_EQ(page.result->headers, "HTTP/1.1 404 Test\r\nContent-Type: text/plain\r\nContent-Length: 8\r\n");
}

TEST_F(HttpClientTest, TellsOfTheAttempt) {
  const Attempt attempt = fetch(server_.url("/large/1000")).attempt;
  EXPECT_EQ(attempt.status, 200);
  EXPECT_EQ(attempt.bytes, 1000);
  EXPECT_EQ(attempt.http_version, "1.1");
  EXPECT_EQ(attempt.ip, "127.0.0.1");
  EXPECT_FALSE(attempt.reused_connection);
  EXPECT_LE(attempt.dns, attempt.connect);
  EXPECT_LE(attempt.connect, attempt.first_byte);
  EXPECT_LE(attempt.first_byte, attempt.total);
  EXPECT_EQ(attempt.tls, std::nullopt);
}

TEST_F(HttpClientTest, FollowsNoRedirect) {
  server_.answer("/old", {.status = 301, .headers = {"Location: //b/../ x"}});
  const Fetched page = fetch(server_.url("/old"));
  ASSERT_TRUE(page.result);
  EXPECT_EQ(page.result->status, 301);
  EXPECT_THAT(page.result->header("location"), Optional(Eq("//b/../ x")));
}

TEST_F(HttpClientTest, LeavesThePathAsItIs) {
  fetch(server_.url("/a/../b/./%7Ec?x=%2F"));
  EXPECT_EQ(server_.traffic().of("/a/../b/./%7Ec?x=%2F").requests(), 1U);
}

TEST_F(HttpClientTest, SendsTheUserAgent) {
  options_.user_agent = "bot/2.0 (+https://bot.example/)";
  fetch(server_.url("/page/1"));
  EXPECT_THAT(server_.traffic().of("/page/1").last_head,
              HasSubstr("\r\nUser-Agent: bot/2.0 (+https://bot.example/)\r\n"));
}

TEST_F(HttpClientTest, DropsInterimResponses) {
  const RawServer server(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
      "HTTP/1.1 200 OK\r\nA: 1\r\n\r\nbody");
  const Fetched page = fetch(server.url());
  ASSERT_TRUE(page.result);
  EXPECT_EQ(page.result->headers, "HTTP/1.1 200 OK\r\nA: 1\r\n");
  EXPECT_EQ(page.result->body, "body");
}

TEST_F(HttpClientTest, DropsTrailers) {
  const RawServer server(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nDigest: x\r\n\r\n");
  const Fetched page = fetch(server.url());
  ASSERT_TRUE(page.result);
  EXPECT_EQ(page.result->headers, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n");
  EXPECT_EQ(page.result->body, "ok");
}

TEST_F(HttpClientTest, DecompressesAndCountsWhatWasReceived) {
  // "aaaa…", 1,000 of them, by gzip -9n.
  const std::string gzip(
      "\x1f\x8b\x08\0\0\0\0\0\x02\x03\x4b\x4c\x1c\x05\xa3\x60\x14\x0c\x77\0\0\x03\xda\x38\x9a\xe8\x03\0\0",
      29);
  server_.answer("/gzip", {.body = gzip, .headers = {"Content-Encoding: gzip"}});
  const Fetched page = fetch(server_.url("/gzip"));
  ASSERT_TRUE(page.result);
  EXPECT_EQ(page.result->body, std::string(1000, 'a'));
  EXPECT_EQ(page.attempt.bytes, 29);
}

TEST_F(HttpClientTest, TakesABodyOfExactlyTheLimit) {
  options_.max_body = 100'000;
  EXPECT_TRUE(fetch(server_.url("/large/100000")).result);
  EXPECT_THAT(fetch(server_.url("/large/100001")), FailsWith(TransferError::too_large));
}

TEST_F(HttpClientTest, HasAHundredTransfersInFlightAtOnce) {
  with_client([&](HttpClient& client) -> Task<> {
    std::vector<TaskHandle<Fetched>> tasks;
    for (int i = 0; i < 100; ++i) tasks.push_back(async::spawn(get(client, server_.url("/never"))));
    co_await until([&] { return server_.traffic().counts().open_requests == 100; });
    for (const TaskHandle<Fetched>& task : tasks) co_await cancel(task);
  });
  EXPECT_TRUE(server_is_left_alone());
}

TEST_F(HttpClientTest, GivesEachOfManyItsOwnResponse) {
  with_client([&](HttpClient& client) -> Task<> {
    std::vector<TaskHandle<Fetched>> tasks;
    for (int i = 0; i < 300; ++i) {
      tasks.push_back(async::spawn(get(client, server_.url("/page/" + std::to_string(i)))));
    }
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      const Fetched& page = co_await tasks[i];
      EXPECT_THAT(page.result.value().body, HasSubstr("<title>Page " + std::to_string(i) + "</title>"));
    }
  });
}

TEST_F(HttpClientTest, UsesAConnectionAgain) {
  const Fetched second = with_client([&](HttpClient& client) -> Task<Fetched> {
    co_await get(client, server_.url("/page/1"));
    co_return co_await get(client, server_.url("/page/2"));
  });
  EXPECT_TRUE(second.attempt.reused_connection);
  EXPECT_EQ(second.attempt.connect, std::nullopt);
  EXPECT_EQ(second.attempt.ip, "127.0.0.1");
  EXPECT_EQ(server_.traffic().counts().connections, 1U);
}

// A server may close an idle connection just as the next request goes out on it: that is nobody's failure.
TEST_F(HttpClientTest, AsksAgainWhenAReusedConnectionWasClosed) {
  const Fetched second = with_client([&](HttpClient& client) -> Task<Fetched> {
    co_await get(client, server_.url("/page/1"));
    co_return co_await get(client, server_.url("/close-early"));
  });
  EXPECT_THAT(second, FailsWith(TransferError::protocol));
  EXPECT_EQ(server_.traffic().of("/close-early").requests(), 2U);
  EXPECT_EQ(server_.traffic().counts().connections, 2U);
  EXPECT_FALSE(second.attempt.reused_connection);
}

TEST_F(HttpClientTest, KnowsNothingOfTheTransferThatHadItsHandleBefore) {
  const Fetched second = with_client([&](HttpClient& client) -> Task<Fetched> {
    co_await get(client, server_.url("/page/1"));
    co_return co_await get(client, "http://no-such-name.invalid/");
  });
  EXPECT_THAT(second, FailsWith(TransferError::dns));
  EXPECT_EQ(second.attempt.ip, "");
  EXPECT_EQ(second.attempt.status, std::nullopt);
  EXPECT_EQ(second.attempt.connect, std::nullopt);
  EXPECT_EQ(second.attempt.bytes, 0);
  EXPECT_EQ(second.attempt.http_version, "");
}

TEST_F(HttpClientTest, ClosesItsConnectionsAtTheEnd) {
  const std::size_t before = open_descriptors();
  fetch(server_.url("/page/1"));
  EXPECT_TRUE(server_is_left_alone());
  EXPECT_EQ(open_descriptors(), before);
}

TEST_F(HttpClientTest, ClosesItsConnectionsWhenItIsDestroyedWithoutExit) {
  async::run([](const ClientOptions& options, const std::string& url) -> Task<> {
    HttpClient client(options);
    co_await client.enter();
    co_await get(client, url);
  }(options_, server_.url("/page/1")));
  EXPECT_TRUE(server_is_left_alone());
}

TEST_F(HttpClientTest, RefusesRequestsUnlessItIsOpen) {
  HttpClient client(options_);
  EXPECT_THROW(static_cast<void>(client.get(Request(server_.url("/")))), std::logic_error);
}

TEST_F(HttpClientTest, KeepsNothingOfTenThousandRequests) {
  with_client([&](HttpClient& client) -> Task<> {
    const std::string url = server_.url("/page/1");
    co_await get(client, url);
    const std::size_t before = open_descriptors();
    for (int i = 0; i < 10'000; ++i) {
      const Fetched page = co_await get(client, url);
      if (!page.result) throw std::runtime_error("request failed");
    }
    EXPECT_EQ(open_descriptors(), before);
  });
  EXPECT_EQ(server_.traffic().counts().connections, 1U);
}

}  // namespace
}  // namespace crawler::http
