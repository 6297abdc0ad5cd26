// The lines of the list and all that their pages lead to, by way of the frontier.
//
//   FollowFeed feed(parts);
//   co_await feed.run();                 // until nothing waits, and nothing is under way that may lead on
//
// Lines go into the frontier as they are read. From there URLs are claimed as the schedule runs low; where it
// is full of hosts that are to be left alone for a while, theirs are given back to make room.
//
// Contract: see Feed. The sink has a frontier.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "crawler/async/event.h"
#include "crawler/async/task.h"
#include "crawler/feed.h"

namespace crawler {

class FollowFeed final : public Feed {
 public:
  explicit FollowFeed(Parts parts) : Feed(std::move(parts)) {}

  async::Task<> run() override;
  void note_commit(const Committed& committed) override;

 private:
  async::Task<> read_whole_list();
  /// What one look at every host has come to.
  struct Round {
    bool is_complete = false;  // else the schedule was full before, or there were enough
    std::optional<std::chrono::milliseconds> next_pause_ends{};
  };
  async::Task<> wait_for_what_was_given();
  async::Task<> claim_urls();
  async::Task<Round> claim_round();
  async::Task<> wait_for_news(std::optional<std::chrono::milliseconds> at_most);
  async::Task<> make_room();
  bool is_full() const;
  bool has_enough() const;
  std::size_t read_ahead() const;
  std::size_t low_water() const;
  std::size_t most_to_claim() const;
  async::Task<std::vector<SeedVerdict>> judge(const SeedLines& lines) override;
  async::Task<> put(parse::Url url) override;

  bool is_list_read_ = false;
  std::int64_t claimed_ = 0;  // that have no end yet
  std::int64_t begun_ = 0;    // in all, but for those that no page came of
  async::Event news_;         // a commit, or the end of the list
};

}  // namespace crawler
