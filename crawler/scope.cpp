#include "crawler/scope.h"

#include <string_view>
#include <utility>

#include <xxhash.h>

#include "crawler/hash_seed.h"
#include "crawler/host_name.h"

namespace crawler {
namespace {

constexpr std::size_t kRememberedHosts = 4096;  // 64 KB

std::uint64_t hash(std::string_view text, std::uint64_t seed) {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

/// Calls `take` with the hash of each directory that the path lies in, the root's first, until it returns
/// true. Each hash is the key of the next one's, so that all of them together take one pass over the path.
template <class Take>
bool walk_directories(std::string_view path, std::uint64_t host, Take take) {
  std::uint64_t directory = host;
  for (std::size_t begin = 0, end = 0; (end = path.find('/', begin)) != std::string_view::npos;
       begin = end + 1) {
    directory = hash(path.substr(begin, end - begin), directory);
    if (take(directory)) return true;
  }
  return false;
}

}  // namespace

Scope::Scope(ScopeKind kind) : kind_(kind), seed_(random_hash_seed()) {
  if (kind != ScopeKind::domain) return;
  domains_.emplace();
  remembered_.resize(kRememberedHosts);
}

bool Scope::add(const parse::Url& url) {
  switch (kind_) {
    case ScopeKind::host:
      return members_.insert(hash_host(url));
    case ScopeKind::domain:
      return members_.insert(hash_domain(url));
    case ScopeKind::prefix:
      return !contains(url) && members_.insert(hash_directory(url));
    case ScopeKind::any:
      return false;
  }
  std::unreachable();
}

bool Scope::contains(const parse::Url& url) const {
  switch (kind_) {
    case ScopeKind::host:
      return members_.contains(hash_host(url));
    case ScopeKind::domain:
      return members_.contains(hash_domain(url));
    case ScopeKind::prefix:
      return contains_directory_of(url);
    case ScopeKind::any:
      return true;
  }
  std::unreachable();
}

std::string Scope::unit_of(const parse::Url& url) const {
  if (kind_ == ScopeKind::any) return "";
  const std::string_view domain = domains_ ? domains_->of(url.host()) : "";
  return domain.empty() ? host_name(url) : std::string(domain);
}

std::uint64_t Scope::hash_host(const parse::Url& url) const {
  const std::optional<std::uint16_t> port = other_port(url);
  return hash(url.host(), seed_ + (port ? 1 + std::uint64_t{*port} : 0));
}

std::uint64_t Scope::hash_domain(const parse::Url& url) const {
  const std::uint64_t host = hash_host(url);
  Remembered& remembered = remembered_[host % kRememberedHosts];
  if (remembered.host != host) {
    const std::string_view domain = domains_->of(url.host());
    remembered = {.host = host, .domain = domain.empty() ? host : hash(domain, seed_)};
  }
  return remembered.domain;
}

std::uint64_t Scope::hash_directory(const parse::Url& url) const {
  std::uint64_t last = 0;
  walk_directories(url.path(), hash_host(url), [&last](std::uint64_t directory) {
    last = directory;
    return false;
  });
  return last;
}

bool Scope::contains_directory_of(const parse::Url& url) const {
  return walk_directories(url.path(), hash_host(url),
                          [this](std::uint64_t directory) { return members_.contains(directory); });
}

}  // namespace crawler
