#include "crawler/replace_file.h"

#include "crawler/file_draft.h"

namespace crawler {

void replace_file(const std::filesystem::path& file, const std::string& text) {
  FileDraft draft(file);
  draft.let_all_users_read();
  draft.write(text);
  draft.put_in_place();
}

}  // namespace crawler
