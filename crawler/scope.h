// Which of the URLs that pages lead to belong to the crawl, seen from those that the user gave.
//
//   Scope scope(ScopeKind::host);
//   scope.add(given);                     // true: it has grown
//   if (!scope.contains(link)) …          // on another host
//   scope.unit_of(link);                  // "example.com": what has to be judged anew when it is added
//
// host: the same name, with the port unless that is the scheme's own; http and https alike. domain: the same
// registrable domain, whatever the port; what has none (an address, localhost, a public suffix) is a unit by
// its host and port. prefix: the same host, and a path that begins with the directory of one that was given,
// up to and including its last '/', octet by octet as parse::Url serialises it.
//
// Contract: one thread; never shrinks; linear in the URL. 11 to 22 bytes a host, domain or directory: of each
// a keyed hash of 64 bits is kept. The constructor throws std::runtime_error where a list of public suffixes
// is needed and there is none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crawler/config.h"
#include "crawler/hash_set.h"
#include "crawler/registrable_domain.h"
#include "parse/url.h"

namespace crawler {

class Scope {
 public:
  explicit Scope(ScopeKind kind);

  /// A URL that the user gave, or where one of those redirects to. Whether the scope has grown by it.
  bool add(const parse::Url& url);
  bool contains(const parse::Url& url) const;

  /// The URLs whose place in or out of the scope an added URL can change are those of its unit. host and
  /// prefix: the host; domain: the registrable domain, or the host; any: "".
  std::string unit_of(const parse::Url& url) const;

 private:
  struct Remembered {
    std::uint64_t host = 0;
    std::uint64_t domain = 0;
  };

  std::uint64_t hash_host(const parse::Url& url) const;
  std::uint64_t hash_domain(const parse::Url& url) const;
  std::uint64_t hash_directory(const parse::Url& url) const;
  bool contains_directory_of(const parse::Url& url) const;

  const ScopeKind kind_;
  const std::uint64_t seed_;
  HashSet members_;  // hosts, domains or directories
  std::optional<RegistrableDomains> domains_;
  // Of the hosts asked for lately, each at the place that its hash names: the list takes microseconds to ask.
  mutable std::vector<Remembered> remembered_;
};

}  // namespace crawler
