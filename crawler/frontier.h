// What is still to be fetched, and all that is known already: the URLs of a crawl that follows links.
//
//   Frontier frontier(database, options, {.id = run.job_id, .is_resumed = true});
//   frontier.put_given(line);
//   for (FrontierUrl& next : frontier.claim(100).urls) fetch(next);
//   frontier.complete(finding);           // the claim's end, and where its page leads
//
// A URL is put once, however often it is met; one that waits and is met at a smaller depth takes it, and one
// that is fetched already takes it too: with --depth it is fetched anew, as its links may be followed now. A
// host hands out its URLs breadth first, and hosts have their turns one after the other, each a share that
// grows as it is used up, so that a slow host holds few.
//
// Contract: the order is all: a page and what it leads to are durable before its claim has its end. Here the
// caller makes all three in one transaction: claims are held in memory alone, and so a run that dies leaves
// none behind. Memory is bounded: KnownUrls answers as long as it has room, the database for the rest. On one
// thread, within the caller's transactions; after one that failed it is of no use. Throws
// storage::DatabaseError. The database outlives it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crawler/answer.h"
#include "crawler/claim.h"
#include "crawler/config.h"
#include "crawler/finding.h"
#include "crawler/hash_seed.h"
#include "crawler/hash_set.h"
#include "crawler/known_urls.h"
#include "crawler/list_source.h"
#include "crawler/scope.h"
#include "crawler/seed_verdict.h"
#include "crawler/seen_urls.h"
#include "crawler/skips.h"
#include "crawler/trap_filter.h"
#include "crawler/url_rules.h"
#include "parse/url.h"
#include "storage/database.h"
#include "storage/frontier_store.h"

namespace crawler {

struct FrontierUrl {
  parse::Url url;  // with the credentials that the user gave for its origin
  Claim claim{};
  Purpose purpose = Purpose::page;
};

struct Claims {
  std::vector<FrontierUrl> urls{};
  /// Whether every host was looked at in this round. If so and there is no URL, what waits is handed out or
  /// paused.
  bool is_round_complete = false;
  /// How long the first of the paused hosts is to be left alone.
  std::optional<std::chrono::milliseconds> next_pause_ends{};
};

struct FrontierState {
  std::int64_t waiting = 0;  // URLs without an end, those handed out included
  std::int64_t known = 0;
  Skips skips{};
};

class Frontier {
 public:
  using Clock = std::chrono::steady_clock;

  /// In 119 MB.
  static constexpr std::size_t kMostKnown = 12'500'000;

  /// A job whose frontier another one has taken since begins anew, resumed or not.
  struct Job {
    std::int64_t id = 0;
    bool is_resumed = false;
  };

  Frontier(storage::Database& database, const Following& following, bool ignores_tracking, Job job,
           std::size_t most_known = kMostKnown);

  /// A line that the user gave: its URL is in scope by that, and no rule or budget keeps it out.
  SeedVerdict put_given(const SeedLine& line);
  /// `begins_round`: every host is looked at again; else the round goes on where the last claim left it.
  Claims claim(std::size_t most, bool begins_round = true);
  /// The host's URLs wait for this long at least.
  void give_back(const std::vector<Claim>& claims, std::chrono::milliseconds pause);
  void complete(const Finding& finding);

  /// Ends what a transaction's calls began: to be called before its commit.
  void flush();

  FrontierState state() const;

 private:
  using Known = KnownUrls::Known;
  using Fate = KnownUrls::Fate;

  /// What a URL is known by, in the database and in memory. Whoever names it keeps the text.
  struct Name {
    std::string_view text;
    KnownUrls::Key key;
  };
  /// A URL that was met, and how.
  struct Met {
    const parse::Url& url;
    Name name;
    int depth = 0;
    std::string_view referrer{};
    int redirects = 0;
    bool is_listed = false;
    Purpose purpose = Purpose::page;
  };
  struct HostClaims {
    std::unordered_map<std::int64_t, int> ids;  // with the depth that each one's row has by now
    std::size_t share = kFirstShare;
    Clock::time_point paused_until{};
    bool is_idle() const { return ids.empty() && paused_until == Clock::time_point{}; }
  };

  struct HandedOut {
    std::int64_t host_id = 0;
    std::int64_t id = 0;
  };

  // What a host is handed out at first, and at most: as many as it used up before.
  static constexpr std::size_t kFirstShare = 16;
  static constexpr std::size_t kLargestShare = 256;
  static constexpr std::size_t kHostsAtOnce = 1000;

  void restore();
  SeedVerdict put_given(const parse::Url& url);
  SeedVerdict put_unfetchable(const std::string& key);
  std::string key_of(const parse::Url& url) const;
  std::string key_of(const storage::FrontierRow& row) const;
  std::uint64_t hash_of(std::string_view text) const;
  bool is_too_deep(int depth) const { return following_.max_depth && depth > *following_.max_depth; }
  Name name_of(std::string_view text) const { return {.text = text, .key = known_.key_of(text)}; }
  std::optional<Known> find(const Name& name);
  void set(const Name& name, Known known);
  void put_links(const Finding& finding, int depth);
  void put(const Met& met);
  void put_again(const Met& met, const Known& known);
  void put_redirect(const Finding& finding, const parse::Url& target, int depth);
  void put_sitemap(const parse::Url& url, const Finding& finding);
  std::optional<SkipReason> refusal(const parse::Url& url);
  void refuse(const Met& met, SkipReason reason);
  void leave_outside(const Met& met);
  void enqueue(const Met& met);
  void add_waiting(const Met& met);
  void add_row(const Met& met);
  void lower_row(const Met& met, const HandedOut& out);
  int& depth_of(const HandedOut& out);
  int take_from_claims(const Claim& claim);
  void grow_scope(const parse::Url& url, bool is_given);
  void note_given(const parse::Url& url);
  storage::FrontierHost& host_of(const parse::Url& url);
  void claim_of(std::int64_t host_id, std::size_t most, Claims& claims);
  bool is_stale(const storage::FrontierRow& row);
  FrontierUrl hand_out(storage::FrontierRow row);
  void forget_idle_hosts();

  storage::FrontierStore store_;
  const Following following_;
  const bool ignores_tracking_;
  const Job job_;
  KnownUrls known_;
  Scope scope_;
  UrlRules rules_;
  TrapFilter traps_;
  SeenUrls given_;  // in this run
  const std::uint64_t seed_ = random_hash_seed();
  HashSet listed_;                                            // hosts and origins of the URLs that were given
  std::unordered_map<std::string, std::string> credentials_;  // by origin
  std::unordered_map<std::string, storage::FrontierHost> hosts_;  // of this transaction, by name
  std::unordered_map<std::int64_t, HostClaims> claims_;           // by host
  std::unordered_map<std::string, HandedOut> handed_out_;         // by key
  std::int64_t cursor_ = 0;                                       // the host that had its turn last
  std::int64_t round_start_ = 0;                                  // what it was when the round began
  bool has_wrapped_ = false;                                      // it went by the last of the hosts since
  std::int64_t next_id_ = 1;
  std::int64_t waiting_ = 0;
  bool is_indexed_ = false;
  Skips skips_;
};

}  // namespace crawler
