#include <filesystem>

#include "tests/e2e/crawl_test.h"
#include "tests/support/certificate.h"
#include "tests/support/raw_server.h"

namespace e2e {
namespace {

using test_support::Certificate;
using test_support::RawServer;
using testing::HasSubstr;

class Tls : public CrawlTest {
 protected:
  const Certificate certificate_{"127.0.0.1"};
  const RawServer secure_{"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret",
                          certificate_};
};

TEST_F(Tls, RefusesACertificateThatNobodyKnows) {
  EXPECT_THAT(crawl({secure_.url()}), ExitsWith(1));
  EXPECT_EQ(value("SELECT error FROM page"), "tls");
}

TEST_F(Tls, TrustsTheGivenAuthority) {
  write("authority.pem", certificate_.pem());
  EXPECT_THAT(crawl({"--cacert", "authority.pem", secure_.url()}), ExitsWith(0));
  EXPECT_EQ(value("SELECT body_size FROM page"), "6");
}

TEST_F(Tls, TakesAnyCertificateIfToldTo) {
  EXPECT_THAT(crawl({"--insecure", "--http1", secure_.url()}), ExitsWith(0));
  EXPECT_EQ(value("SELECT http_version FROM fetch"), "1.1");
}

TEST_F(Tls, RefusesAFileThatHoldsNoAuthorityBeforeAnyWork) {
  write("authority.pem", "not a certificate\n");
  for (const char* file : {"authority.pem", "missing.pem"}) {
    const Result result = crawl({"--cacert", file, secure_.url()});
    EXPECT_THAT(result, ExitsWith(2));
    EXPECT_THAT(result.err, HasSubstr(file));
  }
  EXPECT_FALSE(std::filesystem::exists(dir_.path() / "crawl.db"));
}

}  // namespace
}  // namespace e2e
