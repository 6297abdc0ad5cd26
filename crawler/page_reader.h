// From an answer to what the database keeps of it: decoding, facts, links, text.
//
//   storage::PageOutcome page = read_page(std::move(answer), keep, now);
//
// Contract: pure but for the time it is told; thread-safe; owns what it works on. Takes a while for a large
// page: some 50 µs a kilobyte of HTML.
#pragma once

#include <cstddef>
#include <string>

#include "crawler/answer.h"
#include "crawler/config.h"
#include "storage/rows.h"

namespace crawler {

/// `ended_at` is in ISO 8601.
storage::PageOutcome read_page(Answer answer, Keep keep, std::string ended_at);

/// Whether it is worth a thread.
bool is_slow_to_read(const Answer& answer);

}  // namespace crawler
