#include "crawler/replace_file.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace crawler {
namespace {

namespace fs = std::filesystem;

/// What is to take the place of the target; removed unless it did.
class Draft {
 public:
  explicit Draft(fs::path target) : target_(std::move(target)), path_(target_) {
    path_ += "." + std::to_string(getpid()) + ".tmp";
    // A process of this number may have been killed as it wrote: in a container all have the same.
    unlink(path_.c_str());
    descriptor_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (descriptor_ < 0) fail();
    fchmod(descriptor_, 0644);  // who reads it is another user, whatever the umask
  }
  ~Draft() {
    if (descriptor_ >= 0) close(descriptor_);
    if (!is_in_place_) unlink(path_.c_str());
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  void write(std::string_view text) {
    while (!text.empty()) {
      const ssize_t written = ::write(descriptor_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail();
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  void put_in_place() {
    // Some file systems tell only now that there was no room.
    if (close(std::exchange(descriptor_, -1)) != 0) fail();
    if (std::rename(path_.c_str(), target_.c_str()) != 0) fail();
    is_in_place_ = true;
  }

 private:
  [[noreturn]] void fail() const {
    throw std::system_error(errno, std::generic_category(), target_.native());
  }

  fs::path target_;
  fs::path path_;
  int descriptor_ = -1;
  bool is_in_place_ = false;
};

}  // namespace

void replace_file(const fs::path& file, const std::string& text) {
  std::error_code unresolved;
  const fs::path target = fs::weakly_canonical(file, unresolved);
  Draft draft(unresolved ? file : target);
  draft.write(text);
  draft.put_in_place();
}

}  // namespace crawler
