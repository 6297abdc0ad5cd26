// Writes a whole text to a descriptor.
//
//   write_all(STDOUT_FILENO, lines, "standard output");
//
// Contract: blocks until all is written, also where the descriptor was made not to block. Throws
// std::system_error that names what was written to. Source: write(2)
#pragma once

#include <string>
#include <string_view>

namespace crawler {

void write_all(int descriptor, std::string_view text, const std::string& name);

}  // namespace crawler
