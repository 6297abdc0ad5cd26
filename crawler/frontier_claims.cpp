// How a frontier hands out its URLs, and takes them back.
#include <algorithm>
#include <utility>

#include "crawler/frontier.h"
#include "crawler/host_name.h"
#include "crawler/with_credentials.h"

namespace crawler {
namespace {

// Hosts that were claimed from lately, and of which nothing need be known.
constexpr std::size_t kIdleHosts = 50'000;

}  // namespace

Claims Frontier::claim(std::size_t most, bool begins_round) {
  Claims claims;
  if (begins_round) {
    round_start_ = cursor_;
    has_wrapped_ = false;
  }
  for (std::size_t i = 0; i < kHostsAtOnce && claims.urls.size() < most; ++i) {
    const auto host = store_.next_host(cursor_);
    has_wrapped_ |= host && *host <= cursor_;
    if (!host || (has_wrapped_ && *host > round_start_)) {
      claims.is_round_complete = true;
      break;
    }
    cursor_ = *host;
    claim_of(*host, most - claims.urls.size(), claims);
    if (has_wrapped_ && *host == round_start_) {
      claims.is_round_complete = true;
      break;
    }
  }
  forget_idle_hosts();
  return claims;
}

void Frontier::claim_of(std::int64_t host_id, std::size_t most, Claims& claims) {
  const auto [place, is_new] = claims_.try_emplace(host_id);
  HostClaims& host = place->second;
  const Clock::time_point now = Clock::now();
  if (host.paused_until > now) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(host.paused_until - now);
    claims.next_pause_ends = std::min(claims.next_pause_ends.value_or(left), left);
    return;
  }
  host.paused_until = {};
  if (host.ids.size() > host.share / 2) return;
  if (host.ids.empty() && !is_new) host.share = std::min(2 * host.share, kLargestShare);
  std::size_t more = std::min(host.share - host.ids.size(), most);
  bool has_dropped = true;
  while (more > 0 && std::exchange(has_dropped, false)) {
    for (storage::FrontierRow& row : store_.first_of(host_id, host.ids.size() + more)) {
      if (more == 0 || host.ids.contains(row.id)) continue;
      if (is_stale(row)) {
        has_dropped = true;
        store_.remove(row);
        continue;
      }
      --more;
      host.ids.emplace(row.id, row.depth);
      claims.urls.push_back(hand_out(std::move(row)));
    }
  }
}

/// Whether its URL has had its turn meanwhile, or waits in a row of smaller depth.
bool Frontier::is_stale(const storage::FrontierRow& row) {
  const std::string key = key_of(row);
  const auto known = find(name_of(key));
  return known &&
         (known->fate == Fate::begun || known->depth < std::min(row.depth, KnownUrls::kLargestDepth));
}

FrontierUrl Frontier::hand_out(storage::FrontierRow row) {
  std::string key = key_of(row);
  set(name_of(key), {Fate::begun, row.depth});
  handed_out_.insert_or_assign(std::move(key), HandedOut{.host_id = row.host_id, .id = row.id});
  parse::Url url = *parse::Url::parse(row.url);
  const std::string origin = url.origin();
  Claim claim{.host_id = row.host_id,
              .id = row.id,
              .referrer = std::move(row.referrer),
              .depth = row.depth,
              .redirects = row.redirects,
              .is_listed = row.is_listed,
              .is_on_listed_host = listed_.contains(hash_of(host_name(url))),
              .is_on_listed_origin = listed_.contains(hash_of(origin))};
  if (const auto known = credentials_.find(origin); known != credentials_.end())
    url = parse::Url::parse(with_credentials(url, known->second)).value_or(url);  // too long with them
  return {.url = std::move(url), .claim = std::move(claim), .purpose = static_cast<Purpose>(row.purpose)};
}

void Frontier::give_back(const std::vector<Claim>& claims, std::chrono::milliseconds pause) {
  const Clock::time_point until = Clock::now() + pause;
  for (const Claim& claim : claims) {
    const int depth = take_from_claims(claim);
    HostClaims& host = claims_[claim.host_id];
    host.share = kFirstShare;
    host.paused_until = std::max(host.paused_until, until);
    const auto row = store_.find({.host_id = claim.host_id, .depth = depth, .id = claim.id});
    if (!row) continue;
    const std::string key = key_of(*row);
    handed_out_.erase(key);
    const Name name = name_of(key);
    if (const auto known = known_.find(name.key)) set(name, {Fate::waiting, known->depth});
  }
}

void Frontier::forget_idle_hosts() {
  if (claims_.size() <= kIdleHosts) return;
  std::erase_if(claims_, [](const auto& host) { return host.second.is_idle(); });
}

/// Its claim is out: whoever has the URL next, after a kill or a pause, has it at this depth.
void Frontier::lower_row(const Met& met, const HandedOut& out) {
  int& depth = depth_of(out);
  auto row = store_.find({.host_id = out.host_id, .depth = depth, .id = out.id});
  if (!row) return;
  store_.remove(*row);
  row->depth = depth = met.depth;
  row->is_listed |= met.is_listed;
  store_.add(*row);
}

int& Frontier::depth_of(const HandedOut& out) { return claims_.at(out.host_id).ids.at(out.id); }

/// Returns the depth of its row.
int Frontier::take_from_claims(const Claim& claim) {
  HostClaims& host = claims_[claim.host_id];
  const auto id = host.ids.find(claim.id);
  if (id == host.ids.end()) return claim.depth;
  const int depth = id->second;
  host.ids.erase(id);
  return depth;
}

}  // namespace crawler
