// libxml2's SAX parser for HTML, for html_bench: links and text of each page, no tree.
#include <benchmark/benchmark.h>
#include <cstddef>
#include <libxml/HTMLparser.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/sample_pages.h"

namespace bench {
namespace {

struct Facts {
  std::vector<std::string> references;
  std::string text;
};

void take_start_tag(void* facts, const xmlChar*, const xmlChar** attributes) {
  for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
    const std::string_view name(reinterpret_cast<const char*>(attributes[0]));
    if (attributes[1] != nullptr && (name == "href" || name == "src"))
      static_cast<Facts*>(facts)->references.emplace_back(reinterpret_cast<const char*>(attributes[1]));
  }
}

void take_text(void* facts, const xmlChar* text, int size) {
  static_cast<Facts*>(facts)->text.append(reinterpret_cast<const char*>(text),
                                          static_cast<std::size_t>(size));
}

void libxml2_sax(benchmark::State& state) {
  htmlSAXHandler handlers{};
  handlers.startElement = take_start_tag;
  handlers.characters = take_text;
  handlers.ignorableWhitespace = take_text;
  read_pages(state, [&](std::string_view html) {
    Facts facts;
    const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> parser(
        htmlCreatePushParserCtxt(&handlers, &facts, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8),
        htmlFreeParserCtxt);
    htmlParseChunk(parser.get(), html.data(), static_cast<int>(html.size()), 1);
    benchmark::DoNotOptimize(facts.references.size() + facts.text.size());
  });
}
BENCHMARK(libxml2_sax)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bench
