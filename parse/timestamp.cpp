#include "parse/timestamp.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "parse/ascii.h"

namespace parse {
namespace {

using std::chrono::day;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr auto kMonths = std::to_array<std::string_view>(
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});

struct Zone {
  std::string_view name;
  int hours;  // east of UTC
};

/// Those with a meaning by RFC 5322; any other name stands for UTC, as it says.
constexpr auto kZones = std::to_array<Zone>(
    {{"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}});

/// Reads from the front of a text. What is not there is nullopt, and nothing is consumed.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool is_at_end() const { return rest_.empty(); }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool take_spaces() {
    const std::size_t before = rest_.size();
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
    return rest_.size() < before;
  }

  std::string_view take_digits() { return take_while(is_digit); }
  std::string_view take_letters() { return take_while(is_letter); }

  /// A number of `least` to `most` digits; further digits are left.
  std::optional<int> take_number(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    int number = 0;
    for (; count < std::min(most, rest_.size()) && is_digit(rest_[count]); ++count)
      number = number * 10 + (rest_[count] - '0');
    if (count < least) return std::nullopt;
    rest_.remove_prefix(count);
    return number;
  }

 private:
  std::string_view take_while(bool (*belongs)(char)) {
    const auto end = std::ranges::find_if_not(rest_, belongs);
    const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view rest_;
};

/// "+01:00", "-0800", "+01", "Z", "GMT", or nothing: what to add for local time. nullopt if malformed.
std::optional<minutes> read_offset(Cursor& cursor) {
  const bool is_east = cursor.take('+');
  if (is_east || cursor.take('-')) {
    const auto hour = cursor.take_number(2, 2);
    const bool has_colon = cursor.take(':');
    const auto minute = cursor.take_number(2, 2);
    if (!hour || (has_colon && !minute)) return std::nullopt;
    const minutes offset = hours(*hour) + minutes(minute.value_or(0));
    return is_east ? offset : -offset;
  }
  const std::string_view name = cursor.take_letters();
  const auto zone =
      std::ranges::find_if(kZones, [&](const Zone& z) { return equals_ignoring_case(z.name, name); });
  return hours(zone == kZones.end() ? 0 : zone->hours);
}

/// "03:04", "03:04:05.678", each with an offset after it, as the time since midnight UTC.
std::optional<seconds> read_time(Cursor& cursor) {
  const auto hour = cursor.take_number(1, 2);
  if (!hour || *hour > 23 || !cursor.take(':')) return std::nullopt;
  const auto minute = cursor.take_number(2, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  if (cursor.take(':')) {
    const auto given = cursor.take_number(2, 2);
    if (!given || *given > 60) return std::nullopt;  // 60: a leap second
    second = *given;
    if (cursor.take('.') && cursor.take_digits().empty()) return std::nullopt;
  }
  cursor.take_spaces();
  const auto offset = read_offset(cursor);
  if (!offset) return std::nullopt;
  return hours(*hour) + minutes(*minute) + seconds(second) - *offset;
}

std::optional<sys_seconds> at_end(const Cursor& cursor, year_month_day date, std::optional<seconds> time) {
  if (!time || !date.ok() || !cursor.is_at_end()) return std::nullopt;
  return sys_days(date) + *time;
}

std::optional<sys_seconds> read_w3c(std::string_view text) {
  Cursor cursor(text);
  const auto y = cursor.take_number(4, 4);
  if (!y) return std::nullopt;
  int m = 1;
  int d = 1;
  std::optional<seconds> time = seconds(0);
  if (cursor.take('-')) {
    m = cursor.take_number(2, 2).value_or(0);
    if (cursor.take('-')) {
      d = cursor.take_number(2, 2).value_or(0);
      const bool has_time = cursor.take('T') || cursor.take('t') || cursor.take_spaces();
      if (has_time) time = read_time(cursor);
    }
  }
  const year_month_day date(year(*y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d)));
  return at_end(cursor, date, time);
}

std::optional<sys_seconds> read_rfc5322(std::string_view text) {
  Cursor cursor(text);
  if (!cursor.take_letters().empty()) {
    cursor.take(',');
    cursor.take_spaces();
  }
  const auto d = cursor.take_number(1, 2);
  cursor.take_spaces();
  // Months written out begin as the short ones do.
  const std::string_view name = cursor.take_letters().substr(0, 3);
  cursor.take_spaces();
  const auto found =
      std::ranges::find_if(kMonths, [&](std::string_view m) { return equals_ignoring_case(m, name); });
  auto y = cursor.take_number(2, 4);
  if (!d || !y || found == kMonths.end()) return std::nullopt;
  // RFC 5322 section 4.3: two digits are 1950 to 2049, three count from 1900.
  if (*y < 50)
    *y += 2000;
  else if (*y < 1000)
    *y += 1900;

  std::optional<seconds> time = seconds(0);
  if (cursor.take_spaces()) time = read_time(cursor);
  const year_month_day date(year(*y), month(static_cast<unsigned>(found - kMonths.begin()) + 1),
                            day(static_cast<unsigned>(*d)));
  return at_end(cursor, date, time);
}

}  // namespace

std::optional<sys_seconds> read_timestamp(std::string_view text) {
  text = strip_spaces(text);
  if (const auto time = read_w3c(text)) return time;
  return read_rfc5322(text);
}

}  // namespace parse
