// Cuts a stream of bytes into lines, whatever its chunks.
//
//   LineSplitter lines;
//   lines.feed(chunk, [](std::string_view line, bool is_too_long) { … });
//   lines.finish(…);                     // the last line, if the stream did not end in '\n'
//
// Contract: holds at most max_length bytes; the rest of a longer line is dropped and the line is said to be
// too long. The view lives until the callback returns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crawler {

class LineSplitter {
 public:
  static constexpr std::size_t max_length = 64 * 1024;

  template <class OnLine>
  void feed(std::string_view chunk, OnLine&& on_line) {
    for (;;) {
      const std::size_t end = chunk.find('\n');
      if (end == std::string_view::npos) break;
      const std::string_view rest = chunk.substr(0, end);
      if (held_.empty() && rest.size() <= max_length) {
        on_line(rest, false);  // nothing to join: no copy
      } else {
        hold(rest);
        end_line(on_line);
      }
      chunk.remove_prefix(end + 1);
    }
    hold(chunk);
  }

  template <class OnLine>
  void finish(OnLine&& on_line) {
    if (!held_.empty()) end_line(on_line);
  }

 private:
  void hold(std::string_view part) {
    const std::size_t room = max_length - held_.size();
    held_.append(part.substr(0, room));
    if (part.size() > room) is_too_long_ = true;
  }
  template <class OnLine>
  void end_line(OnLine& on_line) {
    on_line(std::string_view(held_), is_too_long_);
    held_.clear();
    is_too_long_ = false;
  }

  std::string held_;
  bool is_too_long_ = false;
};

}  // namespace crawler
