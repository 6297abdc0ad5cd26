#include "crawler/http/multi_pool.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "crawler/http/session.h"
#include "tests/http/http_test.h"

namespace crawler::http {
namespace {

using async::EventLoop;

std::string origin(std::size_t number) { return "http://n" + std::to_string(number) + ".test"; }

class MultiPoolTest : public HttpTest {
 protected:
  template <class Body>
  void with_session(Body body) {
    EventLoop loop;
    Session session(options_, loop);
    async::run(loop, body(session));
  }
  static Task<Fetched> get(Session& session, Request request) {
    Transfer transfer(session, std::move(request));
    Transfer::Result result = co_await transfer;
    co_return Fetched(std::move(result), transfer.attempt());
  }
  /// What an origin needs at once.
  static std::vector<MultiPool::Seat> take(MultiPool& pool, const std::string& of, std::size_t count) {
    std::vector<MultiPool::Seat> seats;
    for (std::size_t i = 0; i < count; ++i) seats.push_back(pool.take(of, nullptr));
    return seats;
  }
  /// Lets it see so many origins, one after the other.
  static void show(MultiPool& pool, std::size_t origins) {
    for (std::size_t i = 0; i < origins; ++i) static_cast<void>(pool.take(origin(i), nullptr));
  }
};

TEST_F(MultiPoolTest, SpreadsWhatOneOriginNeedsOverSeveralMultis) {
  with_session([](Session& session) -> Task<> {
    MultiPool& pool = session.open_multis;
    const std::vector<MultiPool::Seat> seats = take(pool, origin(1), 250);
    EXPECT_EQ(pool.multis(), 3U);
    std::map<CurlMulti*, std::size_t> taken;
    for (const MultiPool::Seat& seat : seats) ++taken[&seat.multi()];
    EXPECT_EQ(taken.size(), 3U);
    for (const auto& [multi, count] : taken) EXPECT_LE(count, MultiPool::kTransfersEach);
    co_return;
  });
}

TEST_F(MultiPoolTest, SharesAMultiAmongOriginsAsLongAsItHasRoom) {
  with_session([](Session& session) -> Task<> {
    MultiPool& pool = session.open_multis;
    std::vector<MultiPool::Seat> seats;
    for (std::size_t i = 0; i < MultiPool::kTransfersEach; ++i)
      seats.push_back(pool.take(origin(i), nullptr));
    EXPECT_EQ(pool.multis(), 1U);
    seats.push_back(pool.take(origin(1), nullptr));
    EXPECT_EQ(pool.multis(), 2U);
    co_return;
  });
}

TEST_F(MultiPoolTest, ComesBackToTheMultiThatAnOriginHadFirst) {
  with_session([](Session& session) -> Task<> {
    MultiPool& pool = session.open_multis;
    CurlMulti* const first = &take(pool, origin(1), 1).front().multi();
    take(pool, origin(1), 250);
    take(pool, origin(2), 250);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(&take(pool, origin(1), 1).front().multi(), first);
    co_return;
  });
}

TEST_F(MultiPoolTest, OpensNoConnectionWhereOneIsIdle) {
  with_session([this](Session& session) -> Task<> {
    std::vector<TaskHandle<Fetched>> tasks;
    for (int i = 0; i < 250; ++i)
      tasks.push_back(async::spawn(get(session, Request(server_.url("/delay/50/" + std::to_string(i))))));
    for (const TaskHandle<Fetched>& task : tasks) EXPECT_TRUE((co_await TaskHandle<Fetched>(task)).result);
    const std::size_t opened = server_.traffic().counts().connections;
    for (int i = 0; i < 50; ++i) {
      const Fetched page = co_await get(session, Request(server_.url("/page/" + std::to_string(i))));
      EXPECT_TRUE(page.attempt.reused_connection);
    }
    EXPECT_EQ(server_.traffic().counts().connections, opened);
  });
}

TEST_F(MultiPoolTest, FreesAMultiThatHasSeenManyHosts) {
  with_session([](Session& session) -> Task<> {
    MultiPool& pool = session.open_multis;
    show(pool, MultiPool::kHostsEach - 1);
    EXPECT_EQ(pool.multis(), 1U);
    const std::vector<MultiPool::Seat> last = take(pool, origin(MultiPool::kHostsEach), 1);
    const std::vector<MultiPool::Seat> next = take(pool, origin(MultiPool::kHostsEach + 1), 1);
    EXPECT_NE(&last.front().multi(), &next.front().multi());
    EXPECT_EQ(pool.multis(), 2U) << "one of them retired, with a transfer";
    co_await async::sleep(async::Duration::zero());
    EXPECT_EQ(pool.multis(), 2U);
  });
}

TEST_F(MultiPoolTest, FreesAMultiOnceItsLastTransferHasEnded) {
  with_session([](Session& session) -> Task<> {
    MultiPool& pool = session.open_multis;
    {
      const std::vector<MultiPool::Seat> held = take(pool, origin(1), 1);
      show(pool, MultiPool::kHostsEach + 1);
      co_await async::sleep(async::Duration::zero());
      EXPECT_EQ(pool.multis(), 2U);
    }
    co_await until([&] { return pool.multis() == 1; });
  });
}

TEST_F(MultiPoolTest, KeepsFewMultisForManyHosts) {
  with_session([](Session& session) -> Task<> {
    for (int round = 0; round < 20; ++round) {
      show(session.open_multis, MultiPool::kHostsEach);
      co_await until([&] { return session.open_multis.multis() <= 1; });
    }
  });
}

TEST_F(MultiPoolTest, HarmsNoTransferInAMultiThatIsRetired) {
  with_session([this](Session& session) -> Task<> {
    MultiPool& pool = session.open_multis;
    std::vector<TaskHandle<Fetched>> tasks;
    for (int i = 0; i < 50; ++i)
      tasks.push_back(async::spawn(get(session, Request(server_.url("/delay/200/" + std::to_string(i))))));
    co_await until([&] { return server_.traffic().counts().open_requests == 50; });
    show(pool, MultiPool::kHostsEach);
    for (const TaskHandle<Fetched>& task : tasks) EXPECT_TRUE((co_await TaskHandle<Fetched>(task)).result);
    co_await until([&] { return pool.multis() <= 1; });
    EXPECT_TRUE(server_is_left_alone()) << "while the client is open";
  });
}

TEST_F(MultiPoolTest, LetsATransferInAMultiThatIsRetiredBeCancelled) {
  with_session([this](Session& session) -> Task<> {
    MultiPool& pool = session.open_multis;
    const TaskHandle<Fetched> task = async::spawn(get(session, Request(server_.url("/never"))));
    co_await until([&] { return server_.traffic().counts().open_requests == 1; });
    show(pool, MultiPool::kHostsEach);
    co_await cancel(task);
    EXPECT_TRUE(task.was_cancelled());
    co_await until([&] { return pool.multis() <= 1; });
    EXPECT_TRUE(server_is_left_alone());
  });
}

// Transfers end within libcurl's callbacks, the last one of a retired multi too.
TEST_F(MultiPoolTest, FreesNoMultiWithinItsOwnCallbacks) {
  const std::size_t before = open_descriptors();
  {
    const TestServer everywhere("0.0.0.0");  // which has closed its own ends when it is gone
    const auto worker = [&](Session& session, int number) -> Task<> {
      for (int i = 0; i < 24; ++i) {
        const std::string host = "127.1." + std::to_string(number) + "." + std::to_string(i);
        const std::string url = "http://" + host + ":" + std::to_string(everywhere.port()) + "/page/1";
        const Fetched page = co_await get(session, Request(url));
        EXPECT_TRUE(page.result);
      }
    };
    with_session([&](Session& session) -> Task<> {
      std::vector<TaskHandle<>> workers;
      for (int number = 0; number < 50; ++number) workers.push_back(async::spawn(worker(session, number)));
      for (const TaskHandle<>& task : workers) co_await TaskHandle<>(task);
      co_await until([&] { return session.open_multis.multis() <= 2; });
    });
    EXPECT_EQ(everywhere.traffic().counts().requests, 1200U);
  }
  EXPECT_EQ(open_descriptors(), before);
}

Request request_with(const std::string& url, std::shared_ptr<const Addresses> addresses) {
  Request request(url);
  request.addresses = std::move(addresses);
  return request;
}

// The multi was taken to know what it was never told, and looked the name up itself.
TEST_F(MultiPoolTest, IsToldTheAddressesByTheNextIfTheFirstWasCancelledBeforeItBegan) {
  const std::string url = "http://inside.invalid:" + std::to_string(server_.port()) + "/page/1";
  const auto addresses =
      std::make_shared<const Addresses>(Addresses{.ips = {"127.0.0.1"}, .valid_until = {}});
  with_session([&](Session& session) -> Task<> {
    const TaskHandle<Fetched> task = async::spawn(get(session, request_with(url, addresses)));
    co_await async::sleep(async::Duration::zero());
    co_await cancel(task);
    const Fetched page = co_await get(session, request_with(url, addresses));
    EXPECT_TRUE(page.result);
  });
}

TEST_F(MultiPoolTest, IsToldNewAddresses) {
  const TestServer other("127.0.0.2");
  const std::string url = "http://inside.invalid:" + std::to_string(other.port()) + "/page/1";
  const auto nobody = std::make_shared<const Addresses>(Addresses{.ips = {"127.0.0.3"}, .valid_until = {}});
  const auto right = std::make_shared<const Addresses>(Addresses{.ips = {"127.0.0.2"}, .valid_until = {}});
  with_session([&](Session& session) -> Task<> {
    const Fetched before = co_await get(session, request_with(url, nobody));
    EXPECT_THAT(before, FailsWith(TransferError::connect));
    const Fetched after = co_await get(session, request_with(url, right));
    EXPECT_TRUE(after.result);
  });
}

}  // namespace
}  // namespace crawler::http
