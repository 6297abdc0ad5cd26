// HTTP/2, from nginx over TLS: many transfers share few connections, and none is lost when one of those ends.
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "crawler/http/media_types.h"
#include "tests/http/http_test.h"
#include "tests/support/certificate.h"
#include "tests/support/nginx.h"
#include "tests/support/temp_dir.h"

namespace crawler::http {
namespace {

using test_support::Nginx;

class Http2Test : public HttpTest {
 protected:
  void SetUp() override {
    if (Nginx::program().empty()) GTEST_SKIP() << "there is no nginx";
    std::filesystem::permissions(dir_.path(), std::filesystem::perms(0755));
    options_.concurrency = kAtOnce;
    // On a busy machine, under a sanitizer, that many hand-shakes take a while.
    options_.connect_timeout = std::chrono::seconds(60);
    options_.cacert = dir_.path() / "authority.pem";
    test_support::write_file(options_.cacert, certificate_.pem());
    test_support::write_file(dir_.path() / "page.html", "<title>A page</title>");
  }
  void start(const std::string& directives) { nginx_.emplace(dir_.path(), certificate_, directives); }

  struct Seen {
    int whole = 0;
    std::set<std::string> versions;
    std::set<std::string> connections;
    std::multiset<std::string> errors;
  };
  Task<> fetch_at_once(HttpClient& client, int count, Seen& seen) {
    std::vector<TaskHandle<Fetched>> tasks;
    for (int i = 0; i < count; ++i)
      tasks.push_back(async::spawn(get(client, nginx_->url("page.html?" + std::to_string(i)))));
    for (const TaskHandle<Fetched>& task : tasks) {
      const Fetched& page = co_await task;
      if (!page.result) {
        seen.errors.emplace(name(page.result.error()));
        continue;
      }
      seen.whole += page.result->status == 200 ? 1 : 0;
      seen.versions.emplace(page.attempt.http_version);
      seen.connections.emplace(page.result->header("x-connection").value_or("none"));
    }
  }
  Seen fetch_at_once(int count) {
    Seen seen;
    with_client([&](HttpClient& client) { return fetch_at_once(client, count, seen); });
    return seen;
  }

  static constexpr int kAtOnce = 500;
  test_support::TempDir dir_;
  const Certificate certificate_{"127.0.0.1"};
  std::optional<Nginx> nginx_;
};

TEST_F(Http2Test, ManyTransfersShareFewConnections) {
  start("");
  const Seen seen = fetch_at_once(kAtOnce);
  EXPECT_EQ(seen.whole, kAtOnce);
  EXPECT_THAT(seen.versions, testing::ElementsAre("2"));
  EXPECT_LE(seen.connections.size(), 5U) << "one for each hundred, before it is known what the server speaks";
}

TEST_F(Http2Test, TransfersStayTogetherOnceItIsKnown) {
  start("");
  Seen first;
  Seen then;
  with_client([&](HttpClient& client) -> Task<> {
    co_await fetch_at_once(client, 1, first);
    co_await fetch_at_once(client, kAtOnce, then);
  });
  EXPECT_EQ(then.whole, kAtOnce);
  // nginx takes 128 streams on each, and what is beyond opens another.
  EXPECT_LE(then.connections.size(), 5U);
  EXPECT_TRUE(then.connections.contains(*first.connections.begin()));
}

TEST_F(Http2Test, OneAfterTheOtherUsesOneConnection) {
  start("");
  Seen seen;
  with_client([&](HttpClient& client) -> Task<> {
    for (int i = 0; i < 20; ++i) co_await fetch_at_once(client, 1, seen);
  });
  EXPECT_EQ(seen.whole, 20);
  EXPECT_EQ(seen.connections.size(), 1U);
}

TEST_F(Http2Test, IsNotSpokenIfItIsNotToBe) {
  options_.http1 = true;
  start("");
  const Seen seen = fetch_at_once(20);
  EXPECT_EQ(seen.whole, 20);
  EXPECT_THAT(seen.versions, testing::ElementsAre("1.1"));
}

TEST_F(Http2Test, ConnectionThatEndsAfterAFewRequestsLosesNone) {
  start("keepalive_requests 10;");
  const Seen seen = fetch_at_once(kAtOnce);
  EXPECT_EQ(seen.whole, kAtOnce);
  EXPECT_THAT(seen.errors, testing::IsEmpty());
}

TEST_F(Http2Test, AnswerOfATypeThatIsNotAcceptedEndsItsStreamAlone) {
  start("");
  test_support::write_file(dir_.path() / "large.png", std::string(1'000'000, 'x'));
  const auto html = std::make_shared<const MediaTypes>(std::vector<std::string>{"text/html"});
  Seen seen;
  with_client([&](HttpClient& client) -> Task<> {
    for (int i = 0; i < 10; ++i) {
      Request request(nginx_->url("large.png"));
      request.accept = html;
      Transfer transfer = client.get(std::move(request));
      const Transfer::Result result = co_await transfer;
      EXPECT_TRUE(!result && result.error() == TransferError::type);
      EXPECT_EQ(transfer.attempt().status, 200);
      co_await fetch_at_once(client, 1, seen);
    }
  });
  EXPECT_EQ(seen.whole, 10);
  EXPECT_EQ(seen.connections.size(), 1U);
}

TEST_F(Http2Test, FewStreamsAtATimeLoseNone) {
  start("http2_max_concurrent_streams 5;");
  const Seen seen = fetch_at_once(kAtOnce);
  EXPECT_EQ(seen.whole, kAtOnce);
  EXPECT_THAT(seen.errors, testing::IsEmpty());
}

TEST_F(Http2Test, FewStreamsAtATimeLoseNoneOnceTheyAreTogether) {
  start("http2_max_concurrent_streams 5;");
  Seen seen;
  with_client([&](HttpClient& client) -> Task<> {
    co_await fetch_at_once(client, 1, seen);
    co_await fetch_at_once(client, kAtOnce, seen);
  });
  EXPECT_EQ(seen.whole, kAtOnce + 1);
  EXPECT_THAT(seen.errors, testing::IsEmpty());
}

}  // namespace
}  // namespace crawler::http
