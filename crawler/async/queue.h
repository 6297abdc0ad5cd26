// A bounded queue between tasks, first in, first out.
//
//   Queue<Page> pages(1000);
//   co_await pages.put(std::move(page));        // waits while it is full
//   const Page page = co_await pages.get();     // waits while it is empty
//   pages.task_done();                          // only where join() is used
//   co_await pages.join();                      // until each item has been got and task_done() called for it
//   pages.shutdown();                           // no more items will come
//
// Contract: loop thread only; outlives its waiters. Cancelling a getter loses no item, cancelling a putter
// that waits drops its item; each passes its turn on. After shutdown() put throws QueueShutDown, and get
// gives what is left, then throws; after shutdown_immediately() what is left is dropped. Source:
// https://docs.python.org/3/library/asyncio-queue.html
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <optional>
#include <stdexcept>
#include <utility>

#include "crawler/async/event.h"
#include "crawler/async/task.h"
#include "crawler/async/wait_list.h"

namespace crawler::async {

class QueueShutDown : public std::runtime_error {
 public:
  QueueShutDown() : std::runtime_error("the queue is shut down") {}
};

template <class T>
class Queue {
 public:
  /// Capacity 0: unbounded.
  explicit Queue(std::size_t capacity = 0) : capacity_(capacity) { all_done_.set(); }

  Task<> put(T item) {
    co_await wait_for_room();
    push(std::move(item));
  }

  Task<T> get() {
    co_await wait_for_item();
    co_return pop();
  }

  /// Nothing if it is empty.
  std::optional<T> try_get() {
    if (is_empty()) return std::nullopt;
    return pop();
  }
  /// False, and the item stays the caller's, if it is full.
  [[nodiscard]] bool try_put(T&& item) {
    if (is_shut_down_) throw QueueShutDown();
    if (is_full()) return false;
    push(std::move(item));
    return true;
  }
  /// Puts the item even where there is no room: for one that must not be lost to a cancellation.
  void put_now(T item) {
    if (is_shut_down_) throw QueueShutDown();
    push(std::move(item));
  }

  /// An item that was got has been dealt with. Throws std::logic_error if there is no such item.
  void task_done() {
    if (unfinished_ == 0) throw std::logic_error("task_done() called for more items than were put");
    if (--unfinished_ == 0) all_done_.set();
  }
  /// Waits until task_done() has been called for every item put.
  Event::Wait join() { return all_done_.wait(); }

  /// No more items will come.
  void shutdown() {
    is_shut_down_ = true;
    getters_.wake_all();
    putters_.wake_all();
  }
  /// The same, and what is left counts as done.
  void shutdown_immediately() {
    unfinished_ -= std::min(unfinished_, items_.size());
    items_.clear();
    if (unfinished_ == 0) all_done_.set();
    shutdown();
  }

  bool is_empty() const { return items_.empty(); }
  bool is_full() const { return capacity_ != 0 && items_.size() >= capacity_; }
  std::size_t size() const { return items_.size(); }
  /// How many tasks wait, for an item or for room.
  std::size_t waiting() const { return getters_.size() + putters_.size(); }

 private:
  Task<> wait_for_room() {
    while (is_full() && !is_shut_down_) {
      WaitList::Wait room(putters_, "room in a queue");
      try {
        co_await room;
      } catch (...) {
        if (room.was_woken() && !is_full()) putters_.wake_one();
        throw;
      }
    }
    if (is_shut_down_) throw QueueShutDown();
  }

  Task<> wait_for_item() {
    while (is_empty()) {
      if (is_shut_down_) throw QueueShutDown();
      WaitList::Wait item(getters_, "an item in a queue");
      try {
        co_await item;
      } catch (...) {
        if (item.was_woken() && !is_empty()) getters_.wake_one();
        throw;
      }
    }
  }

  void push(T item) {
    items_.push_back(std::move(item));
    ++unfinished_;
    all_done_.clear();
    getters_.wake_one();
  }
  T pop() {
    T item = std::move(items_.front());
    items_.pop_front();
    putters_.wake_one();
    return item;
  }

  std::size_t capacity_;
  std::deque<T> items_;
  std::size_t unfinished_ = 0;  // items put, less the calls of task_done()
  Event all_done_;              // set while that is 0
  WaitList getters_;
  WaitList putters_;
  bool is_shut_down_ = false;
};

}  // namespace crawler::async
