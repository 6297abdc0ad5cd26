#include "crawler/frontier.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include <xxhash.h>

#include "crawler/hash_seed.h"
#include "crawler/host_name.h"
#include "crawler/page_key.h"

namespace crawler {
namespace {

// Sitemaps of sitemaps of what robots.txt names: more is a mistake.
constexpr int kMostSitemapDepth = 3;
// Links that are looked up together: waiting for memory once, they are twice as fast. More would drive one
// another out of the processor's cache.
constexpr std::size_t kLinksAtOnce = 128;

/// What a sitemap is known by, apart from the page at the same URL.
std::string sitemap_key(std::string key) { return "sitemap " + std::move(key); }

}  // namespace

Frontier::Frontier(storage::Database& database, const Following& following, bool ignores_tracking, Job job,
                   std::size_t most_known)
    : store_(database),
      following_(following),
      ignores_tracking_(ignores_tracking),
      job_{.id = job.id, .is_resumed = job.is_resumed && store_.belongs_to(job.id)},
      known_(most_known),
      scope_(following.scope),
      rules_(following.include, following.exclude),
      traps_(following.budgets) {
  if (job_.is_resumed)
    restore();
  else
    store_.begin(job.id);
}

/// What a page was fetched of is known by its row, the rest by the queue.
void Frontier::restore() {
  store_.for_each_done(job_.id, [this](std::string_view url, int depth) {
    set(name_of(url), {Fate::begun, depth});
  });
  store_.for_each([this](const storage::FrontierRow& row) {
    next_id_ = std::max(next_id_, row.id + 1);
    const std::string key = key_of(row);
    const Name name = name_of(key);
    const auto known = known_.find(name.key);
    // A page that is stored waits for its second turn in a row of the same depth.
    if (known && known->depth < row.depth + (known->fate == Fate::waiting ? 1 : 0)) return;
    if (!known || known->fate == Fate::begun) ++waiting_;
    set(name, {Fate::waiting, row.depth});
  });
  store_.for_each_outside([this](const storage::OutsideRow& row) {
    next_id_ = std::max(next_id_, row.id + 1);
    const std::string key = key_of(*parse::Url::parse(row.url));
    const Name name = name_of(key);
    const auto known = known_.find(name.key);
    if (!known) skips_.add(SkipReason::out_of_scope, row.url);
    if (!known || known->depth > row.depth) set(name, {Fate::outside, row.depth});
  });
  store_.for_each_in_scope([this](std::string_view text, bool is_given) {
    const auto url = parse::Url::parse(text);
    if (!url) return;
    scope_.add(*url);
    if (is_given) note_given(*url);
  });
}

std::string Frontier::key_of(const parse::Url& url) const { return page_key(url, ignores_tracking_); }

std::string Frontier::key_of(const storage::FrontierRow& row) const {
  if (static_cast<Purpose>(row.purpose) != Purpose::page) return sitemap_key(row.url);
  return ignores_tracking_ ? key_of(*parse::Url::parse(row.url)) : row.url;
}

std::optional<Frontier::Known> Frontier::find(const Name& name) {
  if (const auto known = known_.find(name.key)) return known;
  if (!known_.is_full()) return std::nullopt;
  if (const auto out = handed_out_.find(std::string(name.text)); out != handed_out_.end())
    return Known{Fate::begun, depth_of(out->second)};
  const auto done = store_.depth_of_done(name.text, job_.id);
  const auto waiting = store_.depth_of_waiting(name.text);
  if (done && (!waiting || *done < *waiting)) return Known{Fate::begun, *done};
  if (waiting) return Known{Fate::waiting, *waiting};
  if (store_.is_outside(name.text)) return Known{Fate::outside, 0};
  return std::nullopt;
}

void Frontier::set(const Name& name, Known known) {
  if (known_.set(name.key, known) || is_indexed_) return;
  // From here on the database is asked for what memory has no room for.
  store_.index_urls();
  is_indexed_ = true;
}

SeedVerdict Frontier::put_given(const SeedLine& line) {
  if (line.url) return put_given(*line.url);
  return line.key.empty() ? SeedVerdict::reject : put_unfetchable(line.key);
}

/// A URL of another scheme: it has its row at once.
SeedVerdict Frontier::put_unfetchable(const std::string& key) {
  const bool is_first = given_.insert(key);
  const Name name = name_of(key);
  if (find(name)) return job_.is_resumed && is_first ? SeedVerdict::done_before : SeedVerdict::duplicate;
  set(name, {Fate::begun, 0});
  return SeedVerdict::take;
}

SeedVerdict Frontier::put_given(const parse::Url& url) {
  const parse::Url shown = url.without_credentials();
  if (!url.credentials().empty()) credentials_.try_emplace(shown.origin(), url.credentials());
  note_given(shown);
  grow_scope(shown, true);
  const std::string key = key_of(shown);
  const Met met{.url = shown, .name = name_of(key), .is_listed = true};
  const bool is_first = given_.insert(key);
  const auto known = find(met.name);
  if (!known) {
    enqueue(met);
    return SeedVerdict::take;
  }
  if (known->fate == Fate::begun) {
    if (known->depth > 0) put_again(met, *known);
    if (const auto now = find(met.name); now && now->fate == Fate::waiting) return SeedVerdict::take;
    return job_.is_resumed && is_first ? SeedVerdict::done_before : SeedVerdict::duplicate;
  }
  // It waits as one of the job's own lines; or as what a page led to, and now for itself.
  if (known->depth == 0 && known->fate == Fate::waiting)
    return job_.is_resumed && is_first ? SeedVerdict::take : SeedVerdict::duplicate;
  put_again(met, *known);
  return SeedVerdict::take;
}

void Frontier::complete(const Finding& finding) {
  int depth = 0;
  if (finding.claim) {
    const Claim& claim = *finding.claim;
    if (!finding.is_done) return;
    const bool is_page = finding.purpose == Purpose::page;
    const std::string key = is_page ? finding.key : sitemap_key(finding.key);
    depth = take_from_claims(claim);
    store_.remove({.host_id = claim.host_id, .depth = depth, .id = claim.id});
    handed_out_.erase(key);
    --waiting_;
    // Met again on the way.
    if (is_page && depth < claim.depth) store_.lower_depth(key, depth);
  }
  if (finding.skipped) skips_.add(*finding.skipped, finding.key);
  skips_.add(SkipReason::nofollow, finding.key, finding.nofollow_links);
  skips_.add(SkipReason::sitemap_entries, finding.key, finding.entries_beyond_bounds);
  put_links(finding, depth + 1);
  for (const parse::Url& sitemap : finding.sitemaps) put_sitemap(sitemap, finding);
  if (finding.redirect) put_redirect(finding, *finding.redirect, depth);
}

void Frontier::put_links(const Finding& finding, int depth) {
  std::vector<std::string> keys;
  std::vector<Name> names;
  for (std::span<const parse::Url> links = finding.links; !links.empty();) {
    const auto some = links.first(std::min(links.size(), kLinksAtOnce));
    links = links.subspan(some.size());
    keys.clear();
    names.clear();
    if (ignores_tracking_)
      for (const parse::Url& link : some) keys.push_back(key_of(link));
    for (std::size_t i = 0; i < some.size(); ++i)
      names.push_back(name_of(ignores_tracking_ ? std::string_view(keys[i]) : some[i].key()));
    for (std::size_t i = 0; i < some.size(); ++i)
      put({.url = some[i], .name = names[i], .depth = depth, .referrer = finding.key});
  }
}

void Frontier::put(const Met& met) {
  const auto known = find(met.name);
  if (known) {
    if (met.depth < known->depth && known->fate != Fate::refused) put_again(met, *known);
    return;
  }
  if (const auto reason = refusal(met.url)) {
    refuse(met, *reason);
  } else if (!scope_.contains(met.url)) {
    skips_.add(SkipReason::out_of_scope, met.url.key());
    leave_outside(met);
  } else {
    enqueue(met);
  }
}

/// At a smaller depth than before.
void Frontier::put_again(const Met& met, const Known& known) {
  const bool was_too_deep = is_too_deep(known.depth);
  switch (known.fate) {
    case Fate::waiting:
      // The row that it waits with is passed over when its turn comes.
      if (was_too_deep) {
        skips_.take_back(SkipReason::too_deep);
        enqueue(met);
      } else {
        set(met.name, {Fate::waiting, met.depth});
        add_row(met);
      }
      return;
    case Fate::begun:
      if (const auto out = handed_out_.find(std::string(met.name.text)); out != handed_out_.end()) {
        lower_row(met, out->second);
      } else {
        store_.lower_depth(met.name.text, met.depth);
        // What its links led to was too deep, or may have been. It counts among its host's pages already.
        if (following_.max_depth) return add_waiting(met);
      }
      set(met.name, {Fate::begun, met.depth});
      return;
    case Fate::outside:
      if (met.is_listed || scope_.contains(met.url))
        enqueue(met);
      else
        leave_outside(met);
      return;
    case Fate::refused:
      if (met.is_listed) enqueue(met);
      return;
  }
}

/// The target is as deep as what led to it; where a given URL leads is in scope, as if it had been given.
void Frontier::put_redirect(const Finding& finding, const parse::Url& target, int depth) {
  const Claim& claim = *finding.claim;
  if (claim.is_listed) grow_scope(target, false);
  const std::string key = key_of(target);
  Met met{.url = target,
          .name = name_of(key),
          .depth = depth,
          .referrer = finding.key,
          .redirects = claim.redirects + 1,
          .is_listed = claim.is_listed};
  if (!claim.is_listed) return put(met);
  const auto known = find(met.name);
  if (!known)
    enqueue(met);
  else if (known->depth > depth)
    put_again(met, *known);
}

void Frontier::put_sitemap(const parse::Url& url, const Finding& finding) {
  const int depth = finding.claim && finding.purpose == Purpose::sitemap ? finding.claim->depth + 1 : 0;
  if (depth > kMostSitemapDepth) return;
  const std::string key = sitemap_key(std::string(url.key()));
  const Met met{
      .url = url, .name = name_of(key), .depth = depth, .referrer = finding.key, .purpose = Purpose::sitemap};
  if (!known_.find(met.name.key)) enqueue(met);
}

std::optional<SkipReason> Frontier::refusal(const parse::Url& url) {
  if (const auto trap = traps_.judge(url)) return *trap;
  if (!rules_.allows(url)) return SkipReason::excluded;
  return std::nullopt;
}

void Frontier::refuse(const Met& met, SkipReason reason) {
  skips_.add(reason, met.url.key());
  set(met.name, {Fate::refused, met.depth});
}

/// Kept with its reason, since the scope may grow.
void Frontier::leave_outside(const Met& met) {
  store_.add_outside({.id = next_id_++,
                      .unit = scope_.unit_of(met.url),
                      .url = std::string(met.url.key()),
                      .depth = met.depth,
                      .referrer = std::string(met.referrer)});
  set(met.name, {Fate::outside, met.depth});
}

/// As one URL more that waits.
void Frontier::enqueue(const Met& met) {
  if (!met.is_listed && is_too_deep(met.depth)) {
    skips_.add(SkipReason::too_deep, met.url.key());
    set(met.name, {Fate::waiting, met.depth});
    return;
  }
  storage::FrontierHost& host = host_of(met.url);
  const std::int64_t most = following_.budgets.host_pages;
  if (!met.is_listed && most != 0 && host.pages >= most) return refuse(met, SkipReason::host_pages);
  ++host.pages;
  add_waiting(met);
}

void Frontier::add_waiting(const Met& met) {
  ++waiting_;
  set(met.name, {Fate::waiting, met.depth});
  add_row(met);
}

void Frontier::add_row(const Met& met) {
  store_.add({.host_id = host_of(met.url).id,
              .depth = met.depth,
              .id = next_id_++,
              .url = std::string(met.url.key()),
              .purpose = static_cast<int>(met.purpose),
              .referrer = std::string(met.referrer),
              .redirects = met.redirects,
              .is_listed = met.is_listed});
}

void Frontier::grow_scope(const parse::Url& url, bool is_given) {
  const bool has_grown = scope_.add(url);
  if (!has_grown) return;
  store_.add_to_scope(url.key(), is_given);
  for (const storage::OutsideRow& row : store_.take_outside(scope_.unit_of(url))) {
    const auto outside = parse::Url::parse(row.url);
    if (!outside) continue;
    const std::string key = key_of(*outside);
    const Met met{.url = *outside, .name = name_of(key), .depth = row.depth, .referrer = row.referrer};
    const auto known = find(met.name);
    // Of a URL's rows the one of its smallest depth counts. One that is not known was taken out just now.
    if (known && (known->fate != Fate::outside || known->depth < row.depth)) continue;
    if (!scope_.contains(*outside)) {
      leave_outside(met);
      continue;
    }
    skips_.take_back(SkipReason::out_of_scope);
    enqueue(met);
  }
}

void Frontier::note_given(const parse::Url& url) {
  const bool is_new_host = listed_.insert(hash_of(host_name(url)));
  const bool is_new_origin = listed_.insert(hash_of(url.origin()));
  if (is_new_host || is_new_origin) store_.add_to_scope(url.key(), true);
}

std::uint64_t Frontier::hash_of(std::string_view text) const {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed_);
}

storage::FrontierHost& Frontier::host_of(const parse::Url& url) {
  const auto [place, is_new] = hosts_.try_emplace(host_name(url));
  if (is_new) place->second = store_.host(place->first);
  return place->second;
}

void Frontier::flush() {
  for (const auto& [name, host] : hosts_) store_.set_pages(host);
  hosts_.clear();
}

FrontierState Frontier::state() const {
  return {.waiting = waiting_, .known = static_cast<std::int64_t>(known_.size()), .skips = skips_};
}

}  // namespace crawler
