// What it costs to read HTML pages: our tree and facts, beside gumbo as Debian packages it (the shared
// library, with malloc). The pages are those of a folder, CRAWL_PAGES or that of python3-doc, held in memory.
#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

#include "parse/html_tree.h"
#include "parse/page_facts.h"
#include "parse/url.h"
#include "parse/utf8.h"

namespace {

using benchmark::State;

std::vector<std::string> load_pages() {
  const char* const given = std::getenv("CRAWL_PAGES");
  std::vector<std::string> pages;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(given ? given : "/usr/share/doc/python3.11/html")) {
    if (entry.path().extension() != ".html" || !entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    pages.push_back(parse::repair_utf8(
        std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>())));
  }
  return pages;
}

/// Reads every page once an iteration.
template <class Read>
void read_pages(State& state, Read read) {
  static const std::vector<std::string> pages = load_pages();
  std::size_t bytes = 0;
  for (const std::string& page : pages) bytes += page.size();
  for (auto _ : state)
    for (const std::string& page : pages) read(page);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

/// The shared library, open until the program ends.
struct SharedGumbo {
  decltype(&gumbo_parse_with_options) parse = nullptr;
  decltype(&gumbo_destroy_output) destroy = nullptr;
  const GumboOptions* options = nullptr;

  SharedGumbo() {
    for (const char* const file : {"libgumbo.so.3", "libgumbo.so.2", "libgumbo.so.1"}) {
      void* const library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
      if (library == nullptr) continue;
      parse = reinterpret_cast<decltype(parse)>(dlsym(library, "gumbo_parse_with_options"));
      destroy = reinterpret_cast<decltype(destroy)>(dlsym(library, "gumbo_destroy_output"));
      options = static_cast<const GumboOptions*>(dlsym(library, "kGumboDefaultOptions"));
      return;
    }
  }
};

void gumbo_shared(State& state) {
  const SharedGumbo gumbo;
  if (gumbo.parse == nullptr) return state.SkipWithError("no shared libgumbo");
  read_pages(state, [&](std::string_view html) {
    GumboOutput* const output = gumbo.parse(gumbo.options, html.data(), html.size());
    benchmark::DoNotOptimize(output->root);
    gumbo.destroy(gumbo.options, output);
  });
}
BENCHMARK(gumbo_shared)->Unit(benchmark::kMillisecond);

void html_tree(State& state) {
  read_pages(state, [](std::string_view html) {
    const auto tree = parse::HtmlTree::parse(html);
    benchmark::DoNotOptimize(tree.has_value());
  });
}
BENCHMARK(html_tree)->Unit(benchmark::kMillisecond);

void page_facts(State& state) {
  const parse::Url url = *parse::Url::parse("https://docs.example.org/3/library/page.html");
  read_pages(state, [&](std::string_view html) {
    const parse::PageFacts facts = parse::read_page(html, url);
    benchmark::DoNotOptimize(facts.links.size());
  });
}
BENCHMARK(page_facts)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
