// Numbers as people read them: "15,740", "39.5 MB", "12.3 s".
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace cmd {

std::string with_commas(std::int64_t number);
std::string as_bytes(std::int64_t bytes);
std::string as_seconds(std::chrono::duration<double> duration);
/// "0.6 ms", "45 ms", "1.02 s".
std::string as_milliseconds(std::chrono::duration<double, std::milli> duration);
/// "19.6", "1.05", "250": three significant digits at the most.
std::string as_ratio(double ratio);

}  // namespace cmd
