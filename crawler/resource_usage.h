// What this process has cost so far. Source: getrusage(2)
#pragma once

#include <chrono>
#include <cstdint>
#include <sys/resource.h>

namespace crawler {

struct ResourceUsage {
  std::chrono::milliseconds cpu{};
  std::int64_t peak_rss_kb = 0;
};

inline ResourceUsage resource_usage() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  const auto ms = [](const timeval& tv) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::seconds(tv.tv_sec) +
                                                                 std::chrono::microseconds(tv.tv_usec));
  };
  return {.cpu = ms(usage.ru_utime) + ms(usage.ru_stime), .peak_rss_kb = usage.ru_maxrss};
}

}  // namespace crawler
