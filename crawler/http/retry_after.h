// How long a server asks to be left alone.
//
//   if (const auto value = response.header("retry-after"))
//     if (const auto wait = read_retry_after(*value, std::chrono::system_clock::now())) …
//
// Contract: pure. Takes a number of seconds, and a date in each of the three forms of HTTP; nothing for
// whatever else. A date that has passed is 0 s; a wait of more than a year is kMaxRetryAfter, so that it can
// be added to any clock. Source: RFC 9110, sections 10.2.3 and 5.6.7
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace crawler::http {

inline constexpr std::chrono::seconds kMaxRetryAfter = std::chrono::hours(24 * 365);

/// `value` without white space around it, as Response::header() gives it.
std::optional<std::chrono::seconds> read_retry_after(std::string_view value,
                                                     std::chrono::system_clock::time_point now);

}  // namespace crawler::http
