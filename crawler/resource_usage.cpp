#include "crawler/resource_usage.h"

#include <cstddef>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace crawler {
namespace {

using std::chrono::system_clock;

// Of /proc/self/stat, counted from the field after the program's name.
constexpr std::size_t kStartTicks = 19;
constexpr std::size_t kResidentPages = 21;

std::vector<std::string> stat_fields() {
  std::ifstream file("/proc/self/stat");
  const std::string stat{std::istreambuf_iterator<char>(file), {}};
  // The name is in parentheses, and may itself hold some, and spaces.
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) return {};
  std::istringstream rest(stat.substr(name_end + 1));
  return {std::istream_iterator<std::string>(rest), {}};
}

std::chrono::milliseconds as_ms(const timeval& time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::seconds(time.tv_sec) +
                                                               std::chrono::microseconds(time.tv_usec));
}

/// Of a process that began so many ticks after the system did.
system_clock::time_point start_at(std::int64_t ticks) {
  timespec up = {};
  clock_gettime(CLOCK_BOOTTIME, &up);
  const auto since_boot = std::chrono::seconds(up.tv_sec) + std::chrono::nanoseconds(up.tv_nsec);
  const auto start = std::chrono::milliseconds(1000 * ticks / sysconf(_SC_CLK_TCK));
  return system_clock::now() - std::chrono::duration_cast<system_clock::duration>(since_boot - start);
}

}  // namespace

ResourceUsage resource_usage() {
  rusage used = {};
  getrusage(RUSAGE_SELF, &used);
  ResourceUsage usage;
  usage.cpu = as_ms(used.ru_utime) + as_ms(used.ru_stime);
  usage.peak_rss_kb = used.ru_maxrss;
  const std::vector<std::string> fields = stat_fields();
  if (fields.size() <= kResidentPages) return usage;
  usage.resident_bytes = std::stoll(fields[kResidentPages]) * sysconf(_SC_PAGESIZE);
  usage.started_at = start_at(std::stoll(fields[kStartTicks]));
  return usage;
}

}  // namespace crawler
