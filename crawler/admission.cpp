#include "crawler/admission.h"

#include <cstddef>
#include <utility>

namespace crawler {

async::Task<std::vector<Admission::Verdict>> Admission::judge(const SeedLines& lines) {
  std::vector<Verdict> verdicts(lines.size(), Verdict::reject);
  std::vector<std::string> unknown;
  std::vector<std::size_t> places;  // of the unknown, in lines
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& key = lines[i].key;
    if (key.empty()) continue;
    if (!seen_.insert(key) || uncommitted_.contains(key)) {
      verdicts[i] = Verdict::duplicate;
      continue;
    }
    verdicts[i] = Verdict::take;
    unknown.push_back(key);
    places.push_back(i);
  }

  if (!unknown.empty() && (is_resumed_ || seen_.has_forgotten())) {
    const std::vector<bool> are_done = co_await sink_.are_done(unknown);
    for (std::size_t i = 0; i < unknown.size(); ++i)
      if (are_done[i]) verdicts[places[i]] = is_resumed_ ? Verdict::done_before : Verdict::duplicate;
  }
  for (std::size_t i = 0; i < unknown.size(); ++i)
    if (verdicts[places[i]] == Verdict::take) uncommitted_.insert(std::move(unknown[i]));
  co_return verdicts;
}

}  // namespace crawler
