// The command line as the database keeps it: without names and passwords.
//
//   shown_arguments(argc, argv);  // "--proxy http://***@proxy:8080 urls.txt"
#pragma once

#include <string>

namespace cmd {

/// All but the program's name.
std::string shown_arguments(int argc, const char* const* argv);

}  // namespace cmd
