#include "crawler/http/system_names.h"

#include <array>
#include <fstream>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <sstream>
#include <sys/socket.h>

namespace crawler::http {
namespace {

/// `mdns4_minimal [NOTFOUND=return] dns`: what stands in brackets says how to go on.
bool names_other_source(std::istream& words) {
  bool is_in_brackets = false;
  for (std::string word; words >> word;) {
    if (word.starts_with('[')) is_in_brackets = true;
    if (!is_in_brackets && word != "files" && word != "dns") return true;
    if (word.ends_with(']')) is_in_brackets = false;
  }
  return false;
}

}  // namespace

bool knows_more_than_dns(const std::string& nsswitch_conf) {
  std::ifstream file(nsswitch_conf);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string database;
    if (std::getline(words >> std::ws, database, ':') && database == "hosts")
      return names_other_source(words);
  }
  return false;
}

SystemAnswer ask_system(const std::string& name) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;  // or each address would come once for each type
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  const int status = getaddrinfo(name.c_str(), nullptr, &hints, &list);
  if (status != 0)
    return std::unexpected(status == EAI_NONAME || status == EAI_NODATA || status == EAI_ADDRFAMILY
                               ? LookUpError::no_such_name
                               : LookUpError::no_answer);
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(list, &freeaddrinfo);
  std::vector<std::string> ips;
  for (const addrinfo* entry = list; entry != nullptr && ips.size() < kMostAddresses;
       entry = entry->ai_next) {
    std::array<char, NI_MAXHOST> ip{};
    const int failed =
        getnameinfo(entry->ai_addr, entry->ai_addrlen, ip.data(), ip.size(), nullptr, 0, NI_NUMERICHOST);
    const std::string text = ip.data();
    // A link-local address is of no use without its interface, which no URL can name.
    if (failed == 0 && !text.contains('%')) ips.push_back(text);
  }
  if (ips.empty()) return std::unexpected(LookUpError::no_such_name);
  return ips;
}

}  // namespace crawler::http
