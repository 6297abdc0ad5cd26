// What the HTTP client costs by itself: as many tasks as transfers at a time, each of which fetches the next
// URL of a list: http_client_bench CONCURRENCY LIST. The exit code is 1 if a URL failed.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "crawler/async/async_with.h"
#include "crawler/async/run.h"
#include "crawler/async/task.h"
#include "crawler/async/task_group.h"
#include "crawler/http/http_client.h"

namespace {

using crawler::async::Task;
using crawler::async::TaskGroup;
using crawler::http::ClientOptions;
using crawler::http::HttpClient;
using crawler::http::Request;
using crawler::http::Transfer;

struct Work {
  std::size_t concurrency = 0;
  std::vector<std::string> urls;
  std::size_t next = 0;
  std::size_t failed = 0;
};

Task<> fetch_the_next(HttpClient& client, Work& work) {
  while (work.next < work.urls.size()) {
    Transfer transfer = client.get(Request(work.urls[work.next++]));
    const Transfer::Result response = co_await transfer;
    if (!response || response->status != 200) ++work.failed;
  }
}

Task<> fetch_all(Work& work) {
  ClientOptions options;
  options.concurrency = work.concurrency;
  options.user_agent = "crawl/bench";
  co_await crawler::async::async_with(HttpClient(options), [&work](HttpClient& client) -> Task<> {
    co_await crawler::async::task_group([&](TaskGroup& group) {
      for (std::size_t i = 0; i < work.concurrency; ++i) group.spawn(fetch_the_next(client, work));
    });
  });
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("http_client_bench CONCURRENCY LIST\n", stderr);
    return 2;
  }
  Work work;
  work.concurrency = std::strtoul(arguments[1], nullptr, 10);
  std::ifstream lines(arguments[2]);
  for (std::string line; std::getline(lines, line);) work.urls.push_back(line);
  crawler::async::run(fetch_all(work));
  if (work.failed == 0) return 0;
  std::fprintf(stderr, "%zu of %zu requests failed\n", work.failed, work.next);
  return 1;
}
