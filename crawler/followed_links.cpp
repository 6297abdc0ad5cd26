#include "crawler/followed_links.h"

#include <algorithm>
#include <utility>

#include <xxhash.h>

#include "crawler/hash_seed.h"
#include "crawler/hash_set.h"
#include "parse/ascii.h"
#include "parse/robots_directives.h"

namespace crawler {
namespace {

using parse::LinkKind;

std::uint64_t hash_of(std::string_view text) {
  static const std::uint64_t seed = random_hash_seed();
  return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

/// Of words that are separated by single spaces.
bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

bool asks_not_to_follow(const parse::PageFacts& facts, const http::Response& response,
                        std::string_view product_token) {
  parse::RobotsDirectives asked;
  for (const parse::Property& meta : facts.robots)
    asked |= parse::read_robots_meta(meta.name, meta.content, product_token);
  for (const std::string_view value : response.all_headers("x-robots-tag"))
    asked |= parse::read_robots_header(value, product_token);
  return asked.nofollow;
}

}  // namespace

bool is_followed(LinkKind kind, std::string_view rel) {
  switch (kind) {
    case LinkKind::a:
    case LinkKind::area:
    case LinkKind::iframe:
    case LinkKind::frame:
    case LinkKind::meta_refresh:
      return true;
    case LinkKind::link:
      return !has_word(rel, "stylesheet") && (has_word(rel, "next") || has_word(rel, "prev") ||
                                              has_word(rel, "canonical") || has_word(rel, "alternate"));
    default:
      return false;
  }
}

FollowedLinks followed_links(const parse::PageFacts& facts, const http::Response& response,
                             const parse::Url& page, std::string_view product_token) {
  FollowedLinks found;
  const bool honours = !product_token.empty();
  const bool none = honours && asks_not_to_follow(facts, response, product_token);
  const std::string_view self = page.key();
  HashSet followed;
  HashSet left_out;
  for (const parse::Link& link : facts.links) {
    if (!is_followed(link.kind, link.rel)) continue;
    const std::string_view key = link.url.key();
    if (key == self) continue;
    const std::uint64_t hash = hash_of(key);
    if (none || (honours && has_word(link.rel, "nofollow"))) {
      if (left_out.insert(hash)) ++found.nofollow;
    } else if (followed.insert(hash)) {
      found.links.push_back(link.url.without_credentials());
    }
  }
  return found;
}

}  // namespace crawler
