// What URLs cost, over the links of real pages: every href and src of the HTML files below a folder, as often
// as they occur, each resolved against its page as if that were served at http://localhost:8080/.
// The folder is CRAWL_PAGES of the environment, else /usr/share/doc; url_bench_mimalloc is the same program
// with the allocator that crawl has.
#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parse/html_tokenizer.h"
#include "parse/tracking_parameters.h"
#include "parse/url.h"

namespace parse {
namespace {

using benchmark::State;

struct Page {
  std::string path;
  std::vector<std::string> references;
};

std::string read(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> references_of(const std::string& html) {
  std::vector<std::string> references;
  HtmlTokenizer tokenizer(html);
  while (const HtmlToken* const token = tokenizer.next()) {
    if (token->kind == HtmlToken::Kind::start_tag) tokenizer.switch_to(content_model_of(token->tag));
    for (const Attribute& attribute : token->attributes) {
      if (attribute.name == "href" || attribute.name == "src") references.emplace_back(attribute.value);
    }
  }
  return references;
}

std::vector<Page> load_pages() {
  const char* const given = std::getenv("CRAWL_PAGES");  // NOLINT: no other thread runs
  const std::filesystem::path root = given != nullptr ? given : "/usr/share/doc";
  std::vector<Page> pages;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".html" || !entry.is_regular_file()) continue;
    const std::string path = entry.path().lexically_relative(root).string();
    pages.push_back({path, references_of(read(entry.path()))});
  }
  return pages;
}

const std::vector<Page>& pages() {
  static const std::vector<Page> loaded = load_pages();
  return loaded;
}

/// The links in full, as if the pages were served at https://docs.example.org/.
const std::vector<std::string>& hrefs() {
  static const std::vector<std::string> resolved = [] {
    std::vector<std::string> out;
    for (const Page& page : pages()) {
      const Url base = *Url::parse("https://docs.example.org/" + page.path);
      for (const std::string& reference : page.references)
        if (const auto url = base.resolve(reference)) out.emplace_back(url->href());
    }
    return out;
  }();
  return resolved;
}

const std::vector<Url>& urls() {
  static const std::vector<Url> parsed = [] {
    std::vector<Url> out;
    for (const std::string& href : hrefs()) out.push_back(*Url::parse(href));
    return out;
  }();
  return parsed;
}

void count(State& state, std::size_t items) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(items));
}

/// Every page's URL is parsed once, its links are resolved against it, each with `prefix` before it.
void resolve_links(State& state, const std::string& prefix) {
  std::vector<Page> prefixed = pages();
  std::size_t items = 0;
  for (Page& page : prefixed) {
    items += page.references.size();
    for (std::string& reference : page.references) reference.insert(0, prefix);
  }
  for (auto _ : state) {
    for (const Page& page : prefixed) {
      const Url base = *Url::parse("http://localhost:8080/" + page.path);
      for (const std::string& reference : page.references) benchmark::DoNotOptimize(base.resolve(reference));
    }
  }
  count(state, items);
}

void resolve(State& state) { resolve_links(state, ""); }

/// A space means nothing, and is not plain: so the standard's parser reads them all.
void resolve_by_the_parser(State& state) { resolve_links(state, " "); }

void parse_absolute(State& state) {
  for (auto _ : state)
    for (const std::string& href : hrefs()) benchmark::DoNotOptimize(Url::parse(href));
  count(state, hrefs().size());
}

void key(State& state) {
  for (auto _ : state)
    for (const Url& url : urls()) benchmark::DoNotOptimize(std::string(url.key()));
  count(state, urls().size());
}

void key_of_tracked(State& state) {
  std::vector<Url> tracked;
  for (const Url& url : urls())
    tracked.push_back(*url.resolve("?id=1&utm_source=news&page=2&utm_medium=mail&gclid=EAIaIQobChMI"));
  for (auto _ : state)
    for (const Url& url : tracked) benchmark::DoNotOptimize(key_without_tracking(url));
  count(state, tracked.size());
}

BENCHMARK(resolve)->Unit(benchmark::kMillisecond);
BENCHMARK(resolve_by_the_parser)->Unit(benchmark::kMillisecond);
BENCHMARK(parse_absolute)->Unit(benchmark::kMillisecond);
BENCHMARK(key)->Unit(benchmark::kMillisecond);
BENCHMARK(key_of_tracked)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace parse

BENCHMARK_MAIN();
