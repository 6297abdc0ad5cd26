#include "crawler/list_source.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "crawler/async/readable.h"
#include "crawler/async/to_thread.h"
#include "crawler/page_key.h"
#include "crawler/stored_text.h"
#include "crawler/without_credentials.h"
#include "parse/seed_line.h"

namespace crawler {
namespace {

using async::AsyncGenerator;

constexpr std::size_t kChunkBytes = 64 * 1024;
// How far into a file a NUL byte makes it a binary file, as against a bad line.
constexpr std::size_t kBinaryProbeBytes = 1024 * 1024;
constexpr std::size_t kGivenBytes = 2 * 1024;

constexpr std::array<std::string_view, 16> kFileEndings = {"txt",  "csv", "tsv", "list", "lst", "urls",
                                                           "json", "xml", "gz",  "html", "htm", "md",
                                                           "log",  "in",  "dat", "db"};

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ > STDERR_FILENO) close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string message_of(int error) { return std::generic_category().message(error); }

/// "example.com/x", but not "urls.txt": a name that can only be meant as a URL when there is no such file.
bool looks_like_host(std::string_view source) {
  const std::string_view host = source.substr(0, source.find_first_of("/:?#"));
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == host.size()) return false;
  return std::ranges::find(kFileEndings, host.substr(dot + 1)) == kFileEndings.end();
}

bool is_url(const std::string& source) {
  if (source.find("://") != std::string::npos) return true;
  return access(source.c_str(), F_OK) != 0 && looks_like_host(source);
}

/// The next bytes of a stream, or those of a file at an offset; none at the end.
std::string read_some(const std::string& name, int fd, std::optional<off_t> offset, std::string buffer) {
  ssize_t got = 0;
  buffer.resize(kChunkBytes);
  do {
    got = offset ? pread(fd, buffer.data(), buffer.size(), *offset) : read(fd, buffer.data(), buffer.size());
  } while (got < 0 && errno == EINTR);
  if (got < 0) throw BadSource(name + " cannot be read on: " + message_of(errno));
  buffer.resize(static_cast<std::size_t>(got));
  return buffer;
}

}  // namespace

/// One source: a descriptor, or the text of a URL given on the command line.
class ListSource::Input {
 public:
  Input(std::string name, Descriptor descriptor)
      : name_(std::move(name)), descriptor_(std::move(descriptor)) {
    struct stat status = {};
    if (fstat(descriptor_.get(), &status) != 0) throw BadSource(name_ + ": " + message_of(errno));
    if (S_ISDIR(status.st_mode)) throw BadSource(name_ + ": is a directory; give a file with one URL a line");
    // Kept here and not by the kernel: a read that was cancelled must not count.
    position_ = std::max<off_t>(lseek(fd(), 0, SEEK_CUR), 0);
    is_awaitable_ = S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) || isatty(descriptor_.get()) == 1;
    if (S_ISREG(status.st_mode)) probe_for_binary();
  }
  explicit Input(std::string url) : text_(std::move(url) + "\n"), descriptor_(-1) {}

  const std::string& name() const { return name_; }
  /// Pipes, sockets and terminals: the loop tells when there is something to read. What blocks only for the
  /// disk does so on a thread.
  bool is_awaitable() const { return is_awaitable_; }
  int fd() const { return descriptor_.get(); }
  /// Where a file's next chunk begins.
  off_t position() const { return position_; }
  void advance(std::size_t bytes) { position_ += static_cast<off_t>(bytes); }
  /// The URL given, once; nothing for a descriptor.
  std::string take_text() { return std::exchange(text_, {}); }
  bool is_text() const { return descriptor_.get() < 0; }

  void refuse_if_binary(std::string_view bytes) const {
    if (bytes.find('\0') != std::string_view::npos)
      throw BadSource(name_ + ": is binary (it holds NUL bytes); give text with one URL a line");
  }

 private:
  void probe_for_binary() const {
    std::string probe(kBinaryProbeBytes, '\0');
    const ssize_t got = pread(fd(), probe.data(), probe.size(), position_);
    if (got < 0) throw BadSource(name_ + ": " + message_of(errno));
    refuse_if_binary(std::string_view(probe).substr(0, static_cast<std::size_t>(got)));
  }

  std::string name_;
  std::string text_;
  Descriptor descriptor_;
  bool is_awaitable_ = false;
  off_t position_ = 0;
};

