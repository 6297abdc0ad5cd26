#include "crawler/http/transfer_error.h"

#include <ostream>
#include <string>
#include <sys/socket.h>

#include "tests/http/http_test.h"
#include "tests/support/raw_server.h"

namespace crawler::http {
namespace {

using namespace std::chrono_literals;
using test_support::FileDescriptor;

struct Case {
  std::string path;
  TransferError error;
};
void PrintTo(const Case& hostile, std::ostream* stream) { *stream << hostile.path; }

class HostilePath : public HttpTest, public testing::WithParamInterface<Case> {};

TEST_P(HostilePath, EndsAsItsErrorAndLeavesTheClientUsable) {
  options_.max_body = 1024 * 1024;
  with_client([&](HttpClient& client) -> Task<> {
    EXPECT_THAT(co_await get(client, server_.url(GetParam().path)), FailsWith(GetParam().error));
    EXPECT_TRUE((co_await get(client, server_.url("/page/1"))).result);
  });
}

INSTANTIATE_TEST_SUITE_P(
    Paths, HostilePath,
    testing::Values(Case{"/reset", TransferError::protocol}, Case{"/close-early", TransferError::protocol},
                    Case{"/http09", TransferError::protocol}, Case{"/bad-chunk", TransferError::protocol},
                    Case{"/truncated", TransferError::truncated},
                    Case{"/header-flood", TransferError::header_limit},
                    Case{"/huge-header", TransferError::header_limit},
                    Case{"/continue-flood", TransferError::header_limit},
                    Case{"/large/20000000", TransferError::too_large},
                    Case{"/endless", TransferError::too_large}, Case{"/gzip-bomb", TransferError::too_large}),
    [](const auto& test) {
      std::string name = test.param.path.substr(1);
      std::erase_if(name, [](char c) { return c == '-' || c == '/'; });
      return name;
    });

using TransferErrorTest = HttpTest;

TEST_F(TransferErrorTest, HeadersCutShortAreNoResponse) {
  const RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nETag: \"ha");
  EXPECT_THAT(fetch(server.url()), FailsWith(TransferError::protocol));
}

TEST_F(TransferErrorTest, AResponseThatIsNotTheFinalOneIsNone) {
  const RawServer server("HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_THAT(fetch(server.url()), FailsWith(TransferError::protocol));
}

TEST_F(TransferErrorTest, AProtocolSwitchThatNobodyAskedForIsNoResponse) {
  const RawServer server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nx");
  EXPECT_THAT(fetch(server.url()), FailsWith(TransferError::protocol));
}

TEST_F(TransferErrorTest, ChunksCutShortAreTruncated) {
  const RawServer server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
  EXPECT_THAT(fetch(server.url()), FailsWith(TransferError::truncated));
}

TEST_F(TransferErrorTest, ContradictingLengthsAreNotTakenForABody) {
  const RawServer server("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello");
  EXPECT_THAT(fetch(server.url()), FailsWith(TransferError::protocol));
}

TEST_F(TransferErrorTest, TextThatClaimsToBeGzipCannotBeDecoded) {
  server_.answer("/lie", {.body = "this is no gzip", .headers = {"Content-Encoding: gzip"}});
  EXPECT_THAT(fetch(server_.url("/lie")), FailsWith(TransferError::content_encoding));
}

TEST_F(TransferErrorTest, UnknownEncodingsCannotBeDecoded) {
  server_.answer("/x", {.body = "?", .headers = {"Content-Encoding: rot13"}});
  EXPECT_THAT(fetch(server_.url("/x")), FailsWith(TransferError::content_encoding));
}

TEST_F(TransferErrorTest, NamesThatDoNotExistAreDns) {
  EXPECT_THAT(fetch("http://no-such-name.invalid/"), FailsWith(TransferError::dns));
}

TEST_F(TransferErrorTest, ARefusedConnectionIsConnect) {
  const FileDescriptor bound = listen_on_loopback(0);
  const std::uint16_t port = port_of(bound);
  shutdown(bound.get(), SHUT_RDWR);  // keeps the port, and no longer listens
  EXPECT_THAT(fetch("http://127.0.0.1:" + std::to_string(port) + "/"), FailsWith(TransferError::connect));
}

TEST_F(TransferErrorTest, AHandshakeWithoutAnswerIsConnect) {
  const FileDescriptor silent = listen_on_loopback(0);
  const FileDescriptor first = connect_to_loopback(port_of(silent));  // fills the queue
  options_.connect_timeout = 200ms;
  const Fetched page = fetch("http://127.0.0.1:" + std::to_string(port_of(silent)) + "/");
  EXPECT_THAT(page, FailsWith(TransferError::connect));
  EXPECT_GE(page.attempt.total, 190ms);
}

TEST_F(TransferErrorTest, ATlsHandshakeWithoutAnswerIsConnect) {
  const FileDescriptor silent = listen_on_loopback(1);
  options_.connect_timeout = 200ms;
  const Fetched page = fetch("https://127.0.0.1:" + std::to_string(port_of(silent)) + "/");
  EXPECT_THAT(page, FailsWith(TransferError::connect));
}

TEST_F(TransferErrorTest, SilenceIsStalled) {
  options_.stalled_after = 1s;
  EXPECT_THAT(fetch(server_.url("/never")), FailsWith(TransferError::stalled));
}

TEST_F(TransferErrorTest, AStatusIsKnownEvenIfTheBodyIsNotWhole) {
  const Attempt attempt = fetch(server_.url("/truncated")).attempt;
  EXPECT_EQ(attempt.status, 200);
  EXPECT_EQ(attempt.bytes, 26);
}

TEST_F(TransferErrorTest, ABodyThatIsAnnouncedAsTooLargeIsNotWaitedFor) {
  options_.max_body = 1024 * 1024;
  const Attempt attempt = fetch(server_.url("/large/1000000000")).attempt;
  EXPECT_EQ(attempt.status, 200);
  EXPECT_LT(attempt.bytes, 1024 * 1024);
}

TEST(TransferErrorName, IsWhatTheDatabaseSays) {
  EXPECT_EQ(name(TransferError::dns), "dns");
  EXPECT_EQ(name(TransferError::header_limit), "header_limit");
  EXPECT_EQ(name(TransferError::content_encoding), "content_encoding");
}

TEST(ErrorOf, ConnectionThatBreaksDependsOnHowFarTheTransferWas) {
  EXPECT_EQ(error_of(CURLE_RECV_ERROR, Stage::connecting, ""), TransferError::connect);
  EXPECT_EQ(error_of(CURLE_RECV_ERROR, Stage::awaiting_headers, ""), TransferError::protocol);
  EXPECT_EQ(error_of(CURLE_RECV_ERROR, Stage::receiving_body, "Recv failure"), TransferError::truncated);
  EXPECT_EQ(error_of(CURLE_HTTP2_STREAM, Stage::awaiting_headers, ""), TransferError::protocol);
  EXPECT_EQ(error_of(CURLE_HTTP2_STREAM, Stage::receiving_body, ""), TransferError::truncated);
}

TEST(ErrorOf, TimeoutDependsOnHowFarTheTransferWas) {
  EXPECT_EQ(error_of(CURLE_OPERATION_TIMEDOUT, Stage::resolving, ""), TransferError::dns);
  EXPECT_EQ(error_of(CURLE_OPERATION_TIMEDOUT, Stage::connecting, ""), TransferError::connect);
  EXPECT_EQ(error_of(CURLE_OPERATION_TIMEDOUT, Stage::awaiting_headers, ""), TransferError::stalled);
  EXPECT_EQ(error_of(CURLE_OPERATION_TIMEDOUT, Stage::receiving_body, ""), TransferError::stalled);
}

}  // namespace
}  // namespace crawler::http
