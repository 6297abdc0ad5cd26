// What robots.txt costs: looks a second at rules like those of real sites, and at the worst that were thought
// of; bytes read a second.
//
//   build/bench/bench/robots_bench --benchmark_repetitions=5 --benchmark_report_aggregates_only
#include <array>
#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parse/robots.h"
#include "parse/url.h"

namespace parse {
namespace {

using benchmark::State;

constexpr std::array<std::string_view, 8> kWords{"archive", "talk",  "print",   "category",
                                                 "user",    "Draft", "contact", "portal"};

/// What a blog has.
std::string small_site() {
  return "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\nDisallow: /cgi-bin/\n"
         "Disallow: /search\nDisallow: /*?s=\nDisallow: /*/feed/$\nDisallow: /trackback/\nDisallow: /tmp/\n"
         "Disallow: /*.pdf$\nDisallow: /author/\n\nSitemap: https://example.com/sitemap.xml\n";
}

/// What an encyclopaedia has: bots by name, then hundreds of pages, of which one in eight by a wildcard.
std::string large_site() {
  std::string text;
  for (std::size_t i = 0; i < 40; ++i)
    text += "User-agent: bot-" + std::string(i % 7 + 1, 'x') + "\nDisallow: /\n\n";
  text += "User-agent: *\nAllow: /w/api.php?action=mobileview&\nAllow: /w/load.php?\nDisallow: /w/\n";
  for (std::size_t i = 0; i < 400; ++i) {
    const std::string word(kWords[i % kWords.size()]);
    const std::string number = std::to_string(i / kWords.size());
    switch (i % 32) {
      case 0:
        text += "Disallow: /*/" + word + "/Special:" + number + "\n";
        break;
      case 8:
        text += "Disallow: /*?" + word + "=" + number + "*\n";
        break;
      case 16:
        text += "Disallow: /wiki/*:" + word + "_" + number + "$\n";
        break;
      case 24:
        text += "Allow: /*/" + word + number + ".css$\n";
        break;
      default:
        text += "Disallow: /wiki/Wikipedia:" + word + "_for_" + number + "/\n";
        break;
    }
  }
  return text;
}

std::vector<Url> pages() {
  std::vector<Url> urls;
  for (int i = 0; i < 64; ++i) {
    const std::string number = std::to_string(i);
    const std::string word(kWords[static_cast<std::size_t>(i) % kWords.size()]);
    std::string path;
    switch (i % 4) {
      case 0:
        path = "/wiki/" + word + "_of_the_city_of_" + number;
        break;
      case 1:
        path = "/2024/05/" + number + "/a-walk-through-the-" + word + "/";
        break;
      case 2:
        path = "/wiki/Wikipedia:" + word + "_for_" + number + "/page";
        break;
      default:
        path = "/products/" + word + "?page=" + number + "&order=price";
        break;
    }
    urls.push_back(*Url::parse("https://example.com" + path));
  }
  return urls;
}

std::string repeat(std::string_view text, std::size_t size) {
  std::string repeated;
  while (repeated.size() + text.size() <= size) repeated += text;
  return repeated;
}

RobotsRules rules_of(const std::string& text) { return RobotsFile::parse(text).rules_for("crawl"); }

void look(State& state, const std::string& text) {
  const RobotsRules rules = rules_of(text);
  const std::vector<Url> urls = pages();
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(rules.allows(urls[next]));
    next = (next + 1) % urls.size();
  }
  state.SetItemsProcessed(state.iterations());
}

void look_worst(State& state, const std::string& text, const std::string& path) {
  const RobotsRules rules = rules_of(text);
  const Url url = *Url::parse("http://a" + path);
  for (auto _ : state) benchmark::DoNotOptimize(rules.allows(url));
}

void read(State& state, const std::string& text) {
  for (auto _ : state) benchmark::DoNotOptimize(rules_of(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

const std::string kLongPath = "/" + std::string(Url::max_length - 16, 'a');
const std::string kHeader = "User-agent: *\n";
constexpr std::size_t kFull = RobotsLines::max_size - 64;

/// As many different patterns as fit, all of which end in what a search finds nearly everywhere.
std::string many_wildcards() {
  std::string text = kHeader;
  for (int i = 0; text.size() < kFull; ++i) {
    std::string bits;
    for (int bit = 0; bit < 17; ++bit) bits += (i >> bit) % 2 == 0 ? "a" : "*";
    text += "Disallow:/*" + bits + "aaaaaaabaaaaaa\n";
  }
  return text;
}

/// "/", "/a", "/aa", …: each a prefix of the next.
std::string chain() {
  std::string text = kHeader;
  for (std::string path = "/"; text.size() < kFull; path += 'a') text += "Disallow:" + path + "\n";
  return text;
}

/// Patterns that differ at their very ends.
std::string long_patterns() {
  std::string text = kHeader;
  for (int i = 0; text.size() < kFull; ++i)
    text += "Disallow:/" + std::string(1000, 'a') + std::to_string(i) + "\n";
  return text;
}

BENCHMARK_CAPTURE(look, small, small_site());
BENCHMARK_CAPTURE(look, large, large_site());
BENCHMARK_CAPTURE(look_worst, wildcards, many_wildcards(), kLongPath + "b");
BENCHMARK_CAPTURE(look_worst, wildcards_short_path, many_wildcards(), "/" + std::string(100, 'a') + "b");
BENCHMARK_CAPTURE(look_worst, one_pattern, kHeader + "Disallow:/*" + repeat("a*", kFull) + "c",
                  kLongPath + "c");
BENCHMARK_CAPTURE(look_worst, chain, chain(), kLongPath);
BENCHMARK_CAPTURE(look_worst, escapes, kHeader + "Disallow:/b", "/" + repeat("%41", Url::max_length - 16));
BENCHMARK_CAPTURE(read, small, small_site());
BENCHMARK_CAPTURE(read, large, large_site());
BENCHMARK_CAPTURE(read, wildcards, many_wildcards());
BENCHMARK_CAPTURE(read, short_rules, kHeader + repeat("Disallow:/\n", kFull));
BENCHMARK_CAPTURE(read, chain, chain());
BENCHMARK_CAPTURE(read, long_patterns, long_patterns());
BENCHMARK_CAPTURE(read, agents, repeat("User-agent:a\n", kFull));
BENCHMARK_CAPTURE(read, one_line, kHeader + "Disallow: /" + repeat("\x01 ", kFull));

}  // namespace
}  // namespace parse

BENCHMARK_MAIN();
