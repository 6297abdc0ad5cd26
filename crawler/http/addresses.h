// What a look-up of a name gives: the addresses that it stands for, or why there are none.
//
//   const LookUp& found = …;
//   if (found) connect_to((*found)->ips.front());
//   else if (found.error() == LookUpError::no_answer) try_again_later();
//
// Contract: immutable and shared: whoever holds Addresses keeps them, whatever is learnt meanwhile.
#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "crawler/async/clock.h"

namespace crawler::http {

/// Of one family, and of one source. What comes after is ignored.
inline constexpr std::size_t kMostAddresses = 16;

/// For how long it stands that nobody answered: who asks again before is told the same.
inline constexpr std::chrono::seconds kNoAnswerKept{5};

enum class LookUpError {
  no_such_name,  // it does not exist, or has no address
  no_answer      // no server answered in time, or one refused or failed
};

struct Addresses {
  std::vector<std::string> ips;  // "192.0.2.1", "2001:db8::1", in the order to try; never empty
  async::TimePoint valid_until;
};

using LookUp = std::expected<std::shared_ptr<const Addresses>, LookUpError>;

}  // namespace crawler::http
