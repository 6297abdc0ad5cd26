// Standard error, from the loop's thread: where nobody reads it, the loop goes on all the same.
//
//   print_in_time(std::string(kWipeLine) + "12 done", 0ms);
//
// Contract: waits no longer than told to for a terminal that was paused with Ctrl-S, or for room in a pipe.
// What has not gone out by then is lost. Source: poll(2), pipe(7)
#pragma once

#include <chrono>
#include <string_view>

namespace crawler {

/// Takes a terminal's cursor back to an empty line.
constexpr std::string_view kWipeLine = "\r\033[K";

void print_in_time(std::string_view text, std::chrono::milliseconds at_most);

/// "crawl: " and the text, where a terminal may show the progress line; waits for half a second at most.
void tell(std::string_view text);

}  // namespace crawler
