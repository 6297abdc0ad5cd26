// What it costs to look up a URL among those that a crawl knows, and to add one; bytes a URL. Those looked up
// are many and in no order, so that their places are in no cache. The processor's time: it counts waiting for
// memory.
//
//   build/bench/bench/known_urls_bench --benchmark_repetitions=5 --benchmark_report_aggregates_only
#include <array>
#include <benchmark/benchmark.h>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/known_urls.h"

namespace crawler {
namespace {

using benchmark::State;

constexpr std::size_t kSought = std::size_t{1} << 20;
constexpr std::size_t kLinksOfAPage = 128;
constexpr std::size_t kUnknown = 100'000'000;  // from this number on

/// Texts of one length, made over and over in one place.
class Urls {
 public:
  std::string_view operator()(std::size_t number) {
    std::to_chars(text_.data() + kNumber, text_.data() + kNumber + 9, kUnknown + number);
    return text_;
  }

 private:
  static constexpr std::size_t kNumber = 41;
  std::string text_ = "https://www.example.com/archive/articles/000000000/page.html";
};

KnownUrls known_of(std::size_t urls) {
  KnownUrls known;
  Urls url;
  for (std::size_t i = 0; i < urls; ++i) known.set(url(i), {KnownUrls::Fate::waiting, 1});
  return known;
}

const KnownUrls& known(std::size_t urls) {
  static std::map<std::size_t, KnownUrls> made;
  const auto found = made.find(urls);
  return found != made.end() ? found->second : made.emplace(urls, known_of(urls)).first->second;
}

/// URLs with numbers below `urls`, from `first` on.
std::vector<std::string> some_of(std::size_t urls, std::size_t first) {
  std::mt19937_64 random(urls);
  std::vector<std::string> sought;
  Urls url;
  for (std::size_t i = 0; i < kSought; ++i) sought.emplace_back(url(first + random() % urls));
  return sought;
}

void count(State& state, std::size_t items) {
  const auto all = static_cast<double>(state.iterations()) * static_cast<double>(items);
  state.counters["each"] = benchmark::Counter(all, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// One after the other, as whoever does much between two look-ups.
void find(State& state, std::size_t first) {
  const auto urls = static_cast<std::size_t>(state.range(0));
  const KnownUrls& all = known(urls);
  const std::vector<std::string> sought = some_of(urls, first);
  for (auto _ : state)
    for (const std::string& url : sought) benchmark::DoNotOptimize(all.find(url));
  count(state, sought.size());
}

/// The keys of a page's links first.
void find_by_page(State& state, std::size_t first) {
  const auto urls = static_cast<std::size_t>(state.range(0));
  const KnownUrls& all = known(urls);
  const std::vector<std::string> sought = some_of(urls, first);
  std::array<KnownUrls::Key, kLinksOfAPage> keys{};
  for (auto _ : state) {
    for (std::size_t page = 0; page < sought.size(); page += keys.size()) {
      for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = all.key_of(sought[page + i]);
      for (const KnownUrls::Key key : keys) benchmark::DoNotOptimize(all.find(key));
    }
  }
  count(state, sought.size());
}

void find_hit(State& state) { find(state, 0); }
void find_miss(State& state) { find(state, kUnknown); }
void find_hit_by_page(State& state) { find_by_page(state, 0); }
void find_miss_by_page(State& state) { find_by_page(state, kUnknown); }

/// From none to all, and how many bytes one takes then.
void set(State& state) {
  const auto urls = static_cast<std::size_t>(state.range(0));
  std::size_t bytes = 0;
  for (auto _ : state) bytes = known_of(urls).bytes();
  count(state, urls);
  state.counters["bytes"] = static_cast<double>(bytes) / static_cast<double>(urls);
}

void at_sizes(benchmark::internal::Benchmark* of) {
  for (const std::int64_t urls : {10'000, 100'000, 1'000'000, 10'000'000}) of->Arg(urls);
  of->Unit(benchmark::kMillisecond);
}

BENCHMARK(find_hit)->Apply(at_sizes);
BENCHMARK(find_hit_by_page)->Apply(at_sizes);
BENCHMARK(find_miss)->Apply(at_sizes);
BENCHMARK(find_miss_by_page)->Apply(at_sizes);
BENCHMARK(set)->Apply(at_sizes);

}  // namespace
}  // namespace crawler

BENCHMARK_MAIN();
