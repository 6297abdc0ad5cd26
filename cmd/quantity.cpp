#include "cmd/quantity.h"

#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <utility>

namespace cmd {
namespace {

using Unit = std::pair<std::string_view, double>;

constexpr std::array<Unit, 5> kDurationUnits = {
    {{"ms", 1}, {"s", 1e3}, {"", 1e3}, {"m", 60e3}, {"h", 3600e3}}};
constexpr std::array<Unit, 4> kSizeUnits = {
    {{"", 1}, {"K", 1024}, {"M", 1024.0 * 1024}, {"G", 1024.0 * 1024 * 1024}}};
// What libcurl counts in an int; and far beyond any memory, still exact in a double.
constexpr double kMostMilliseconds = 2'147'483'647;
constexpr double kMostBytes = 1e15;

std::optional<double> read_number(std::string_view text, std::span<const Unit> units, double most) {
  double number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (error != std::errc() || !std::isfinite(number) || number < 0) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  for (const auto& [name, factor] : units) {
    if (unit != name) continue;
    if (number * factor > most) return std::nullopt;
    return number * factor;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::chrono::milliseconds> read_duration(std::string_view text) {
  const auto ms = read_number(text, kDurationUnits, kMostMilliseconds);
  if (!ms) return std::nullopt;
  return std::chrono::milliseconds(std::llround(*ms));
}

std::optional<std::size_t> read_size(std::string_view text) {
  const auto bytes = read_number(text, kSizeUnits, kMostBytes);
  if (!bytes) return std::nullopt;
  return static_cast<std::size_t>(*bytes);
}

}  // namespace cmd
