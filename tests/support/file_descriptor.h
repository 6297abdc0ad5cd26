// An owned file descriptor: closed once, when its owner goes.
//
//   FileDescriptor file = FileDescriptor::checked(open(path, O_RDONLY | O_CLOEXEC), "open");
//   read(file.get(), buffer, sizeof buffer);
//
// Contract: movable, not copyable; an empty one holds -1. checked() throws std::system_error with errno.
#pragma once

#include <cerrno>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace test_support {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int descriptor) : descriptor_(descriptor) {}
  FileDescriptor(FileDescriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~FileDescriptor() { reset(); }

  /// Takes what a system call returned.
  static FileDescriptor checked(int descriptor, const char* call) {
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), call);
    return FileDescriptor(descriptor);
  }

  int get() const { return descriptor_; }
  void reset() {
    if (descriptor_ >= 0) close(std::exchange(descriptor_, -1));
  }

 private:
  int descriptor_ = -1;
};

}  // namespace test_support
