// What the system tells of this process: since when it runs, and what it has used so far.
//
//   const ResourceUsage usage = resource_usage();
//   usage.peak_rss_kb;
//
// Contract: any thread; does not block. What is resident, and the start, are 0 where /proc cannot be read.
// Source: getrusage(2), proc(5)
#pragma once

#include <chrono>
#include <cstdint>

namespace crawler {

struct ResourceUsage {
  std::chrono::system_clock::time_point started_at{};
  std::chrono::milliseconds cpu{};
  std::int64_t resident_bytes = 0;
  std::int64_t peak_rss_kb = 0;
};

ResourceUsage resource_usage();

}  // namespace crawler
