// The lines of the list, each URL once, as the schedule has room for them.
//
//   ListFeed feed(parts, is_resumed);
//   co_await feed.run();                 // the schedule is closed then
#pragma once

#include <utility>
#include <vector>

#include "crawler/admission.h"
#include "crawler/async/task.h"
#include "crawler/feed.h"

namespace crawler {

class ListFeed final : public Feed {
 public:
  /// `is_resumed`: the sink may hold rows of an earlier run, whose lines are done.
  ListFeed(Parts parts, bool is_resumed) : Feed(std::move(parts)), admission_(parts_.sink, is_resumed) {}

  async::Task<> run() override {
    const Schedule::Closing at_end(parts_.schedule);
    co_await read_list();
  }
  void note_commit(const Committed& committed) override {
    for (const std::string& url : committed.pages) admission_.forget_committed(url);
  }

 private:
  async::Task<std::vector<SeedVerdict>> judge(const SeedLines& lines) override {
    return admission_.judge(lines);
  }
  async::Task<> put(parse::Url url) override {
    co_await parts_.schedule.wait_for_room();
    ++parts_.report.admitted;
    parts_.schedule.put(std::move(url));
  }
  bool is_satisfied() const override { return parts_.report.admitted == parts_.config.max_pages; }

  Admission admission_;
};

}  // namespace crawler
