// Text of a token that is not as the page has it: decoded into memory that its views share, until it is
// cleared.
//
//   DecodedText decoded;
//   decoded.lower_case("HREF");             // "href"
//   decoded.value("a&amp;b\r\n");           // "a&b\n"
//   decoded.clear();                        // the views are void
//
// Contract: total, linear; a NUL is U+FFFD, CR and CRLF are LF, so that a text is at most three times as long
// as its source. Source: https://html.spec.whatwg.org/#preprocessing-the-input-stream
#pragma once

#include <array>
#include <cstddef>
#include <memory_resource>
#include <string_view>

namespace parse {

class DecodedText {
 public:
  /// A name: without line ends.
  std::string_view lower_case(std::string_view name);
  /// An attribute's value, with its references.
  std::string_view value(std::string_view source);
  std::string_view characters(std::string_view source);

  void clear() {
    if (!is_used_) return;
    memory_.release();
    is_used_ = false;
  }

 private:
  char* allocate(std::size_t source_size);

  // The decoded text of most tags fits, so that no tag costs an allocation.
  std::array<char, 4096> first_memory_;
  std::pmr::monotonic_buffer_resource memory_{first_memory_.data(), first_memory_.size()};
  bool is_used_ = false;
};

}  // namespace parse
