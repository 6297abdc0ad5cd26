// Whether an answer is worth another request, and how long to wait before it.
//
//   if (attempts <= config.retries && is_worth_retrying(error))
//     requeue(url, now + backoff(attempts, random()));
//
// Contract: pure. Every request of a crawl is a GET, which may be sent again whatever became of it: RFC 9110,
// 9.2.2. What another try cannot mend is not worth it: certificates, sizes, encodings, refused addresses,
// redirects, names that do not exist.
#pragma once

#include <chrono>
#include <cstdint>

#include "crawler/page_error.h"

namespace crawler {

bool is_worth_retrying(PageError error);
bool is_worth_retrying(int status);

/// After `attempts_made`, at least 1, anything from nothing to 0.5 s, 1 s, 2 s and so on up to 30 s, evenly,
/// so that what failed together does not come back together.
std::chrono::milliseconds backoff(int attempts_made, std::uint64_t random);

}  // namespace crawler
