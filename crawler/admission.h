// Decides which lines of the list are fetched: each URL once, and none that the job has done.
//
//   Admission admission(sink, is_resumed);
//   for (Admission::Verdict verdict : co_await admission.judge(lines)) …
//
// Contract: memory is bounded however long the list: a bounded set answers for the URLs that came lately,
// what is not yet committed is known exactly, and the sink is asked for the rest. One judge() at a time.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "crawler/async/task.h"
#include "crawler/list_source.h"
#include "crawler/page_sink.h"
#include "crawler/seed_verdict.h"
#include "crawler/seen_urls.h"

namespace crawler {

class Admission {
 public:
  using Verdict = SeedVerdict;

  Admission(PageSink& sink, bool is_resumed) : sink_(sink), is_resumed_(is_resumed) {}

  /// One verdict a line. A URL that is to be fetched counts as uncommitted from now on.
  async::Task<std::vector<Verdict>> judge(const SeedLines& lines);
  /// The sink answers for it from now on.
  void forget_committed(const std::string& url) { uncommitted_.erase(url); }

 private:
  PageSink& sink_;
  bool is_resumed_;
  SeenUrls seen_;
  std::unordered_set<std::string> uncommitted_;
};

}  // namespace crawler
