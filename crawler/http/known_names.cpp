#include "crawler/http/known_names.h"

namespace crawler::http {

const LookUp* KnownNames::find(const std::string& name, async::TimePoint now) {
  const auto found = names_.find(name);
  if (found == names_.end() || found->second.valid_until <= now) return nullptr;
  Known& known = found->second;
  by_use_.remove(known);
  by_use_.append(known);
  return &known.found;
}

void KnownNames::keep(const std::string& name, const LookUp& found, async::TimePoint valid_until) {
  const auto [place, is_new] = names_.try_emplace(name);
  Known& known = place->second;
  if (is_new)
    known.name = &place->first;
  else
    by_use_.remove(known);
  known.found = found;
  known.valid_until = valid_until;
  by_use_.append(known);
  if (names_.size() <= at_most_) return;
  Known& oldest = *by_use_.first();
  by_use_.remove(oldest);
  names_.erase(names_.find(*oldest.name));
}

}  // namespace crawler::http
