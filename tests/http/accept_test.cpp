// What becomes of an answer of a type that the request does not accept.
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "crawler/http/media_types.h"
#include "tests/http/http_test.h"
#include "tests/support/raw_server.h"

namespace crawler::http {
namespace {

using namespace std::chrono_literals;

class AcceptTest : public HttpTest {
 protected:
  Task<Fetched> get(HttpClient& client, std::string url) {
    Request request(std::move(url));
    request.accept = accept_;
    Transfer transfer = client.get(std::move(request));
    Transfer::Result result = co_await transfer;
    co_return Fetched(std::move(result), transfer.attempt());
  }
  Fetched fetch(const std::string& url) {
    return with_client([&](HttpClient& client) { return get(client, url); });
  }
  std::string image_url(std::size_t size) {
    server_.answer("/image", {.body = std::string(size, 'x'), .content_type = "image/png"});
    return server_.url("/image");
  }

  std::shared_ptr<const MediaTypes> accept_ =
      std::make_shared<const MediaTypes>(std::vector<std::string>{"text/html"});
};

TEST_F(AcceptTest, TakesWhatIsOfThatType) {
  EXPECT_TRUE(fetch(server_.url("/page/1")).result);
  EXPECT_TRUE(fetch(server_.url("/no-content-type")).result);
}

TEST_F(AcceptTest, EndsWhatIsOfAnother) { EXPECT_THAT(fetch(image_url(10)), FailsWith(TransferError::type)); }

TEST_F(AcceptTest, DoesNotWaitForTheBody) {
  accept_ = std::make_shared<const MediaTypes>(std::vector<std::string>{"image/*"});
  EXPECT_THAT(fetch(server_.url("/endless")), FailsWith(TransferError::type));
}

TEST_F(AcceptTest, TellsTheTypeOfWhatIsTooLargeAsWell) {
  options_.max_body = 1000;
  EXPECT_THAT(fetch(server_.url("/large/100000000000")), FailsWith(TransferError::type));
}

TEST_F(AcceptTest, KnowsTheStatusOfWhatItEnded) {
  const Attempt attempt = fetch(image_url(100'000)).attempt;
  EXPECT_EQ(attempt.status, 200);
  EXPECT_EQ(attempt.http_version, "1.1");
  EXPECT_LT(attempt.bytes, 100'000);
}

TEST_F(AcceptTest, MattersToAnswersOfSuccessAlone) {
  server_.answer("/gone", {.status = 410, .body = "x", .content_type = "image/png"});
  server_.answer("/old", {.status = 301, .content_type = "image/png", .headers = {"Location: /new"}});
  EXPECT_TRUE(fetch(server_.url("/gone")).result);
  EXPECT_TRUE(fetch(server_.url("/old")).result);
}

TEST_F(AcceptTest, DoesNotMindAnInterimResponse) {
  const RawServer server(
      "HTTP/1.1 103 Early Hints\r\nContent-Type: image/png\r\n\r\n"
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nbody");
  EXPECT_TRUE(fetch(server.url()).result);
}

TEST_F(AcceptTest, DoesNotMindATrailer) {
  const RawServer server(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nContent-Type: image/png\r\n\r\n");
  EXPECT_TRUE(fetch(server.url()).result);
}

TEST_F(AcceptTest, LeavesTheClientUsable) {
  const std::string image = image_url(100'000);
  with_client([&](HttpClient& client) -> Task<> {
    for (int i = 0; i < 3; ++i) {
      EXPECT_THAT(co_await get(client, image), FailsWith(TransferError::type));
      EXPECT_TRUE((co_await get(client, server_.url("/page/1"))).result);
    }
  });
  EXPECT_TRUE(server_is_left_alone());
}

TEST_F(AcceptTest, KeepsTheConnectionOfASmallAnswer) {
  const std::string image = image_url(10'000);
  options_.max_body = 1000;  // the body is dropped, and so not judged
  const Fetched second = with_client([&](HttpClient& client) -> Task<Fetched> {
    EXPECT_THAT(co_await get(client, image), FailsWith(TransferError::type));
    co_return co_await get(client, server_.url("/page/1"));
  });
  EXPECT_TRUE(second.attempt.reused_connection);
  EXPECT_EQ(server_.traffic().counts().connections, 1U);
}

TEST_F(AcceptTest, DoesNotTakeAnAnswerForSmallThatOnlySaysSo) {
  const std::string chunk = "100000\r\n" + std::string(0x100000, 'x') + "\r\n";
  const RawServer liar(
      "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 10\r\n"
      "Transfer-Encoding: chunked\r\n\r\n" +
      chunk + chunk + chunk + chunk);
  const Fetched page = fetch(liar.url());
  EXPECT_THAT(page, FailsWith(TransferError::type));
  EXPECT_LT(page.attempt.bytes, 0x100000);
}

TEST_F(AcceptTest, EndsASmallAnswerThatDoesNotComeWholeToo) {
  const RawServer cut("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 100\r\n\r\nhalf");
  EXPECT_THAT(fetch(cut.url()), FailsWith(TransferError::type));
}

}  // namespace
}  // namespace crawler::http
