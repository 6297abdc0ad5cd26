// One budget of bytes for all bodies, from their first byte to their commit: over it no transfer starts.
//
//   MemoryBudget budget(256 << 20, [&client] { return client.body_bytes(); });
//   co_await budget.wait_for_room();
//   MemoryBudget::Charge charge = budget.charge(bytes);   // moves with the page; given back when it goes
//
// Contract: loop thread only. It bounds when work may start: what runs may go over it and finish, and one may
// always run, however small the budget. Who waits for room holds no charge. Outlives its charges.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>

#include "crawler/async/task.h"
#include "crawler/async/wait_list.h"

namespace crawler {

class MemoryBudget {
 public:
  class Charge;

  /// `arriving` tells what running transfers hold: it counts too, and who ends one changes a charge after.
  explicit MemoryBudget(
      std::size_t bytes, std::function<std::size_t()> arriving = [] { return std::size_t{0}; })
      : limit_(bytes), arriving_(std::move(arriving)) {}

  async::Task<> wait_for_room() {
    // Who is woken looks for itself: a charge that shrinks may make room for several or for none.
    while (!has_room()) co_await line_.wait("room in memory");
  }
  Charge charge(std::size_t bytes);
  std::size_t charged() const { return charged_; }

 private:
  bool has_room() const { return charged_ == 0 || charged_ + arriving_() < limit_; }
  void change(std::size_t from, std::size_t to) {
    charged_ = charged_ - from + to;
    if (has_room()) line_.wake_all();
  }

  std::size_t limit_;
  std::function<std::size_t()> arriving_;
  std::size_t charged_ = 0;
  async::WaitList line_;
};

class [[nodiscard]] MemoryBudget::Charge {
 public:
  Charge() = default;
  Charge(MemoryBudget& budget, std::size_t bytes) : budget_(&budget) { set(bytes); }
  Charge(Charge&& other) noexcept
      : budget_(std::exchange(other.budget_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  Charge& operator=(Charge&& other) noexcept {
    std::swap(budget_, other.budget_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~Charge() { set(0); }

  void set(std::size_t bytes) {
    if (budget_ != nullptr) budget_->change(std::exchange(bytes_, bytes), bytes);
  }

 private:
  MemoryBudget* budget_ = nullptr;
  std::size_t bytes_ = 0;
};

inline MemoryBudget::Charge MemoryBudget::charge(std::size_t bytes) { return Charge(*this, bytes); }

}  // namespace crawler
