#include "crawler/seed_verdict.h"

#include <utility>

#include "crawler/page_error.h"
#include "crawler/wall_clock.h"

namespace crawler {

storage::SeedRow seed_row(const SeedLine& line, SeedVerdict verdict) {
  storage::SeedRow seed;
  seed.line = line.number;
  seed.given = line.given.empty() ? line.key : line.given;
  if (!line.key.empty()) seed.url = line.key;
  switch (verdict) {
    case SeedVerdict::reject:
      seed.outcome = "rejected: " + std::string(parse::describe(line.url.error()));
      break;
    case SeedVerdict::duplicate:
      seed.outcome = "duplicate";
      break;
    default:
      seed.outcome = "accepted";
  }
  return seed;
}

storage::PageOutcome bad_url(std::string url) {
  storage::PageOutcome page;
  page.url = std::move(url);
  page.error = name(PageError::bad_url);
  page.at = now_iso8601();
  return page;
}

}  // namespace crawler