ListSource::ListSource(const std::vector<std::string>& sources, bool ignores_tracking)
    : ignores_tracking_(ignores_tracking) {
  for (const std::string& source : sources) {
    if (source == "-") {
      inputs_.push_back(std::make_unique<Input>("standard input", Descriptor(STDIN_FILENO)));
    } else if (is_url(source)) {
      inputs_.push_back(std::make_unique<Input>(source));
    } else {
      Descriptor descriptor(open(source.c_str(), O_RDONLY | O_CLOEXEC));
      if (descriptor.get() < 0)
        throw BadSource(without_credentials_of_line(source) + ": " + message_of(errno));
      inputs_.push_back(std::make_unique<Input>(source, std::move(descriptor)));
    }
  }
}

ListSource::~ListSource() = default;

void ListSource::add_line(std::string_view line, bool is_too_long, SeedLines& lines) {
  ++line_number_;
  auto url = parse::read_seed_line(line);
  if (is_too_long) url = std::unexpected(parse::UrlError::too_long);
  if (url && !*url) return;
  std::string_view text = parse::strip_seed_line(line);
  std::string shown;
  if (text.contains('@')) {
    // A URL's own spelling of its credentials is the one that is sure to be found.
    const bool has_credentials = url && !(*url)->credentials().empty();
    shown = url ? without_credentials(std::string(has_credentials ? (*url)->href() : text))
                : without_credentials_of_line(std::string(text));
    text = shown;
  }
  SeedLine seed;
  seed.number = line_number_;
  if (url) {
    seed.url = **std::move(url);
    const parse::Url& whole = *seed.url;
    seed.key = page_key(whole.credentials().empty() ? whole : whole.without_credentials(), ignores_tracking_);
  } else {
    seed.url = std::unexpected(url.error());
    if (url.error() == parse::UrlError::unsupported_scheme) seed.key = stored_text(text);
  }
  if (seed.key != text) seed.given = stored_text(text.substr(0, kGivenBytes));
  lines.push_back(std::move(seed));
}

AsyncGenerator<SeedLines> ListSource::lines() {
  std::string chunk;
  for (; current_ < inputs_.size(); ++current_) {
    Input& input = *inputs_[current_];
    for (bool is_first = true, is_at_end = false; !is_at_end; is_first = false) {
      if (input.is_text()) {
        chunk = input.take_text();
      } else if (input.is_awaitable()) {
        co_await async::readable(input.fd());
        chunk = read_some(input.name(), input.fd(), std::nullopt, std::move(chunk));
      } else {
        chunk = co_await async::to_thread(&read_some, input.name(), input.fd(),
                                          std::optional(input.position()), std::move(chunk));
        input.advance(chunk.size());
      }
      if (is_first) input.refuse_if_binary(chunk);
      is_at_end = chunk.empty();
      SeedLines lines;
      const auto add = [this, &lines](std::string_view line, bool is_too_long) {
        add_line(line, is_too_long, lines);
      };
      if (is_at_end)
        splitter_.finish(add);
      else
        splitter_.feed(chunk, add);
      if (!lines.empty()) co_yield std::move(lines);
    }
  }
}

std::int64_t ListSource::count_rest(std::chrono::milliseconds at_most) {
  const auto deadline = std::chrono::steady_clock::now() + at_most;
  std::int64_t count = 0;
  std::string chunk;
  const auto add = [&count](std::string_view line, bool is_too_long) {
    const auto url = parse::read_seed_line(line);
    if (is_too_long || !url || *url) ++count;
  };
  const auto next_chunk = [&chunk](Input& input) {
    if (input.is_awaitable()) return false;
    if (input.is_text()) {
      chunk = input.take_text();
    } else {
      chunk = read_some(input.name(), input.fd(), input.position(), std::move(chunk));
      input.advance(chunk.size());
    }
    return !chunk.empty();
  };
  for (; current_ < inputs_.size(); ++current_) {
    try {
      while (next_chunk(*inputs_[current_])) {
        splitter_.feed(chunk, add);
        if (std::chrono::steady_clock::now() > deadline) return count;
      }
    } catch (const BadSource&) {
      // What cannot be read cannot be counted; whoever wanted its lines was told.
    }
    splitter_.finish(add);  // the next source begins a line of its own
  }
  return count;
}

}  // namespace crawler
