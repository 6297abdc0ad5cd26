// What a crawl's frontier costs as it grows, on a database on disk, driven as the program drives it: a
// transaction takes a batch of pages, their claims' ends and where they lead.
//
//   build/bench/bench/frontier_bench DATABASE HOSTS KNOWN...
//
// Pages have 100 links each: while it grows some 10 of them new, and the others to pages that are known, half
// of those to recent ones. At each size KNOWN it prints a line of what it cost to get there, and then one of
// 4,000 pages in a steady state, with 1 new link each. At the end the job is resumed, and then another one
// begins. `put` and `pages` are a second of processor time of the calls, and `wall` pages a second of real
// time; what makes the pages does not count.
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <deque>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <vector>

#include "crawler/frontier.h"
#include "storage/page_store.h"
#include "storage/run_store.h"
#include "storage/schema.h"

namespace crawler {
namespace {

constexpr std::size_t kLinks = 100;
constexpr std::uint64_t kNewInGrowth = 10;
constexpr std::uint64_t kRecent = 20'000;
constexpr std::uint64_t kOfOneHost = 8;   // links that follow one another, as they do on pages
constexpr std::size_t kBatch = 500;       // pages
constexpr std::size_t kAhead = 2000;      // claims
constexpr std::uint64_t kSteady = 4'000;  // pages

double seconds_of(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// Of the calls alone.
struct Cost {
  double cpu = 0, wall = 0;
  std::uint64_t pages = 0, puts = 0;

  template <class Call>
  auto measure(Call call) {
    const Meter meter(*this);
    return call();
  }

 private:
  struct Meter {
    explicit Meter(Cost& of) : cost(of) {}
    Meter(const Meter&) = delete;
    Meter& operator=(const Meter&) = delete;
    ~Meter() {
      cost.cpu += seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
      cost.wall += seconds_of(CLOCK_MONOTONIC) - wall;
    }
    Cost& cost;
    double cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    double wall = seconds_of(CLOCK_MONOTONIC);
  };
};

double resident_megabytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  statm >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1048576;
}

double megabytes(const std::filesystem::path& file) {
  std::error_code none;
  const auto size = std::filesystem::file_size(file, none);
  return none ? 0 : static_cast<double>(size) / 1048576;
}

/// URL number n, of 60 to 80 octets; its host is one of `hosts`.
class Web {
 public:
  explicit Web(std::uint64_t hosts) : hosts_(hosts) {}

  parse::Url url(std::uint64_t n) const {
    constexpr std::array kSlugs = {"a-short-title", "something-of-middle-length",
                                   "one-that-goes-on-and-on-to"};
    const std::uint64_t host = (n / kOfOneHost * 0x9E37'79B9'7F4A'7C15U >> 20) % hosts_;
    std::string text = "https://www.site" + std::to_string(host) + ".example.com/2024/";
    text += kSlugs[n % kSlugs.size()];
    text += "-" + std::to_string(100'000'000 + n) + ".html";
    return *parse::Url::parse(text);
  }

 private:
  std::uint64_t hosts_;
};

class Crawl {
 public:
  Crawl(std::filesystem::path path, std::uint64_t hosts)
      : path_(std::move(path)), web_(hosts), database_(storage::open_database(path_)), pages_(database_) {
    following_.scope = ScopeKind::any;
    following_.budgets.host_pages = 0;
    open(false);
    give_first();
  }

  /// From what was known before to so many.
  void grow(std::uint64_t known) {
    Cost cost;
    while (next_ < known) commit_batch(kNewInGrowth, cost);
    print("growth", cost);
  }

  void stay() {
    Cost cost;
    while (cost.pages < kSteady) commit_batch(1, cost);
    print("steady", cost);
  }

  void open(bool is_resumed) {
    frontier_.reset();
    Cost cost;
    cost.measure([&] {
      run_ = storage::RunStore(database_).begin({.source_digest = "bench", .resume = is_resumed});
      storage::Transaction transaction(database_);
      frontier_.emplace(database_, following_, false,
                        Frontier::Job{.id = run_.job_id, .is_resumed = run_.resumed_from.has_value()});
      frontier_->flush();
      transaction.commit();
    });
    std::printf("%-8s %8.1f s of processor time, %.1f s; %.0f MB resident, log of %.0f MB\n",
                is_resumed ? "resumed" : "begun", cost.cpu, cost.wall, resident_megabytes(),
                megabytes(path_.native() + "-wal"));
  }

