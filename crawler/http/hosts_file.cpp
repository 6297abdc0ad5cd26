#include "crawler/http/hosts_file.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <fstream>
#include <netinet/in.h>
#include <utility>

#include "crawler/http/addresses.h"
#include "crawler/http/ascii_case.h"

namespace crawler::http {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\v\f";
constexpr async::Duration kLookedAtEvery = std::chrono::seconds(1);

/// Splits the first word off; empty: there is none.
std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kWhiteSpace), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(kWhiteSpace));
  text.remove_prefix(word.size());
  return word;
}

/// The address in its usual form; empty if it is none.
std::string canonical_ip(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  std::array<char, INET6_ADDRSTRLEN> canonical{};
  for (const int family : {AF_INET, AF_INET6})
    if (inet_pton(family, text.c_str(), address.data()) == 1)
      return inet_ntop(family, address.data(), canonical.data(), canonical.size());
  return {};
}

}  // namespace

bool HostsFile::Version::operator==(const Version& other) const {
  return inode == other.inode && size == other.size && modified.tv_sec == other.modified.tv_sec &&
         modified.tv_nsec == other.modified.tv_nsec;
}

HostsFile::HostsFile(std::string path) : path_(std::move(path)) { read_if_changed(); }

const std::vector<std::string>* HostsFile::find(const std::string& name, async::TimePoint now) {
  if (!looked_at_ || now - *looked_at_ >= kLookedAtEvery) {
    looked_at_ = now;
    read_if_changed();
  }
  const auto found = addresses_.find(name);
  return found == addresses_.end() ? nullptr : &found->second;
}

void HostsFile::read_if_changed() {
  struct stat file {};
  std::optional<Version> version;
  if (stat(path_.c_str(), &file) == 0)
    version = Version{.inode = file.st_ino, .size = file.st_size, .modified = file.st_mtim};
  if (version == version_) return;
  version_ = version;
  read();
}

void HostsFile::read() {
  addresses_.clear();
  std::ifstream file(path_);
  for (std::string line; std::getline(file, line);) read_line(line);
}

void HostsFile::read_line(std::string_view line) {
  std::string_view rest = line.substr(0, line.find('#'));
  const std::string ip = canonical_ip(std::string(take_word(rest)));
  if (ip.empty()) return;
  for (std::string_view name = take_word(rest); !name.empty(); name = take_word(rest)) {
    std::vector<std::string>& ips = addresses_[in_lower_case(name)];
    if (ips.size() < kMostAddresses && std::ranges::find(ips, ip) == ips.end()) ips.push_back(ip);
  }
}

}  // namespace crawler::http
