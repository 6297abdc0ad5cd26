#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include "tests/http/http_test.h"
#include "tests/support/certificate.h"
#include "tests/support/nginx.h"
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
  /// From the server of `url`, which has this name too.
  Fetched fetch_by_name(const std::string& name, std::string url) {
    url.replace(url.find("127.0.0.1"), std::string("127.0.0.1").size(), name);
    Request request(url);
    request.addresses = std::make_shared<const Addresses>(Addresses{.ips = {"127.0.0.1"}, .valid_until = {}});
    return with_client([&](HttpClient& client) { return await_transfer(client, request); });
  }
  Fetched fetch_by_name_from_server_with(const Certificate& certificate, const std::string& name) {
    const RawServer server(kAnswer, certificate);
    return fetch_by_name(name, server.url());
  }
  static Task<Fetched> await_transfer(HttpClient& client, Request request) {
    Transfer transfer = client.get(std::move(request));
    Transfer::Result result = co_await transfer;
    co_return Fetched(std::move(result), transfer.attempt());
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

TEST_F(TlsTest, RefusesACertificateThatIsNotYetValid) {
  const Certificate certificate("127.0.0.1", 24h, 48h);
  trust(certificate);
  EXPECT_THAT(fetch_from_server_with(certificate), FailsWith(TransferError::tls));
}

TEST_F(TlsTest, TrustsWhatTheGivenAuthorityHasIssued) {
  const Certificate authority("authority.test");
  trust(authority);
  EXPECT_TRUE(fetch_from_server_with(Certificate("127.0.0.1", authority)).result);
}

TEST_F(TlsTest, RefusesWhatAnUnknownAuthorityHasIssued) {
  trust(Certificate("authority.test"));
  EXPECT_THAT(fetch_from_server_with(Certificate("127.0.0.1", Certificate("authority.test"))),
              FailsWith(TransferError::tls));
}

TEST_F(TlsTest, TakesACertificateForTheNameOfTheUrl) {
  const Certificate authority("authority.test");
  trust(authority);
  for (const char* name : {"a.b.test", "*.b.test", "A.B.TEST"})
    EXPECT_TRUE(fetch_by_name_from_server_with(Certificate(name, authority), "a.b.test").result) << name;
}

TEST_F(TlsTest, RefusesACertificateForAnotherNameThanTheUrls) {
  const Certificate authority("authority.test");
  trust(authority);
  // Neither a neighbour, nor what is above or below, nor the address that the name stands for.
  for (const char* name : {"b.test", "test", "x.a.test", "*.a.test", "127.0.0.1"})
    EXPECT_THAT(fetch_by_name_from_server_with(Certificate(name, authority), "a.test"),
                FailsWith(TransferError::tls))
        << name;
}

TEST_F(TlsTest, RefusesAnExpiredCertificateForTheRightName) {
  const Certificate certificate("a.test", -48h, -24h);
  trust(certificate);
  EXPECT_THAT(fetch_by_name_from_server_with(certificate, "a.test"), FailsWith(TransferError::tls));
}

// RFC 6066, section 3: a server of many names has to know which one is meant, and an address is no name.
TEST_F(TlsTest, SaysWhichNameItMeans) {
  if (test_support::Nginx::program().empty()) GTEST_SKIP() << "there is no nginx";
  const Certificate authority("authority.test");
  trust(authority);
  for (const auto& [name, said] : {std::pair("a.test", "a.test."), std::pair("127.0.0.1", ".")}) {
    const test_support::Nginx nginx(dir_.path(), Certificate(name, authority),
                                    "location / { return 200 $ssl_server_name.; }");
    const Fetched page = fetch_by_name(name, nginx.url(""));
    ASSERT_TRUE(page.result) << name;
    EXPECT_EQ(page.result->body, said);
  }
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
