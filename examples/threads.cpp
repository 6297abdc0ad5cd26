// Notes, 1: ten jobs on ten threads. Real time only. The lecture's program prints nothing; this one prints
// the results, and takes the length of a job's second in milliseconds: threads [1000]
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

#include "examples/example.h"

std::vector<std::int64_t> result(10);

void job(int n, std::chrono::milliseconds second) {
  // CPU-bound simulation
  std::int64_t sum = 0;
  for (std::int64_t i = 0; i < n * 1000; ++i) sum += i * i;
  result[static_cast<std::size_t>(n)] = sum;
  // I/O-bound simulation
  std::this_thread::sleep_for(n * second);
}

int main(int argc, char** argv) {
  const std::chrono::milliseconds second(argument(argc, argv, 1, 1000));
  std::vector<std::jthread> threads;

  for (int i = 0; i < 10; ++i) threads.emplace_back(job, i, second);

  for (std::jthread& t : threads) t.join();
  print(result);
}
