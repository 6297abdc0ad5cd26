#include "crawler/standard_error.h"

#include <cstddef>
#include <string>
#include <system_error>
#include <unistd.h>

#include "crawler/output.h"

namespace crawler {

void print_in_time(std::string_view text, std::chrono::milliseconds at_most) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + at_most;
  const Output output(STDERR_FILENO);
  try {
    while (!text.empty()) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
      const std::size_t written = output.write_some(text, left);
      if (written == 0) return;
      text.remove_prefix(written);
    }
  } catch (const std::system_error&) {
    // There is nobody to tell.
  }
}

void tell(std::string_view text) {
  // A line for each of thousands of tasks does not go into a pipe at once.
  constexpr std::chrono::milliseconds patience(500);
  std::string line(isatty(STDERR_FILENO) == 1 ? kWipeLine : "");
  line += "crawl: ";
  line += text;
  print_in_time(line, patience);
}

}  // namespace crawler
