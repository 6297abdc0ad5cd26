#include "cmd/figures.h"

#include <array>
#include <cstdio>
#include <string_view>

namespace cmd {
namespace {

std::string with_decimals(double number, int decimals) {
  std::array<char, 64> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.*f", decimals, number);
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::string with_commas(std::int64_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const std::size_t still_to_come = digits.size() - i;
    const bool follows_digit = i > 0 && digits[i - 1] != '-';
    if (follows_digit && still_to_come % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string as_bytes(std::int64_t bytes) {
  constexpr std::array<std::string_view, 5> kUnits = {"bytes", "kB", "MB", "GB", "TB"};
  auto number = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; number >= 1000 && unit + 1 < kUnits.size(); ++unit) number /= 1000;
  return with_decimals(number, unit == 0 ? 0 : 1) + " " + std::string(kUnits[unit]);
}

std::string as_seconds(std::chrono::duration<double> duration) {
  return with_decimals(duration.count(), duration.count() < 10 ? 2 : 1) + " s";
}

std::string as_milliseconds(std::chrono::duration<double, std::milli> duration) {
  if (duration.count() >= 1000) return as_seconds(duration);
  return with_decimals(duration.count(), duration.count() < 10 ? 1 : 0) + " ms";
}

std::string as_ratio(double ratio) { return with_decimals(ratio, ratio < 10 ? 2 : ratio < 100 ? 1 : 0); }

}  // namespace cmd
