#include "crawler/http/resolver.h"

#include <algorithm>
#include <utility>

#include "crawler/http/ascii_case.h"
#include "crawler/http/ip_families.h"
#include "crawler/http/system_names.h"

namespace crawler::http {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kHostsFileKept = 10s;
constexpr std::chrono::seconds kLoopbackKept = 1h;

// RFC 1035 section 2.3.4, and a trailing dot.
constexpr std::size_t kLongestName = 254;

SystemLookUps::Function system_function(const ResolverOptions& options) {
  if (options.ask_system) return options.ask_system;
  if (options.servers.empty()) return &ask_system;
  return {};
}

/// Whether the name is `domain` or lies in it.
bool is_in(std::string_view name, std::string_view domain) {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (!name.ends_with(domain)) return false;
  name.remove_suffix(domain.size());
  return name.empty() || name.ends_with('.');
}

bool can_be_a_name(const std::string& name) {
  return !name.empty() && name != "*" && name.size() <= kLongestName && !name.contains('\0');
}

}  // namespace

/// A name that is looked up, and who wants to know.
class Resolver::Query final : public NameQuery, public async::Linked<Query> {
 public:
  Query(Resolver& resolver, const std::string& of)
      : NameQuery(resolver.sources_), name(of), resolver_(resolver) {}
  ~Query() {
    while (Asker* const asker = askers.first()) remove(*asker);
  }
  void add(Asker& asker) {
    asker.query_ = this;
    askers.append(asker);
  }
  void remove(Asker& asker) noexcept {
    asker.query_ = nullptr;
    askers.remove(asker);
  }

  Resolver& resolver() const { return resolver_; }

  const std::string name;
  async::LinkedList<Asker> askers;
  enum { not_to_keep, found_here, waiting, running } state = found_here;

 private:
  void finish(const LookUp& found, async::TimePoint valid_until) noexcept override;

  Resolver& resolver_;
};

Resolver::Asker::~Asker() {
  if (query_ != nullptr) query_->resolver().withdraw(*this);
}

Resolver::Resolver(async::EventLoop& loop, const ResolverOptions& options)
    : loop_(loop),
      at_once_(std::max<std::size_t>(options.at_once, 1)),
      ask_system_(system_function(options)),
      system_knows_more_(knows_more_than_dns(options.files.nsswitch_conf)),
      hosts_(options.files.hosts),
      known_(options.max_known),
      channel_(loop, options.servers, options.files.resolv_conf, options.timeout),
      system_(loop, ask_system_),
      sources_{.loop = loop,
               .channel = channel_,
               .system = system_,
               .families = read_ip_families(),
               .timeout = options.timeout} {}

Resolver::~Resolver() = default;

const LookUp* Resolver::find(std::string_view name) { return known_.find(in_lower_case(name), loop_.now()); }

void Resolver::ask(std::string_view name, Asker& asker) {
  const std::string key = in_lower_case(name);
  std::unique_ptr<Query>& query = queries_[key];
  const bool is_new = !query;
  if (is_new) query = std::make_unique<Query>(*this, key);
  asker.asked_at_ = loop_.now();
  query->add(asker);
  if (!is_new || settle_here(*query)) return;
  query->state = Query::waiting;
  line_.append(*query);
  start_next();
}

void Resolver::withdraw(Asker& asker) noexcept {
  Query* const query = asker.query_;
  if (query == nullptr) return;
  query->remove(asker);
  // What was asked of others may as well be learnt.
  if (query->state != Query::waiting || !query->askers.is_empty()) return;
  line_.remove(*query);
  queries_.erase(queries_.find(query->name));
}

bool Resolver::settle_here(Query& query) {
  const std::string& name = query.name;
  if (const LookUp* found = known_.find(name, loop_.now())) {
    query.state = Query::not_to_keep;
    query.settle(*found, loop_.now());
  } else if (!can_be_a_name(name)) {
    query.state = Query::not_to_keep;  // there is no bound on its length
    query.settle(LookUpError::no_such_name);
  } else if (is_in(name, "invalid") || is_in(name, "onion")) {
    query.settle(LookUpError::no_such_name);
  } else if (const auto* ips = hosts_.find(name, loop_.now())) {
    query.settle(*ips, kHostsFileKept);
  } else if (is_in(name, "localhost")) {
    query.settle({"127.0.0.1", "::1"}, kLoopbackKept);
  } else {
    return false;
  }
  return true;
}

bool Resolver::system_may_know(std::string_view name) const {
  return ask_system_ && (system_knows_more_ || !name.contains('.') || is_in(name, "local"));
}

void Resolver::start_next() {
  while (running_ < at_once_) {
    Query* const next = line_.first();
    if (next == nullptr) return;
    line_.remove(*next);
    next->state = Query::running;
    ++running_;
    next->start(next->name, system_may_know(next->name));
  }
}

void Resolver::Query::finish(const LookUp& found, async::TimePoint valid_until) noexcept {
  // Out of sight first: whoever is told may ask for the name again.
  const auto self = resolver_.queries_.extract(resolver_.queries_.find(name));
  if (state == running) --resolver_.running_;
  if (state != not_to_keep) resolver_.known_.keep(name, found, valid_until);
  resolver_.start_next();
  const async::TimePoint now = resolver_.loop_.now();
  while (Asker* const asker = askers.first()) {
    remove(*asker);
    asker->take_look_up(found, now - asker->asked_at_);
  }
}

}  // namespace crawler::http
