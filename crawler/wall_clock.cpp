#include "crawler/wall_clock.h"

#include <cstddef>

namespace crawler {
namespace {

/// Over the digits that end at `end`.
void write_number(std::string& text, std::size_t end, unsigned digits, int number) {
  for (; digits > 0; --digits, number /= 10) text[--end] = static_cast<char>('0' + number % 10);
}

}  // namespace

// Written out by hand: every row has such a time, and strftime with snprintf took as long as a small insert.
std::string to_iso8601(std::chrono::system_clock::time_point time) {
  const auto since_epoch = std::chrono::floor<std::chrono::milliseconds>(time);
  const auto day = std::chrono::floor<std::chrono::days>(since_epoch);
  const std::chrono::year_month_day date(day);
  const auto ms = static_cast<int>((since_epoch - day).count());
  std::string text = "0000-00-00T00:00:00.000Z";
  write_number(text, 4, 4, static_cast<int>(date.year()));
  write_number(text, 7, 2, static_cast<int>(static_cast<unsigned>(date.month())));
  write_number(text, 10, 2, static_cast<int>(static_cast<unsigned>(date.day())));
  write_number(text, 13, 2, ms / 3'600'000);
  write_number(text, 16, 2, ms / 60'000 % 60);
  write_number(text, 19, 2, ms / 1000 % 60);
  write_number(text, 23, 3, ms % 1000);
  return text;
}

}  // namespace crawler
