// What the test server puts on the wire after one request, byte for byte: nothing keeps it from being wrong.
//
//   Script dribble{.steps = {{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"},
//                            {.wait = 100ms, .bytes = "x", .times = 9}},
//                  .ending = Ending::keep_alive};
//
// Contract: values; the server plays the steps in order and then does what `ending` says.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace test_support {

/// `bytes` sent `times` over, each time after `wait`.
struct Step {
  std::chrono::milliseconds wait{0};
  std::string bytes{};
  std::uint64_t times = 1;
};

enum class Ending {
  keep_alive,  // read the next request
  close,       // FIN
  reset,       // RST
  hang,        // say nothing more, and keep the connection
};

struct Script {
  std::vector<Step> steps{};
  Ending ending = Ending::keep_alive;
};

/// A well-formed answer, for a path that has no route or is to leave its own.
struct Answer {
  int status = 200;
  std::string body{};
  std::string content_type = "text/html; charset=utf-8";  // no header when empty
  std::vector<std::string> headers{};                     // further lines: "ETag: \"1\""
  std::chrono::milliseconds delay{0};
};

Script script_of(const Answer& answer);

}  // namespace test_support
