#include "crawler/file_draft.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "crawler/write_all.h"

namespace crawler {
namespace {

namespace fs = std::filesystem;

fs::path resolve(const fs::path& file) {
  std::error_code unresolved;
  fs::path target = fs::weakly_canonical(file, unresolved);
  // It stops at a link to what is not there yet.
  constexpr int most_links = 40;
  for (int links = 0; !unresolved && links < most_links && fs::is_symlink(fs::symlink_status(target));
       ++links)
    target = fs::weakly_canonical(target.parent_path() / fs::read_symlink(target, unresolved), unresolved);
  return unresolved ? file : target;
}

}  // namespace

FileDraft::FileDraft(const fs::path& file) : target_(resolve(file)), path_(target_) {
  path_ += "." + std::to_string(getpid()) + ".tmp";
  // A process of this number may have been killed as it wrote: in a container all have the same.
  unlink(path_.c_str());
  descriptor_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail();
  // Who may read the old file may read the new one, and nobody else.
  struct stat old = {};
  if (stat(target_.c_str(), &old) == 0) fchmod(descriptor_, old.st_mode & 0777);
}

FileDraft::~FileDraft() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!is_in_place_) unlink(path_.c_str());
}

void FileDraft::let_all_users_read() { fchmod(descriptor_, 0644); }

void FileDraft::write(std::string_view text) { write_all(descriptor_, text, target_.native()); }

void FileDraft::put_in_place() {
  // Some file systems tell only now that there was no room.
  if (close(std::exchange(descriptor_, -1)) != 0) fail();
  if (std::rename(path_.c_str(), target_.c_str()) != 0) fail();
  is_in_place_ = true;
}

void FileDraft::fail() const { throw std::system_error(errno, std::generic_category(), target_.native()); }

}  // namespace crawler
