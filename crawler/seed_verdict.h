// What becomes of a line of the list, and the rows that say so.
//
//   visits.record(seed_row(line, SeedVerdict::duplicate));
//
// Contract: pure.
#pragma once

#include <string>

#include "crawler/list_source.h"
#include "storage/rows.h"

namespace crawler {

enum class SeedVerdict {
  take,
  duplicate,
  done_before,  // by an earlier run of the job
  reject,       // no URL
};

storage::SeedRow seed_row(const SeedLine& line, SeedVerdict verdict);
/// The page of a line that is a URL, but none that can be fetched.
storage::PageOutcome bad_url(std::string url);

}  // namespace crawler
