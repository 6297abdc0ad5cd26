// Puts a text in the place of a file, all at once: who reads it sees the old one or the new one, and who has
// the old one open keeps it whole.
//
//   replace_file("/var/lib/node_exporter/crawl.prom", text);
//
// Contract: blocks, so it belongs on a thread. The text goes into FILE.PID.tmp first, which is renamed; that
// file is gone again when this returns or throws. Of a symbolic link the target is replaced. Nothing is
// synced: after a loss of power the file may be the old one. Throws std::system_error that names the file.
// Source: rename(2)
#pragma once

#include <filesystem>
#include <string>

namespace crawler {

void replace_file(const std::filesystem::path& file, const std::string& text);

}  // namespace crawler
