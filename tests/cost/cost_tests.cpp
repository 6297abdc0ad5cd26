// Does once what is counted: cost_tests SUBJECT
//
// What counts is what happens below measured(), the function that callgrind is told to collect from. It runs
// twice: the first time fills what a thread keeps (memory, tables), and nothing but the second is to be
// counted.
#include <cstddef>
#include <cstdio>
#include <map>
#include <string_view>

#include "parse/html_tokenizer.h"
#include "parse/html_tree.h"
#include "parse/page_facts.h"
#include "parse/url.h"
#include "tests/cost/sample_page.h"

namespace cost {
namespace {

const SamplePage& page() {
  static const SamplePage made = make_sample_page();
  return made;
}

const parse::Url& page_url() {
  static const parse::Url url = *parse::Url::parse("https://docs.example.org/3/library/page.html");
  return url;
}

const parse::HtmlTree& tree() {
  static const auto parsed = parse::HtmlTree::parse(page().html);
  return parsed.value();
}

std::size_t resolve_urls() {
  std::size_t bytes = 0;
  for (const auto& reference : page().references) {
    if (const auto url = page_url().resolve(reference)) bytes += url->href().size();
  }
  return bytes;
}

std::size_t read_tokens() {
  std::size_t tokens = 0;
  parse::HtmlTokenizer tokenizer(page().html);
  while (const parse::HtmlToken* const token = tokenizer.next()) {
    ++tokens;
    if (token->kind == parse::HtmlToken::Kind::start_tag)
      tokenizer.switch_to(parse::content_model_of(token->tag));
  }
  return tokens;
}

std::size_t facts_of_page() { return parse::read_page(page().html, page_url()).links.size(); }

std::size_t facts_of_tree() { return parse::read_page(tree(), page_url()).links.size(); }

using Subject = std::size_t (*)();
const std::map<std::string_view, Subject> kSubjects = {
    {"resolve_urls", resolve_urls},
    {"tokens", read_tokens},
    {"facts_of_page", facts_of_page},
    {"facts_of_tree", facts_of_tree},
};

}  // namespace
}  // namespace cost

/// A name that no compiler changes.
extern "C" [[gnu::noinline]] std::size_t measured(cost::Subject run) { return run(); }

int main(int argc, char** argv) {
  const auto subject = argc == 2 ? cost::kSubjects.find(argv[1]) : cost::kSubjects.end();
  if (subject == cost::kSubjects.end()) {
    std::fputs("usage: cost_tests SUBJECT\n", stderr);
    return 2;
  }
  const std::size_t unmeasured = subject->second();
  const std::size_t result = measured(subject->second);
  std::printf("%zu\n", result);
  return result > 0 && result == unmeasured ? 0 : 1;
}
