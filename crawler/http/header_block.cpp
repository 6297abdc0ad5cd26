#include "crawler/http/header_block.h"

namespace crawler::http {
namespace {

constexpr std::size_t kUsualBytes = 512;

/// What ends a block. A line feed alone is a line end too: RFC 9112, section 2.2.
bool is_blank(std::string_view line) { return line == "\r\n" || line == "\n"; }

bool is_interim_status(std::string_view status_line) {
  const std::size_t space = status_line.find(' ');
  return space != std::string_view::npos && status_line.substr(space + 1).starts_with('1');
}

}  // namespace

bool HeaderBlock::add(std::string_view line) {
  ++lines_;
  bytes_ += line.size();
  if (lines_ > kMaxLines || bytes_ > kMaxBytes) return false;
  if (is_complete()) return true;
  if (is_complete_) {  // with an interim response: the next one begins
    text_.clear();
    is_complete_ = false;
  }
  if (text_.empty()) {
    is_interim_ = is_interim_status(line);
    text_.reserve(kUsualBytes);
  }
  if (is_blank(line))
    is_complete_ = true;
  else
    text_.append(line);
  return true;
}

}  // namespace crawler::http
