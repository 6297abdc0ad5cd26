// Real pages: Debian's documentation of Python.
#pragma once

#include <filesystem>

namespace test_support {

/// "/usr/share/doc/python3.11/html": the release's own version of Python; empty where there is none.
inline std::filesystem::path find_python_docs() {
  namespace fs = std::filesystem;
  for (const fs::directory_entry& entry : fs::directory_iterator("/usr/share/doc"))
    if (entry.path().filename().string().starts_with("python3.") &&
        fs::exists(entry.path() / "html/index.html"))
      return entry.path() / "html";
  return {};
}

}  // namespace test_support
