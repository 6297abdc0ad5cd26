#include <chrono>
#include <string>
#include <vector>

#include "tests/http/http_test.h"
#include "tests/support/raw_server.h"

namespace crawler::http {
namespace {

using namespace std::chrono_literals;
using async::TimedOut;
using async::Timeout;
using test_support::FileDescriptor;
class CancelTest : public HttpTest {
 protected:
  /// After a first transfer, whose multi stays.
  static Task<std::size_t> descriptors_at_rest(HttpClient& client) {
    co_await get(client, "http://127.0.0.1:1/");
    co_return open_descriptors();
  }
};

TEST_F(CancelTest, BeforeTheFirstTurnSendsNothing) {
  Attempt attempt;
  with_client([&](HttpClient& client) -> Task<> {
    const TaskHandle<> task = async::spawn(get_and_note(client, server_.url("/never"), attempt));
    co_await async::sleep(0s);
    co_await cancel(task);
    EXPECT_TRUE(task.was_cancelled());
  });
  EXPECT_EQ(server_.traffic().counts().requests, 0U);
  EXPECT_EQ(attempt.ip, "");
}

// The address, the times and the bytes of the transfer before were told again, and counted twice.
TEST_F(CancelTest, BeforeTheFirstTurnTellsNothingOfTheTransferBefore) {
  Attempt attempt;
  with_client([&](HttpClient& client) -> Task<> {
    co_await get(client, server_.url("/page/1"));  // whose handle is used again
    const TaskHandle<> task = async::spawn(get_and_note(client, server_.url("/never"), attempt));
    co_await async::sleep(0s);
    co_await cancel(task);
  });
  EXPECT_EQ(attempt.ip, "");
  EXPECT_EQ(attempt.bytes, 0);
  EXPECT_EQ(attempt.connect, std::nullopt);
  EXPECT_FALSE(attempt.reused_connection);
  EXPECT_TRUE(attempt.total);
}

TEST_F(CancelTest, WhileTheNameIsLookedUpLeavesNothing) {
  with_client([&](HttpClient& client) -> Task<> {
    Attempt attempt;
    const std::size_t before = co_await descriptors_at_rest(client);
    const TaskHandle<> task = async::spawn(get_and_note(client, "http://no-such-name.invalid/", attempt));
    // Rounds enough for the look-up to begin, on a thread of libcurl's.
    for (int round = 0; round < 100 && !task.is_done(); ++round) co_await async::sleep(0s);
    co_await cancel(task);
    EXPECT_EQ(attempt.ip, "");
    co_await until([&] { return open_descriptors() == before; });  // the thread ends by itself
  });
}

TEST_F(CancelTest, WhileItConnectsClosesTheSocket) {
  const FileDescriptor silent = listen_on_loopback(0);
  const FileDescriptor first = connect_to_loopback(port_of(silent));  // fills the queue
  const std::string url = "http://127.0.0.1:" + std::to_string(port_of(silent)) + "/";
  Attempt attempt;
  with_client([&](HttpClient& client) -> Task<> {
    const std::size_t before = co_await descriptors_at_rest(client);
    const TaskHandle<> task = async::spawn(get_and_note(client, url, attempt));
    co_await until([&] { return open_descriptors() > before; });
    co_await cancel(task);
    EXPECT_EQ(open_descriptors(), before);
  });
  EXPECT_EQ(attempt.connect, std::nullopt);
  EXPECT_EQ(attempt.ip, "");
  EXPECT_TRUE(attempt.total);
}

TEST_F(CancelTest, BeforeTheAnswerClosesTheConnection) {
  Attempt attempt;
  with_client([&](HttpClient& client) -> Task<> {
    const TaskHandle<> task = async::spawn(get_and_note(client, server_.url("/never"), attempt));
    co_await until([&] { return server_.traffic().counts().open_requests == 1; });
    co_await cancel(task);
    EXPECT_TRUE(server_is_left_alone());  // while the client is open
  });
  EXPECT_TRUE(attempt.connect);
  EXPECT_EQ(attempt.ip, "127.0.0.1");
  EXPECT_EQ(attempt.status, std::nullopt);
  EXPECT_EQ(attempt.http_version, "");
}

TEST_F(CancelTest, InMidBodyClosesTheConnectionAndKnowsTheStatus) {
  Attempt attempt;
  with_client([&](HttpClient& client) -> Task<> {
    // As long as it takes until the headers were there.
    for (async::Duration limit = 50ms; !attempt.status && limit < 20s; limit *= 2) {
      try {
        co_await async::timeout(limit, [&](Timeout&) -> Task<> {
          co_await get_and_note(client, server_.url("/slow-body"), attempt);
        });
      } catch (const TimedOut&) {
      }
    }
    EXPECT_TRUE(server_is_left_alone());
  });
  EXPECT_EQ(attempt.status, 200);
  EXPECT_LT(attempt.bytes, 1000);
}

TEST_F(CancelTest, InMidBodyGivesItsBytesBack) {
  with_client([&](HttpClient& client) -> Task<> {
    EXPECT_EQ(client.body_bytes(), 0U);
    const TaskHandle<Fetched> task = async::spawn(get(client, server_.url("/slow-body")));
    co_await until([&] { return client.body_bytes() > 0; });
    co_await cancel(task);
    EXPECT_EQ(client.body_bytes(), 0U);
  });
}

TEST_F(CancelTest, BetweenTheResponseAndItsTurnDropsTheResponse) {
  Attempt attempt;
  with_client([&](HttpClient& client) -> Task<> {
    const TaskHandle<> task = async::spawn(get_and_note(client, server_.url("/page/1"), attempt));
    // This task is always ready, and so has its turn between the loop's hearing of the response and the
    // other's.
    while (task.task().waits_for() != "its turn" || !server_.traffic().counts().requests)
      co_await async::sleep(0s);
    co_await cancel(task);
    EXPECT_TRUE(task.was_cancelled());
    const Fetched next = co_await get(client, server_.url("/page/2"));
    EXPECT_TRUE(next.attempt.reused_connection);
  });
  EXPECT_EQ(attempt.status, 200);
  EXPECT_GT(attempt.bytes, 0);
}

TEST_F(CancelTest, ByATimeoutHarmsNoNeighbour) {
  with_client([&](HttpClient& client) -> Task<> {
    std::vector<TaskHandle<Fetched>> neighbours;
    for (int i = 0; i < 20; ++i) {
      neighbours.push_back(async::spawn(get(client, server_.url("/delay/300/page/" + std::to_string(i)))));
    }
    Transfer transfer = client.get(Request(server_.url("/never")));
    bool has_timed_out = false;
    try {
      co_await async::timeout(100ms, [&](Timeout&) -> Task<> { co_await transfer; });
    } catch (const TimedOut&) {
      has_timed_out = true;
    }
    EXPECT_TRUE(has_timed_out);
    for (const TaskHandle<Fetched>& neighbour : neighbours) {
      const Fetched& page = co_await neighbour;
      EXPECT_TRUE(page.result);
    }
  });
}

TEST_F(CancelTest, OfManyAtOnceLeavesTheClientUsable) {
  with_client([&](HttpClient& client) -> Task<> {
    const std::size_t before = co_await descriptors_at_rest(client);
    std::vector<TaskHandle<Fetched>> tasks;
    for (int i = 0; i < 50; ++i) tasks.push_back(async::spawn(get(client, server_.url("/slow-body"))));
    co_await until([&] { return server_.traffic().counts().open_requests == 50; });
    for (const TaskHandle<Fetched>& task : tasks) task.cancel();
    for (const TaskHandle<Fetched>& task : tasks) co_await cancel(task);
    EXPECT_TRUE(server_is_left_alone());
    EXPECT_EQ(open_descriptors(), before);
    EXPECT_TRUE((co_await get(client, server_.url("/page/1"))).result);
  });
}

}  // namespace
}  // namespace crawler::http
