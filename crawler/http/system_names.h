// What the system knows of names besides /etc/hosts and DNS: machines nearby (mDNS), containers, directories.
//
//   if (knows_more_than_dns("/etc/nsswitch.conf")) found = ask_system("printer.local");   // on a thread
//
// Contract: ask_system() blocks, for as long as the C library's sources take. Source: nsswitch.conf(5),
// getaddrinfo(3)
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "crawler/http/addresses.h"

namespace crawler::http {

using SystemAnswer = std::expected<std::vector<std::string>, LookUpError>;

/// Whether the line `hosts` of the file names a source other than `files` and `dns`. False where there is
/// none.
bool knows_more_than_dns(const std::string& nsswitch_conf);

/// The addresses of both families, in the system's order, at most kMostAddresses.
SystemAnswer ask_system(const std::string& name);

}  // namespace crawler::http
