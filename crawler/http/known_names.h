// What look-ups have found, for as long as it is valid.
//
//   KnownNames known(20'000);
//   known.keep("example.com", found, now + 60s);
//   if (const LookUp* found = known.find("example.com", now)) …
//
// Contract: names in lower case. Holds at most `at_most`; the one not asked for the longest goes first. Every
// call is O(1). What find() gives lives until the next call.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "crawler/async/clock.h"
#include "crawler/async/linked_list.h"
#include "crawler/http/addresses.h"

namespace crawler::http {

class KnownNames {
 public:
  explicit KnownNames(std::size_t at_most) : at_most_(at_most) {}
  KnownNames(const KnownNames&) = delete;
  KnownNames& operator=(const KnownNames&) = delete;

  /// Null: not known, or no longer valid.
  const LookUp* find(const std::string& name, async::TimePoint now);
  void keep(const std::string& name, const LookUp& found, async::TimePoint valid_until);
  std::size_t size() const { return names_.size(); }

 private:
  struct Known : async::Linked<Known> {
    const std::string* name = nullptr;  // the map's
    LookUp found;
    async::TimePoint valid_until;
  };

  const std::size_t at_most_;
  std::unordered_map<std::string, Known> names_;
  async::LinkedList<Known> by_use_;  // the one used last at the end
};

}  // namespace crawler::http
