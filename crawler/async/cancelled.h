// How a cancellation travels: an exception raised at the await where the task is suspended.
//
//   try { co_await sleep(1h); }
//   catch (const Cancelled&) { tidy_up(); throw; }
//
// Contract: not a std::exception, so that `catch (const std::exception&)` cannot swallow it. Code that
// catches it, by `catch (...)` too, rethrows it; one that does not has declared the cancellation void
// (asyncio: "swallowed"). Source:
// https://docs.python.org/3/library/asyncio-exceptions.html#asyncio.CancelledError
#pragma once

#include <string>

namespace crawler::async {

struct Cancelled final {
  std::string message;
};

}  // namespace crawler::async
