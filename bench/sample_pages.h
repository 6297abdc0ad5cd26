// The pages that benchmarks of HTML read: those of a folder, CRAWL_PAGES or that of python3-doc, held in
// memory.
//
//   BENCHMARK(reader)->Unit(benchmark::kMillisecond);
//   void reader(State& state) { read_pages(state, [](const std::string& html) { … }); }
//
// Contract: for one thread. An iteration reads every page once; bytes and pages a second are reported.
#pragma once

#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "parse/utf8.h"

namespace bench {

inline std::filesystem::path pages_folder() {
  const char* const given = std::getenv("CRAWL_PAGES");  // NOLINT: no other thread runs
  return given != nullptr ? given : "/usr/share/doc/python3.11/html";
}

/// In UTF-8, as the readers want them.
inline const std::vector<std::string>& sample_pages() {
  static const std::vector<std::string> loaded = [] {
    std::vector<std::string> pages;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(pages_folder())) {
      if (entry.path().extension() != ".html" || !entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      pages.push_back(parse::repair_utf8(
          std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>())));
    }
    return pages;
  }();
  return loaded;
}

inline void report(benchmark::State& state) {
  std::size_t bytes = 0;
  for (const std::string& page : sample_pages()) bytes += page.size();
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(sample_pages().size()));
}

template <class Read>
void read_pages(benchmark::State& state, Read read) {
  const std::vector<std::string>& pages = sample_pages();
  for (auto _ : state)
    for (const std::string& page : pages) read(page);
  report(state);
}

}  // namespace bench
