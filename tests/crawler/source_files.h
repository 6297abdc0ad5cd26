// Sources that a plain file is not: a pipe, another standard input, a file that breaks off.
//
//   Pipe pipe;
//   ListSource source({pipe.source()});
//   pipe.write("http://a/\n");
//   pipe.close();
//
// Contract: each cleans up after itself. Failures throw std::system_error.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "tests/support/file_descriptor.h"

namespace crawler {

using test_support::FileDescriptor;

class Pipe {
 public:
  Pipe() {
    int ends[2] = {};
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe2");
    read_end_ = FileDescriptor(ends[0]);
    write_end_ = FileDescriptor(ends[1]);
  }

  /// A name by which it can be opened.
  std::string source() const { return "/dev/fd/" + std::to_string(read_end_.get()); }
  FileDescriptor take_read_end() { return std::move(read_end_); }

  void write(std::string_view text) {
    if (::write(write_end_.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
      throw std::system_error(errno, std::generic_category(), "write");
  }
  void close() { write_end_.reset(); }

 private:
  FileDescriptor read_end_;
  FileDescriptor write_end_;
};

/// Puts a descriptor in the place of standard input while it lives.
class StandardInput {
 public:
  explicit StandardInput(FileDescriptor input) : before_(FileDescriptor::checked(dup(STDIN_FILENO), "dup")) {
    dup2(input.get(), STDIN_FILENO);
  }
  explicit StandardInput(int descriptor) : StandardInput(FileDescriptor::checked(descriptor, "open")) {}
  ~StandardInput() { dup2(before_.get(), STDIN_FILENO); }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;

 private:
  FileDescriptor before_;
};

/// A regular file that gives `text` and then an error of the disk: this process's memory as /proc shows it,
/// where a mapping goes on beyond the end of what it maps.
class FailingFile {
 public:
  explicit FailingFile(std::string_view text)
      : mapped_(FileDescriptor::checked(memfd_create("text", MFD_CLOEXEC), "memfd_create")) {
    if (ftruncate(mapped_.get(), static_cast<off_t>(page_size())) != 0)
      throw std::system_error(errno, std::generic_category(), "ftruncate");
    pages_ = mmap(nullptr, 2 * page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, mapped_.get(), 0);
    if (pages_ == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
    begin_ = static_cast<char*>(pages_) + page_size() - text.size();
    std::memcpy(begin_, text.data(), text.size());
  }
  ~FailingFile() { munmap(pages_, 2 * page_size()); }
  FailingFile(const FailingFile&) = delete;
  FailingFile& operator=(const FailingFile&) = delete;

  /// Stands at the text's start.
  FileDescriptor open() const {
    FileDescriptor file =
        FileDescriptor::checked(::open("/proc/self/mem", O_RDONLY | O_CLOEXEC), "/proc/self/mem");
    if (lseek(file.get(), static_cast<off_t>(reinterpret_cast<std::uintptr_t>(begin_)), SEEK_SET) < 0)
      throw std::system_error(errno, std::generic_category(), "lseek");
    return file;
  }

 private:
  static std::size_t page_size() { return static_cast<std::size_t>(sysconf(_SC_PAGESIZE)); }

  FileDescriptor mapped_;
  void* pages_ = nullptr;
  char* begin_ = nullptr;
};

}  // namespace crawler
