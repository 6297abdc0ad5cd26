// Async / Await, concurrent HTTP fetches: 20 requests that each take a second take a second in all. Real time
// only. The web is one of our own on this machine; how many requests, and how many milliseconds each takes,
// may be said: http_fetches [20 [1000]]
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

Task<std::vector<int>> fetch_all(const std::vector<std::string>& urls) {
  const auto fetch_in = [&](HttpClient& session) -> Task<std::vector<int>> {
    std::vector<Task<int>> fetches;
    for (const std::string& u : urls) fetches.push_back(fetch(session, u));
    co_return co_await gather(std::move(fetches));
  };
  co_return co_await async_with(HttpClient(ClientOptions()), fetch_in);
}

Task<> main_task(int count, std::chrono::milliseconds delay) {
  const cmd::DemoWeb web(count, delay);
  std::vector<std::string> urls;
  for (int i = 0; i < count; ++i) urls.push_back(web.url(i));

  const double start_time = perf_counter();
  const std::vector<int> results = co_await fetch_all(urls);
  const double elapsed = perf_counter() - start_time;
  const double each = std::chrono::duration<double>(delay).count();
  print(results);
  print(count, " requests each take ", seconds(each), ". Total: ", seconds(elapsed), ", not ",
        seconds(count * each));
}

int main(int argc, char** argv) {
  run(main_task(argument(argc, argv, 1, 20), std::chrono::milliseconds(argument(argc, argv, 2, 1000))));
}
