// Lecture 21, example 21.1: three fetches at once take as long as the longest of them.
#include "crawler/async/gather.h"

#include <string>
#include <tuple>

#include "crawler/async/sleep.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<std::string> fetch_data(std::string source_id, Duration delay) {
  print("Starting fetch ", source_id);
  co_await sleep(delay);
  const std::string result = "Data from source " + source_id;
  print("Completed fetch ", source_id);
  co_return result;
}

Task<> main_task() {
  const double start_time = perf_counter();
  const auto results = co_await gather(fetch_data("A", 1s), fetch_data("B", 500ms), fetch_data("C", 800ms));
  const double elapsed = perf_counter() - start_time;
  std::apply([](const auto&... result) { (print(result), ...); }, results);
  print("Total time: ", seconds(elapsed), " (vs ~2.3s sequential)");
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
