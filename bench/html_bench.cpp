// What it costs to read HTML pages: our tokens and facts, our tree and the facts of it, beside gumbo as
// Debian packages it (the shared library, with malloc), libxml2's SAX parser, lxml, and a search for '<'
// alone: the limit of what reads every byte. In bytes and pages (items) a second, all over the same pages
// (sample_pages.h):
//
//   bench/parse
//   CRAWL_PAGES=/usr/share/doc build/bench/bench/html_bench --benchmark_filter='tokens|search'
//
// libxml2 is in html_bench_libxml2.cpp, built where CMake finds it; lxml is timed by a Python of its own,
// lxml_bench.py.
#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <memory>
#include <string_view>

#include <gumbo.h>

#include "bench/sample_pages.h"
#include "parse/html_tokenizer.h"
#include "parse/html_tree.h"
#include "parse/page_facts.h"
#include "parse/url.h"

namespace bench {
namespace {

using benchmark::State;

const parse::Url& page_url() {
  static const parse::Url url = *parse::Url::parse("https://docs.example.org/3/library/page.html");
  return url;
}

void search_alone(State& state) {
  read_pages(state, [](std::string_view html) {
    std::size_t count = 0;
    for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) ++count;
    benchmark::DoNotOptimize(count);
  });
}
BENCHMARK(search_alone)->Unit(benchmark::kMillisecond);

/// With what each reader does: content models by tag, texts and attributes looked at.
void html_tokens(State& state) {
  read_pages(state, [](std::string_view html) {
    parse::HtmlTokenizer tokens(html);
    std::size_t count = 0;
    while (const parse::HtmlToken* const token = tokens.next()) {
      if (token->kind == parse::HtmlToken::Kind::start_tag)
        tokens.switch_to(parse::content_model_of(token->tag));
      for (const parse::Attribute& attribute : token->attributes) count += attribute.value.size();
      count += token->text.size();
    }
    benchmark::DoNotOptimize(count);
  });
}
BENCHMARK(html_tokens)->Unit(benchmark::kMillisecond);

void page_facts(State& state) {
  read_pages(state, [](std::string_view html) {
    const parse::PageFacts facts = parse::read_page(html, page_url());
    benchmark::DoNotOptimize(facts.links.size());
  });
}
BENCHMARK(page_facts)->Unit(benchmark::kMillisecond);

void page_facts_with_links_counted(State& state) {
  read_pages(state, [](std::string_view html) {
    const parse::PageFacts facts = parse::read_page(html, page_url(), parse::LinkReading::count);
    benchmark::DoNotOptimize(facts.link_count);
  });
}
BENCHMARK(page_facts_with_links_counted)->Unit(benchmark::kMillisecond);

/// What each page costs before its first byte.
void facts_of_a_tiny_page(State& state) {
  constexpr std::string_view html = "<title>x</title><p>A small page, and a link to <a href=/>home</a>.";
  for (auto _ : state) {
    const parse::PageFacts facts = parse::read_page(html, page_url(), parse::LinkReading::count);
    benchmark::DoNotOptimize(facts.link_count);
  }
}
BENCHMARK(facts_of_a_tiny_page);

void html_tree(State& state) {
  read_pages(state, [](std::string_view html) {
    const auto tree = parse::HtmlTree::parse(html);
    benchmark::DoNotOptimize(tree.has_value());
  });
}
BENCHMARK(html_tree)->Unit(benchmark::kMillisecond);

void html_tree_and_its_facts(State& state) {
  read_pages(state, [](std::string_view html) {
    const auto tree = parse::HtmlTree::parse(html);
    if (!tree) return;
    const parse::PageFacts facts = parse::read_page(*tree, page_url());
    benchmark::DoNotOptimize(facts.links.size());
  });
}
BENCHMARK(html_tree_and_its_facts)->Unit(benchmark::kMillisecond);

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

/// A child prints what processor time each of its passes over the pages took, until nobody reads on.
void lxml(State& state) {
  struct Close {
    void operator()(std::FILE* child) const { pclose(child); }
  };
  setenv("CRAWL_PAGES", pages_folder().c_str(), 1);  // NOLINT: no other thread runs
  const std::unique_ptr<std::FILE, Close> child(
      popen("exec /usr/bin/python3 " CRAWL_LXML_BENCH " \"$CRAWL_PAGES\" 2>/dev/null", "re"));
  for (auto _ : state) {
    double seconds = 0;
    if (child == nullptr || std::fscanf(child.get(), "%lf", &seconds) != 1)
      return state.SkipWithError("no python3-lxml");
    state.SetIterationTime(seconds);
  }
  report(state);
}
BENCHMARK(lxml)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bench

BENCHMARK_MAIN();
