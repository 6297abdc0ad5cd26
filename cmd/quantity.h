// Durations and sizes as people type them.
//
//   read_duration("500ms");   // also "30" and "30s", "2m", "1h"
//   read_size("16M");         // also "4096", "64K", "1G": powers of 1,024
//
// Contract: pure; nothing for what is not of that form, negative, or more than 24 days or 1,000 TB.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace cmd {

std::optional<std::chrono::milliseconds> read_duration(std::string_view text);
std::optional<std::size_t> read_size(std::string_view text);

}  // namespace cmd
