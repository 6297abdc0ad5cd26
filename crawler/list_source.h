// The URLs that the user gave: files with one a line, standard input, and URLs themselves, read as they are
// needed.
//
//   ListSource source(config.sources);          // opens everything; throws BadSource
//   AsyncGenerator<SeedLines> chunks = source.lines();
//   while (auto lines = co_await chunks.next())
//     for (const SeedLine& line : *lines) …
//
// Contract: holds one chunk at a time, however long the list. A chunk is what one read gave: lines of a pipe
// come as they arrive, and a wait for them can be cancelled. Files are read on a thread. Blank lines and
// comments are counted but not given. Lines are numbered from 1 over all sources. Outlives its generator.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/async/async_generator.h"
#include "crawler/line_splitter.h"
#include "parse/url.h"

namespace crawler {

/// A source that cannot be read, before any work: what() says which and why.
class BadSource : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct SeedLine {
  std::int64_t number = 0;
  /// What page.url will be: the page_key of the URL without credentials, or the line itself for a URL of
  /// another scheme; else empty.
  std::string key;
  /// The line without white space around it and with "***" for credentials, cut at 2 KiB; empty if it is
  /// spelled as the key.
  std::string given;
  std::expected<parse::Url, parse::UrlError> url = std::unexpected(parse::UrlError::empty);
};
using SeedLines = std::vector<SeedLine>;

class ListSource {
 public:
  explicit ListSource(const std::vector<std::string>& sources, bool ignores_tracking = false);
  ~ListSource();
  ListSource(const ListSource&) = delete;
  ListSource& operator=(const ListSource&) = delete;

  async::AsyncGenerator<SeedLines> lines();

  /// How many lines that hold something were not given yet. Blocks, for about `at_most`, and is short of the
  /// truth if that does not suffice or a file cannot be read on. What a pipe may still bring is not counted.
  std::int64_t count_rest(std::chrono::milliseconds at_most);

 private:
  class Input;
  void add_line(std::string_view line, bool is_too_long, SeedLines& lines);

  const bool ignores_tracking_;
  std::vector<std::unique_ptr<Input>> inputs_;
  std::size_t current_ = 0;  // of inputs_
  std::int64_t line_number_ = 0;
  LineSplitter splitter_;
};

}  // namespace crawler
