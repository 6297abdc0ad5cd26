// The dates of sitemaps and feeds, as points in time.
//
//   read_timestamp("2026-01-02T03:04:05.6+01:00");      // 2026-01-02 02:04:05 UTC
//   read_timestamp("2026-01");                          // 2026-01-01 00:00:00 UTC
//   read_timestamp("Fri, 2 Jan 2026 03:04:05 EST");     // 2026-01-02 08:04:05 UTC
//   read_timestamp("yesterday");                        // nullopt
//
// Contract: pure, total, linear. Either notation is read, whatever it stands in, with the habits of people: a
// space for the 'T', an offset without its colon, no zone at all (UTC is meant). Parts of a second are
// dropped, and so is a weekday, right or wrong. What is no date of the calendar, or has anything after it, is
// none.
//
// Source: https://www.w3.org/TR/NOTE-datetime and RFC 5322 section 3.3 with 4.3 (what RSS calls RFC 822).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace parse {

std::optional<std::chrono::sys_seconds> read_timestamp(std::string_view text);

}  // namespace parse
