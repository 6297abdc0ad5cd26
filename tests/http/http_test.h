// What the tests of HTTP share: a server, a client's options, and words for what is asked of them.
//
//   const Fetched page = fetch(server_.url("/page/1"));
//   EXPECT_EQ(page.result->status, 200);
//   with_client([&](HttpClient& client) -> Task<> { co_await get(client, server_.url("/page/1")); });
//
// Contract: each with_client() runs a loop and a client of its own, with the options as they are then.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <ostream>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/async/async_with.h"
#include "crawler/async/run.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "crawler/async/timeout.h"
#include "crawler/http/http_client.h"
#include "tests/support/raw_server.h"
#include "tests/support/test_server.h"

namespace crawler::http {

using async::Task;
using async::TaskHandle;
using test_support::Certificate;
using test_support::connect_to_loopback;
using test_support::Counts;
using test_support::listen_on_loopback;
using test_support::port_of;
using test_support::RawServer;
using test_support::TestServer;

struct Fetched {
  Fetched(Transfer::Result of, Attempt made) : result(std::move(of)), attempt(std::move(made)) {}
  Transfer::Result result;
  Attempt attempt;
};

inline void PrintTo(const Fetched& fetched, std::ostream* stream) {
  if (fetched.result)
    *stream << "a whole response";
  else
    *stream << "error " << name(fetched.result.error());
}

/// One transfer, as a task that can be spawned.
inline Task<Fetched> get(HttpClient& client, std::string url) {
  Transfer transfer = client.get(Request(std::move(url)));
  Transfer::Result result = co_await transfer;
  co_return Fetched(std::move(result), transfer.attempt());
}

/// One that is to be cancelled: `attempt` is what was known of it then.
inline Task<> get_and_note(HttpClient& client, std::string url, Attempt& attempt) {
  Transfer transfer = client.get(Request(std::move(url)));
  try {
    co_await transfer;
  } catch (...) {
    attempt = transfer.attempt();
    throw;
  }
}

/// Lets the loop run until something that it cannot await holds; fails the test after 20 s.
template <std::predicate Holds>
Task<> until(Holds holds) {
  using namespace std::chrono_literals;
  co_await async::timeout(20s, [&](async::Timeout&) -> Task<> {
    while (!holds()) co_await async::sleep(1ms);
  });
}

/// Cancels a task and waits until it has ended.
template <class T>
Task<> cancel(TaskHandle<T> task) {
  task.cancel();
  while (!task.is_done()) co_await async::sleep(async::Duration::zero());
}

inline std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

class HttpTest : public testing::Test {
 protected:
  HttpTest() {
    setenv("no_proxy", "*", 1);
    // Where no name server answers, a look-up fails after a second or so: resolv.conf(5).
    setenv("RES_OPTIONS", "timeout:1 attempts:1", 1);
  }

  template <class Body>
  auto with_client(Body body) {
    return async::run(async::async_with(HttpClient(options_), std::move(body)));
  }
  Fetched fetch(const std::string& url) {
    return with_client([&](HttpClient& client) { return get(client, url); });
  }
  /// Whether the server comes to have no connection.
  bool server_is_left_alone() {
    return server_.traffic().wait_until([](const Counts& now) { return now.open_connections == 0; },
                                        std::chrono::seconds(10));
  }

  TestServer server_;
  ClientOptions options_;
};

MATCHER_P(FailsWith, error, std::string("ends as ") + std::string(name(error))) {
  return !arg.result && arg.result.error() == error;
}

}  // namespace crawler::http
