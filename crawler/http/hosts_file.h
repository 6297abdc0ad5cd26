// The names that /etc/hosts knows.
//
//   HostsFile hosts("/etc/hosts");
//   if (const auto* ips = hosts.find("printer", loop.now())) connect_to(ips->front());
//
// Contract: names in lower case. Read by the constructor, and by find() when it has changed; that is looked
// at once a second. A file that is missing or cannot be read knows no names. Lists against advertisers have
// 100,000 lines: to read one takes 0.1 s. What find() gives lives until the next find(). Source: hosts(5)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unordered_map>
#include <vector>

#include "crawler/async/clock.h"

namespace crawler::http {

class HostsFile {
 public:
  explicit HostsFile(std::string path);

  /// Its addresses in the order of the file, at most kMostAddresses; null if the file does not have the name.
  const std::vector<std::string>* find(const std::string& name, async::TimePoint now);

 private:
  /// What changes when a file is written or replaced.
  struct Version {
    ino_t inode;
    off_t size;
    timespec modified;
    bool operator==(const Version& other) const;
  };
  void read_if_changed();
  void read();
  void read_line(std::string_view line);

  const std::string path_;
  std::optional<async::TimePoint> looked_at_;
  std::optional<Version> version_;  // none: no file
  std::unordered_map<std::string, std::vector<std::string>> addresses_;
};

}  // namespace crawler::http
