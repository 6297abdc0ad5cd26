// A file that is written beside the one whose place it takes, all at once, when it is whole.
//
//   FileDraft draft("pages.jsonl");
//   draft.write(lines);
//   draft.put_in_place();     // without it, the draft is gone and the file is as it was
//
// Contract: blocks. The draft is FILE.PID.tmp until it is in place; of a symbolic link the target is
// replaced. Who has the old file open keeps it whole. Nothing is synced: after a loss of power the file may
// be the old one. Throws std::system_error that names the file. Source: rename(2)
#pragma once

#include <filesystem>
#include <string_view>

namespace crawler {

class FileDraft {
 public:
  explicit FileDraft(const std::filesystem::path& file);
  ~FileDraft();
  FileDraft(const FileDraft&) = delete;
  FileDraft& operator=(const FileDraft&) = delete;

  /// Whatever the umask.
  void let_all_users_read();
  void write(std::string_view text);
  void put_in_place();

 private:
  [[noreturn]] void fail() const;

  std::filesystem::path target_;
  std::filesystem::path path_;
  int descriptor_ = -1;
  bool is_in_place_ = false;
};

}  // namespace crawler
