#include "tests/support/script.h"

namespace test_support {

Script script_of(const Answer& answer) {
  std::string bytes = "HTTP/1.1 " + std::to_string(answer.status) + " Test\r\n";
  if (!answer.content_type.empty()) bytes += "Content-Type: " + answer.content_type + "\r\n";
  for (const std::string& line : answer.headers) bytes += line + "\r\n";
  // RFC 9110, 6.4.1 and 8.6: these have no body, and 204 no length either.
  const bool has_body = answer.status != 204 && answer.status != 304;
  if (has_body) bytes += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n";
  bytes += "\r\n";
  if (has_body) bytes += answer.body;
  return {.steps = {{.wait = answer.delay, .bytes = std::move(bytes)}}};
}

}  // namespace test_support
