// Exercise 1: fetches 100 URLs concurrently, then one after the other, and compares. Real time only. The web
// is one of our own on this machine; how many URLs, and how many milliseconds each takes, may be said:
// exercise_1_concurrent_fetch [100 [100]]
#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "cmd/demo_web.h"
#include "crawler/async/async_with.h"
#include "crawler/async/gather.h"
#include "crawler/http/http_client.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace crawler::http;

/// The status; 0 if there was no response.
Task<int> fetch(HttpClient& session, std::string url) {
  Transfer transfer = session.get(Request(std::move(url)));
  const Transfer::Result resp = co_await transfer;
  co_return resp ? resp->status : 0;
}

Task<std::vector<int>> fetch_concurrently(HttpClient& session, const std::vector<std::string>& urls) {
  std::vector<Task<int>> fetches;
  for (const std::string& url : urls) fetches.push_back(fetch(session, url));
  co_return co_await gather(std::move(fetches));
}

Task<std::vector<int>> fetch_sequentially(HttpClient& session, const std::vector<std::string>& urls) {
  std::vector<int> statuses;
  for (const std::string& url : urls) {
    const int status = co_await fetch(session, url);
    statuses.push_back(status);
  }
  co_return statuses;
}

/// Gives the time that they take.
Task<double> timed(std::string name, Task<std::vector<int>> fetches) {
  const double start_time = perf_counter();
  const std::vector<int> statuses = co_await std::move(fetches);
  const double elapsed = perf_counter() - start_time;
  print(name, ": ", std::ranges::count(statuses, 200), " of ", statuses.size(), " in ", seconds(elapsed));
  co_return elapsed;
}

Task<> main_task(int count, std::chrono::milliseconds delay) {
  const cmd::DemoWeb web(count, delay);
  std::vector<std::string> urls;
  for (int i = 0; i < count; ++i) urls.push_back(web.url(i));

  co_await async_with(HttpClient(ClientOptions()), [&](HttpClient& session) -> Task<> {
    const double concurrent = co_await timed("concurrent", fetch_concurrently(session, urls));
    const double sequential = co_await timed("sequential", fetch_sequentially(session, urls));
    print(fixed(sequential / concurrent, 1), " times faster");
  });
}

int main(int argc, char** argv) {
  run(main_task(argument(argc, argv, 1, 100), std::chrono::milliseconds(argument(argc, argv, 2, 100))));
}
