// Runs several tasks at once and gives all their results, in the order of the arguments.
//
//   const std::tuple<User, Page> both = co_await gather(find(name), fetch(url));
//   const std::vector<Page> pages = co_await gather(std::move(tasks));          // of Task<Page>
//   const std::vector<Outcome<Page>> all = co_await gather_outcomes(std::move(tasks));
//
// Contract: takes Tasks, which are spawned when the gather is awaited, and TaskHandles, alone or in a vector;
// what a Task gives is moved out, what a handle gives is copied. gather() throws the first failure at once
// (Cancelled, if a task was cancelled), while the other tasks go on (what they refer to must outlive them: a
// TaskGroup has no such edge) and their errors are dropped.
// gather_outcomes() waits for all and gives errors as values (asyncio: return_exceptions). A cancellation of
// either is passed on to all the tasks, and thrown when all have ended: nothing that they refer to in the
// awaiting frame goes before them. void counts as Unit in a tuple and an Outcome, and as nothing in a vector.
// Source: https://docs.python.org/3/library/asyncio-task.html#asyncio.gather
#pragma once

#include <concepts>
#include <exception>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "crawler/async/spawn.h"
#include "crawler/async/task.h"
#include "crawler/async/task_ends.h"

namespace crawler::async {

template <class Awaitable>
struct Gathered;  // how one argument is run, and what it gives

template <class T>
struct Gathered<Task<T>> {
  using Result = T;
  static TaskHandle<T> start(Task<T> task) { return spawn(std::move(task)); }
  static ValueOf<T> take(const TaskHandle<T>& ended) { return std::move(ended.task().value()); }
};

template <class T>
requires(std::copy_constructible<ValueOf<T>>) struct Gathered<TaskHandle<T>> {
  using Result = T;
  static TaskHandle<T> start(TaskHandle<T> task) { return task; }
  static ValueOf<T> take(const TaskHandle<T>& ended) { return ended.result(); }
};

template <class Awaitable>
using GatheredResult = typename Gathered<Awaitable>::Result;
template <class Awaitable>
concept Gatherable = requires {
  typename Gathered<Awaitable>::Result;
};

enum class GatherUntil { first_failure, all_ended };
/// Waits, throws the first failure if it waits for one, and passes a cancellation on.
Task<> wait_for_gathered(std::vector<TaskState*> tasks, GatherUntil until);

template <Gatherable Awaitable>
Outcome<GatheredResult<Awaitable>> take_outcome(const TaskHandle<GatheredResult<Awaitable>>& ended) {
  Outcome<GatheredResult<Awaitable>> outcome;
  try {
    outcome.set_value(Gathered<Awaitable>::take(ended));
  } catch (...) {
    outcome.set_error(std::current_exception());
  }
  return outcome;
}

template <class... T>
std::vector<TaskState*> states_of(const std::tuple<TaskHandle<T>...>& handles) {
  return std::apply([](const auto&... handle) { return std::vector<TaskState*>{&handle.task()...}; },
                    handles);
}

template <Gatherable Awaitable>
std::vector<TaskHandle<GatheredResult<Awaitable>>> start_all(std::vector<Awaitable> awaitables) {
  std::vector<TaskHandle<GatheredResult<Awaitable>>> handles;
  handles.reserve(awaitables.size());
  for (Awaitable& awaitable : awaitables) handles.push_back(Gathered<Awaitable>::start(std::move(awaitable)));
  return handles;
}

template <Gatherable... Awaitable>
Task<std::tuple<ValueOf<GatheredResult<Awaitable>>...>> gather(Awaitable... awaitables) {
  // Braces: the tasks start in the order of the arguments.
  const std::tuple<TaskHandle<GatheredResult<Awaitable>>...> handles{
      Gathered<Awaitable>::start(std::move(awaitables))...};
  co_await wait_for_gathered(states_of(handles), GatherUntil::first_failure);
  co_return std::apply(
      [](const auto&... handle) {
        return std::tuple<ValueOf<GatheredResult<Awaitable>>...>(Gathered<Awaitable>::take(handle)...);
      },
      handles);
}

template <Gatherable... Awaitable>
Task<std::tuple<Outcome<GatheredResult<Awaitable>>...>> gather_outcomes(Awaitable... awaitables) {
  const std::tuple<TaskHandle<GatheredResult<Awaitable>>...> handles{
      Gathered<Awaitable>::start(std::move(awaitables))...};
  co_await wait_for_gathered(states_of(handles), GatherUntil::all_ended);
  co_return std::apply(
      [](const auto&... handle) {
        return std::tuple<Outcome<GatheredResult<Awaitable>>...>(take_outcome<Awaitable>(handle)...);
      },
      handles);
}

template <Gatherable Awaitable>
requires(!std::is_void_v<GatheredResult<Awaitable>>) Task<std::vector<GatheredResult<Awaitable>>> gather(
    std::vector<Awaitable> awaitables) {
  const auto handles = start_all(std::move(awaitables));
  co_await wait_for_gathered(states_of(handles), GatherUntil::first_failure);
  std::vector<GatheredResult<Awaitable>> results;
  results.reserve(handles.size());
  for (const auto& handle : handles) results.push_back(Gathered<Awaitable>::take(handle));
  co_return results;
}

template <Gatherable Awaitable>
requires(std::is_void_v<GatheredResult<Awaitable>>) Task<> gather(std::vector<Awaitable> awaitables) {
  const auto handles = start_all(std::move(awaitables));
  co_await wait_for_gathered(states_of(handles), GatherUntil::first_failure);
}

template <Gatherable Awaitable>
Task<std::vector<Outcome<GatheredResult<Awaitable>>>> gather_outcomes(std::vector<Awaitable> awaitables) {
  const auto handles = start_all(std::move(awaitables));
  co_await wait_for_gathered(states_of(handles), GatherUntil::all_ended);
  std::vector<Outcome<GatheredResult<Awaitable>>> outcomes;
  outcomes.reserve(handles.size());
  for (const auto& handle : handles) outcomes.push_back(take_outcome<Awaitable>(handle));
  co_return outcomes;
}

}  // namespace crawler::async
