#include <chrono>
#include <stdexcept>
#include <string>

#include "tests/http/http_test.h"
#include "tests/support/certificate.h"
#include "tests/support/raw_server.h"
#include "tests/support/temp_dir.h"

namespace crawler::http {
namespace {

using namespace std::chrono_literals;

constexpr const char* kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret";

class TlsTest : public HttpTest {
 protected:
  void trust(const Certificate& certificate) {
    options_.cacert = dir_.path() / "authority.pem";
    test_support::write_file(options_.cacert, certificate.pem());
  }
  Fetched fetch_from_server_with(const Certificate& certificate) {
    const RawServer server(kAnswer, certificate);
    return fetch(server.url());
  }

  test_support::TempDir dir_;
};

TEST_F(TlsTest, RefusesAnAuthorityThatNobodyKnows) {
  EXPECT_THAT(fetch_from_server_with(Certificate("127.0.0.1")), FailsWith(TransferError::tls));
}

TEST_F(TlsTest, TrustsTheGivenAuthority) {
  const Certificate certificate("127.0.0.1");
  trust(certificate);
  const Fetched page = fetch_from_server_with(certificate);
  ASSERT_TRUE(page.result);
  EXPECT_EQ(page.result->body, "secret");
  EXPECT_LE(page.attempt.connect, page.attempt.tls);
  EXPECT_LE(page.attempt.tls, page.attempt.first_byte);
}

TEST_F(TlsTest, TrustsNobodyButTheGivenAuthority) {
  trust(Certificate("127.0.0.1"));
  EXPECT_THAT(fetch_from_server_with(Certificate("127.0.0.1")), FailsWith(TransferError::tls));
}

TEST_F(TlsTest, RefusesACertificateForAnotherName) {
  const Certificate certificate("127.0.0.2");
  trust(certificate);
  EXPECT_THAT(fetch_from_server_with(certificate), FailsWith(TransferError::tls));
}

TEST_F(TlsTest, RefusesAnExpiredCertificate) {
  const Certificate certificate("127.0.0.1", -48h, -24h);
  trust(certificate);
  EXPECT_THAT(fetch_from_server_with(certificate), FailsWith(TransferError::tls));
}

TEST_F(TlsTest, TakesAnyCertificateWhenItNeedNotBeSecure) {
  options_.insecure = true;
  EXPECT_TRUE(fetch_from_server_with(Certificate("127.0.0.2", -48h, -24h)).result);
}

TEST_F(TlsTest, RefusesAServerThatDoesNotSpeakIt) {
  const RawServer server(kAnswer);
  EXPECT_THAT(fetch("https" + server.url().substr(4)), FailsWith(TransferError::tls));
}

TEST_F(TlsTest, CannotStartWithAnAuthorityThatCannotBeRead) {
  options_.cacert = dir_.path() / "missing.pem";
  EXPECT_THROW(fetch(server_.url("/page/1")), std::runtime_error);
}

TEST_F(TlsTest, CannotStartWithAnAuthorityThatIsNone) {
  options_.cacert = dir_.path() / "text.pem";
  test_support::write_file(options_.cacert, "not a certificate\n");
  EXPECT_THROW(fetch(server_.url("/page/1")), std::runtime_error);
}

TEST_F(TlsTest, SharesItsAuthoritiesAmongManyConnections) {
  const Certificate certificate("127.0.0.1");
  trust(certificate);
  const RawServer server(kAnswer, certificate);
  with_client([&](HttpClient& client) -> Task<> {
    for (int i = 0; i < 20; ++i) {
      const Fetched page = co_await get(client, server.url());
      EXPECT_TRUE(page.result);
      EXPECT_FALSE(page.attempt.reused_connection);
    }
  });
}

}  // namespace
}  // namespace crawler::http
