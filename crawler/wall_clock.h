// The time of day, as the database and the log write it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace crawler {

/// UTC, ISO 8601 with milliseconds: "2026-01-02T03:04:05.678Z".
std::string to_iso8601(std::chrono::system_clock::time_point time);

inline std::string now_iso8601() { return to_iso8601(std::chrono::system_clock::now()); }

/// Since 1970.
inline std::int64_t now_in_seconds() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return now.time_since_epoch().count();
}

}  // namespace crawler
