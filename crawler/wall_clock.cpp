#include "crawler/wall_clock.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace crawler {

std::string to_iso8601(std::chrono::system_clock::time_point time) {
  const auto since_epoch = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
  const auto whole_seconds = std::chrono::floor<std::chrono::seconds>(since_epoch);
  const std::time_t seconds = whole_seconds.count();
  std::tm utc = {};
  gmtime_r(&seconds, &utc);
  std::array<char, 64> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &utc);
  std::string iso(text.data(), length);
  std::snprintf(text.data(), text.size(), ".%03dZ", static_cast<int>((since_epoch - whole_seconds).count()));
  return iso + text.data();
}

}  // namespace crawler
