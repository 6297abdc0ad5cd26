// Which URLs a crawler that follows links finds on a site of plain files, read by other means: from the disk,
// by gumbo, without a server.
//
//   const ReachablePages found = reachable_pages("/usr/share/doc/python3/html",
//   "http://127.0.0.1/index.html"); found.urls;    // without fragments; what is missing, and what redirects,
//   among them found.files;   // that these name
//
// Contract: as nginx serves a folder: /a is a redirect to /a/ where that is a folder, whose page is its
// index.html; *.html is HTML, and the rest has no links. Links as --follow takes them, on the start's host
// and port. Memory and time grow with the site. Throws std::runtime_error for a page that gumbo does not
// read.
#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace e2e {

struct ReachablePages {
  std::set<std::string> urls;
  std::set<std::filesystem::path> files;
};

ReachablePages reachable_pages(const std::filesystem::path& root, const std::string& start);

}  // namespace e2e
