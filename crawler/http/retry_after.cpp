#include "crawler/http/retry_after.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <string>
#include <system_error>

namespace crawler::http {
namespace {

using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::tm> read_form(const std::string& text, const char* form) {
  std::tm time{};
  const char* end = strptime(text.c_str(), form, &time);
  if (end != text.c_str() + text.size()) return std::nullopt;
  return time;
}

/// The latest that ends in these two digits and is not more than 50 years ahead.
year full_year(year two_digits, year now) {
  const int latest = static_cast<int>(now) + 50;
  return year(latest - (latest - static_cast<int>(two_digits) % 100) % 100);
}

std::optional<sys_seconds> read_date(const std::string& text, sys_seconds now) {
  std::optional<std::tm> time = read_form(text, "%a, %d %b %Y %H:%M:%S GMT");
  if (!time) time = read_form(text, "%a %b %d %H:%M:%S %Y");
  const bool has_short_year = !time;
  if (!time) time = read_form(text, "%A, %d-%b-%y %H:%M:%S GMT");
  if (!time) return std::nullopt;

  year of_date(time->tm_year + 1900);
  if (has_short_year) {
    const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(now));
    of_date = full_year(of_date, today.year());
  }
  const std::chrono::year_month_day date(of_date, std::chrono::month(static_cast<unsigned>(time->tm_mon + 1)),
                                         std::chrono::day(static_cast<unsigned>(time->tm_mday)));
  if (!date.ok()) return std::nullopt;
  return sys_days(date) + std::chrono::hours(time->tm_hour) + std::chrono::minutes(time->tm_min) +
         seconds(time->tm_sec);
}

}  // namespace

std::optional<seconds> read_retry_after(std::string_view value, std::chrono::system_clock::time_point now) {
  if (value.empty()) return std::nullopt;
  if (std::ranges::all_of(value, is_digit)) {
    seconds::rep count = 0;
    const auto result = std::from_chars(value.data(), value.data() + value.size(), count);
    if (result.ec == std::errc::result_out_of_range) return kMaxRetryAfter;
    return std::min(seconds(count), kMaxRetryAfter);
  }
  const auto this_second = std::chrono::floor<seconds>(now);
  const auto date = read_date(std::string(value), this_second);
  if (!date) return std::nullopt;
  return std::clamp(*date - this_second, seconds(0), kMaxRetryAfter);
}

}  // namespace crawler::http
