// What a web of many hosts says, worked out from numbers alone: nothing of it is stored.
//
//   const SyntheticPlan plan({.hosts = 300, .pages = 100'000, .seed = 1});
//   plan.answer({"n5.hosts.test", "4711"}, "/p/12", 0);   // the first answer to that request
//   plan.duty("n5.hosts.test", "/p/12");                  // Duty::once
//
// Contract: a value, pure, thread-safe. Hosts are n1.hosts.test and so on. Each has its pages /p/0, /p/1 …: a
// tree of links leads to all of them, and another from the first host's /p/0 to that of each other host. Of
// the leaves, some are missing, some redirect; of all pages, some fail once and some are slow; the rest is
// plain. Links are written in all the ways that there are, lead to pages twice, out of this web, and to what
// no crawler should ask for. Of ten hosts, one asks for a delay, and three forbid a part to "crawl" and all
// to others. Behind these are the hosts of the snares; the first host's /p/0 links to them.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/script.h"
#include "tests/support/synthetic_snare.h"

namespace test_support {

struct WebSize {
  std::uint32_t hosts = 20;
  std::uint32_t pages = 2'000;  // of all hosts' trees together, in equal parts, at least one each
  std::uint64_t seed = 1;
  std::chrono::milliseconds delay{0};         // before each answer
  std::chrono::milliseconds crawl_delay{20};  // on the hosts that ask for one
};

class SyntheticPlan {
 public:
  struct Origin {
    std::string_view host;
    std::string_view port;
  };
  /// A page that is to be fetched, and the status that it ends with.
  struct Page {
    std::string host;
    std::string path;
    int status;
  };

  explicit SyntheticPlan(const WebSize& size) : size_(size) {}

  /// `asked_before`: how often the same was asked for before.
  Answer answer(const Origin& origin, std::string_view target, std::uint32_t asked_before) const;
  Duty duty(std::string_view host, std::string_view target) const;

  /// Those whose duty is once or twice.
  std::vector<Page> pages() const;
  /// In its tree.
  std::uint32_t pages_a_host() const { return std::max(size_.pages / size_.hosts, 1U); }
  std::vector<std::string> hosts_with_delay() const;
  std::chrono::milliseconds crawl_delay() const { return size_.crawl_delay; }
  std::string host_of(Snare snare) const { return name(size_.hosts + static_cast<std::uint32_t>(snare)); }

  /// n1.hosts.test is 0.
  static std::string name(std::uint32_t host) { return "n" + std::to_string(host + 1) + ".hosts.test"; }

 private:
  enum class Kind { plain, missing, flaky, slow, moved, elsewhere, outside };
  enum class Rules { none, partial, delayed, redirected };
  struct Place {
    std::uint32_t host;
    std::uint32_t page;
  };

  static std::optional<std::uint32_t> number_of(std::string_view host);
  static Rules rules(std::uint32_t host);
  static bool forbids_a_part(std::uint32_t host);
  Snare snare(std::uint32_t host) const { return static_cast<Snare>(host - size_.hosts); }
  Kind kind(const Place& at) const;
  /// At last, of a page of the tree.
  int status(const Place& at) const;

  /// A number for each purpose, the same at each call.
  std::uint64_t random(const Place& at, std::uint64_t purpose) const;
  Place random_place(const Place& at, std::uint64_t purpose) const;

  Answer robots(std::uint32_t host, const Origin& origin, std::string_view target) const;
  Answer page(const Place& at, const Origin& origin, std::uint32_t asked_before) const;
  Answer redirect(const Place& at, const Origin& origin) const;
  std::string document(const Place& at, const Origin& origin, bool leads_on) const;

  WebSize size_;
};

}  // namespace test_support
