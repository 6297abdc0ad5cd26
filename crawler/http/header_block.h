// The header lines of one transfer, as libcurl hands them over: keeps those of the final response.
//
//   if (!block.add(line)) abort_with(TransferError::header_limit);
//   if (block.is_complete()) headers = block.take();
//
// Contract: every line counts towards the limits, those of 1xx responses and trailers too, so that no
// sequence of blocks goes on for ever. Kept are the exact octets from the final status line to the last
// header's line end; trailers are dropped. Source: RFC 9110, sections 5.4, 6.5 and 15.2
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace crawler::http {

class HeaderBlock {
 public:
  static constexpr std::size_t kMaxLines = 200;
  static constexpr std::size_t kMaxBytes = 256 * 1024;

  /// A line with its line end. False: too many of them, or too large.
  bool add(std::string_view line);

  /// Whether anything has come at all.
  bool has_begun() const { return lines_ > 0; }
  /// Whether the final response's last header has come.
  bool is_complete() const { return is_complete_ && !is_interim_; }
  std::string_view text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t lines_ = 0;
  std::size_t bytes_ = 0;
  bool is_complete_ = false;  // the current block has ended
  bool is_interim_ = false;   // and its status is 1xx
};

}  // namespace crawler::http
