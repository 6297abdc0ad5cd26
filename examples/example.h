// What the examples share: print() and perf_counter(), as the lecture's programs use them, and a start in
// real or in virtual time.
//
//   Task<> main_task() {
//     const double start_time = perf_counter();
//     co_await sleep(1s);
//     print("Total time: ", seconds(perf_counter() - start_time));      // Total time: 1.00s
//   }
//   int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
//
// Contract: with --virtual-time the loop jumps to the next deadline in place of waiting: the same output,
// exact, at once. perf_counter() is the loop's clock, and needs one that runs.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crawler/async/clock.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/run.h"
#include "crawler/async/task.h"

template <class T>
void write(const T& value) {
  std::cout << value;
}

/// As Python writes a list: [1, 2, 3].
template <class T>
void write(const std::vector<T>& values) {
  std::cout << '[';
  for (std::size_t i = 0; i < values.size(); ++i) std::cout << (i == 0 ? "" : ", ") << values[i];
  std::cout << ']';
}

/// One line of all the values, at once.
template <class... T>
void print(const T&... values) {
  (write(values), ...);
  std::cout << std::endl;
}

inline double perf_counter() {
  using crawler::async::EventLoop;
  return std::chrono::duration<double>(EventLoop::current().now().time_since_epoch()).count();
}

/// As f"{value:.2f}" does.
inline std::string fixed(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}
inline std::string seconds(double elapsed) { return fixed(elapsed, 2) + "s"; }

/// The number at that place of the command line; `otherwise` if there is none.
inline int argument(int argc, char** argv, int place, int otherwise) {
  return argc > place ? std::atoi(argv[place]) : otherwise;
}

inline void run_example(crawler::async::Task<> main_task, int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "--virtual-time") {
    crawler::async::VirtualClock clock;
    crawler::async::EventLoop loop(clock);
    crawler::async::run(loop, std::move(main_task));
  } else {
    crawler::async::run(std::move(main_task));
  }
}
