// A resource for a scope whose opening and closing may await.
//
//   class Session {
//    public:
//     Task<> enter();                                // if it throws, there is no exit
//     Task<> exit(const std::exception_ptr& error);  // null if the body returned
//   };
//   const int n = co_await async_with(Session(url), [](Session& s) { return s.count(); });
//
// Contract: exit is awaited on every path out of the body, cancellation too; a cancellation that comes during
// exit is thrown at exit's own awaits. What exit throws replaces what the body threw. An exit that is a
// Task<bool> may give true to suppress the body's error, where the body gives no value. The manager lives in
// this frame. Source: https://peps.python.org/pep-0492/#asynchronous-context-managers-and-async-with
#pragma once

#include <exception>
#include <type_traits>
#include <utility>

#include "crawler/async/task.h"

namespace crawler::async {

template <class Manager, class Body>
auto async_with(Manager manager, Body body) -> std::invoke_result_t<Body&, Manager&> {
  using Result = decltype(body(manager).frame().promise().outcome.take());
  co_await manager.enter();
  Outcome<Result> outcome;
  try {
    if constexpr (std::is_void_v<Result>) {
      co_await body(manager);
      outcome.set_value(Unit{});
    } else {
      outcome.set_value(co_await body(manager));
    }
  } catch (...) {
    outcome.set_error(std::current_exception());
  }
  const std::exception_ptr error = outcome.error() != nullptr ? *outcome.error() : nullptr;
  if constexpr (std::is_same_v<decltype(manager.exit(error)), Task<bool>>) {
    static_assert(std::is_void_v<Result>, "where the error may be suppressed there may be no value to give");
    const bool suppresses = co_await manager.exit(error);
    if (suppresses) co_return;
  } else {
    co_await manager.exit(error);
  }
  co_return outcome.take();
}

}  // namespace crawler::async
