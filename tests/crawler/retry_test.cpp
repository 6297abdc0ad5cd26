#include "crawler/retry.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>

#include <gtest/gtest.h>

namespace crawler {
namespace {

using namespace std::chrono_literals;

TEST(Retry, IsWorthItWhereTheNetworkFailed) {
  const std::set<PageError> worth = {PageError::timeout, PageError::stalled, PageError::connect,
                                     PageError::protocol, PageError::truncated};
  for (const PageError error : worth) EXPECT_TRUE(is_worth_retrying(error)) << name(error);
}

TEST(Retry, IsNotWorthItWhereTheAnswerWouldBeTheSame) {
  for (const PageError error :
       {PageError::tls, PageError::header_limit, PageError::too_large, PageError::content_encoding,
        PageError::redirect_limit, PageError::bad_redirect, PageError::bad_url, PageError::cancelled})
    EXPECT_FALSE(is_worth_retrying(error)) << name(error);
}

TEST(Retry, IsWorthItForFiveStatuses) {
  const std::set<int> worth = {429, 500, 502, 503, 504};
  for (int status = 100; status < 600; ++status)
    EXPECT_EQ(is_worth_retrying(status), worth.contains(status)) << status;
}

std::chrono::milliseconds longest(int attempts_made) {
  std::chrono::milliseconds found{0};
  for (std::uint64_t random = 0; random <= 40'000; ++random)
    found = std::max(found, backoff(attempts_made, random));
  return found;
}

TEST(Backoff, DoublesItsLimitUpToHalfAMinute) {
  EXPECT_EQ(longest(1), 500ms);
  EXPECT_EQ(longest(2), 1s);
  EXPECT_EQ(longest(3), 2s);
  EXPECT_EQ(longest(6), 16s);
  EXPECT_EQ(longest(7), 30s);
  EXPECT_EQ(longest(8), 30s);
  EXPECT_EQ(longest(std::numeric_limits<int>::max()), 30s);
}

TEST(Backoff, TakesAnyValueFromZeroOn) {
  std::set<std::chrono::milliseconds> values;
  for (std::uint64_t random = 1'000'000; random < 1'000'000 + 501; ++random)
    values.insert(backoff(1, random));
  EXPECT_EQ(values.size(), 501U);
  EXPECT_EQ(*values.begin(), 0ms);
  EXPECT_LE(backoff(1, std::numeric_limits<std::uint64_t>::max()), 500ms);
}

}  // namespace
}  // namespace crawler