 private:
  void give_first() {
    storage::Transaction transaction(database_);
    for (; next_ < kAhead; ++next_) {
      SeedLine line;
      line.url = web_.url(next_);
      frontier_->put_given(line);
    }
    frontier_->flush();
    transaction.commit();
  }

  std::uint64_t known_number() {
    const std::uint64_t recent = std::min(next_, kRecent);
    return random_() % 2 == 0 ? random_() % next_ : next_ - 1 - random_() % recent;
  }

  Finding finding_of(const FrontierUrl& page, std::uint64_t new_links) {
    Finding finding{.claim = page.claim, .key = std::string(page.url.key())};
    const std::uint64_t first_new = random_() % (kLinks - new_links);
    for (std::uint64_t i = 0; i < kLinks; ++i) {
      const bool is_new = i >= first_new && i < first_new + new_links;
      finding.links.push_back(web_.url(is_new ? next_++ : known_number()));
    }
    return finding;
  }

  static storage::PageOutcome row_of(const FrontierUrl& page) {
    storage::PageOutcome row{.url = std::string(page.url.key()),
                             .status = 200,
                             .attempts = 1,
                             .depth = page.claim.depth,
                             .at = "2026-01-02T03:04:05.678Z"};
    row.content = storage::Content{.final_url = row.url,
                                   .title = "A page of the benchmark's web",
                                   .text = std::string(500, 'x'),
                                   .body_size = 5000,
                                   .digest = std::string(64, 'd')};
    return row;
  }

  void commit_batch(std::uint64_t new_links, Cost& cost) {
    if (ahead_.size() < kBatch) {
      for (FrontierUrl& url : cost.measure([&] { return frontier_->claim(kAhead - ahead_.size()).urls; }))
        ahead_.push_back(std::move(url));
    }
    storage::Batch batch;
    std::vector<Finding> findings;
    for (std::size_t i = 0; i < kBatch && !ahead_.empty(); ++i) {
      batch.pages.push_back(row_of(ahead_.front()));
      findings.push_back(finding_of(ahead_.front(), new_links));
      ahead_.pop_front();
    }
    if (findings.empty()) throw std::runtime_error("nothing waits");
    cost.measure([&] {
      storage::Transaction transaction(database_);
      pages_.add(batch, run_.id);
      for (const Finding& finding : findings) frontier_->complete(finding);
      frontier_->flush();
      transaction.commit();
    });
    cost.pages += findings.size();
    cost.puts += findings.size() * kLinks;
  }

  void print(const char* what, const Cost& cost) const {
    const auto each = [](std::uint64_t count, double time) { return static_cast<double>(count) / time; };
    std::printf("%-8s %10lld %10.0f %8.0f %8.0f %6.0f %8.0f\n", what,
                static_cast<long long>(frontier_->state().known), each(cost.puts, cost.cpu),
                each(cost.pages, cost.cpu), each(cost.pages, cost.wall), resident_megabytes(),
                megabytes(path_));
    std::fflush(stdout);
  }

  std::filesystem::path path_;
  Web web_;
  storage::Database database_;
  storage::PageStore pages_;
  storage::Run run_;
  Following following_;
  std::optional<Frontier> frontier_;
  std::deque<FrontierUrl> ahead_;
  std::mt19937_64 random_{20250101};
  std::uint64_t next_ = 0;  // the first URL that nobody has met
};

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value == 0)
    throw std::invalid_argument(std::string(text) + " is no number above 0");
  return value;
}

void run(const std::vector<std::string_view>& arguments) {
  if (arguments.size() < 3) throw std::invalid_argument("arguments: DATABASE HOSTS KNOWN...");
  Crawl crawl(arguments[0], number(arguments[1]));
  std::printf("%-8s %10s %10s %8s %8s %6s %8s\n", "", "known", "put", "pages", "wall", "MB", "file MB");
  for (std::size_t i = 2; i < arguments.size(); ++i) {
    crawl.grow(number(arguments[i]));
    crawl.stay();
  }
  crawl.open(true);
  crawl.open(false);
}

}  // namespace
}  // namespace crawler

int main(int count, char** arguments) {
  try {
    crawler::run(std::vector<std::string_view>(arguments + 1, arguments + count));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "frontier_bench: %s\n", error.what());
    return 1;
  }
}
