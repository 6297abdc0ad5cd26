#include "crawler/retry.h"

#include <algorithm>
#include <cassert>

namespace crawler {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstLimit{500};
constexpr milliseconds kLastLimit{30'000};

}  // namespace

bool is_worth_retrying(PageError error) {
  switch (error) {
    case PageError::timeout:
    case PageError::stalled:
    case PageError::connect:
    case PageError::protocol:  // a connection that broke before the headers came; what is no HTTP is not told
                               // apart
    case PageError::truncated:
      return true;
    default:
      return false;
  }
}

bool is_worth_retrying(int status) {
  switch (status) {
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return true;
    default:
      return false;
  }
}

milliseconds backoff(int attempts_made, std::uint64_t random) {
  assert(attempts_made >= 1);
  // Six doublings go beyond the last limit; more would leave the number's range.
  const milliseconds limit = std::min(kLastLimit, kFirstLimit * (1 << std::min(attempts_made - 1, 6)));
  return milliseconds(random % (static_cast<std::uint64_t>(limit.count()) + 1));
}

}  // namespace crawler
