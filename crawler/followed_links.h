// Where a page leads a crawl: of its links those that are followed.
//
//   FollowedLinks found = followed_links(facts, response, {.product_token = "crawl"});
//   frontier.put(found.links);
//
// Followed are a, area, iframe, frame, meta refresh, and link with rel next, prev, canonical or alternate:
// what a reader would be led to. Forms, images, scripts and styles are not.
//
// Contract: pure. Each URL once, whatever its fragments, and none that is the page itself. Links are told
// apart by 64 bits of a hash under a random seed. Credentials that a link has are left out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/http/response.h"
#include "parse/page_facts.h"
#include "parse/url.h"

namespace crawler {

struct FollowedLinks {
  std::vector<parse::Url> links{};
  std::int64_t nofollow = 0;  // URLs whose links were left out, as they, the page or its answer ask for it
};

bool is_followed(parse::LinkKind kind, std::string_view rel);

/// `product_token`: who is asked not to follow; those who are not asked do. Empty: what asks for it is
/// followed all the same.
FollowedLinks followed_links(const parse::PageFacts& facts, const http::Response& response,
                             const parse::Url& page, std::string_view product_token);

}  // namespace crawler
