#include "cmd/extraction_options.h"

#include <algorithm>
#include <map>
#include <utility>

#include "parse/field.h"
#include "parse/selector.h"
#include "parse/selector_error.h"

namespace cmd {
namespace {

std::unexpected<std::string> fault(const std::string& option, std::string_view text,
                                   const parse::SelectorError& error) {
  return std::unexpected(option + ": " + error.what + '\n' + parse::point_at(text, error));
}

}  // namespace

void add_extraction_options(CLI::App& app, ExtractionTexts& texts, crawler::Parser& parser) {
  app.add_option(
         "--select", texts.fields,
         "a field of each page: 'title=h1', 'price=.price@data-amount', 'tags[]=a.tag'; may be repeated")
      ->allow_extra_args(false)
      ->option_text("NAME=CSS[@ATTR]");
  app.add_option("--each", texts.each, "the fields are those of each element that matches")
      ->option_text("CSS");
  const std::map<std::string, crawler::Parser> names = {{"tokens", crawler::Parser::tokens},
                                                        {"gumbo", crawler::Parser::gumbo}};
  app.add_option("--parser", parser, "what reads title, links and text: tokens, or gumbo, which is slower")
      ->transform(CLI::CheckedTransformer(names))
      ->option_text("NAME");
}

std::expected<std::shared_ptr<const parse::Extraction>, std::string> read_extraction(
    const ExtractionTexts& texts) {
  if (texts.fields.empty()) {
    if (texts.each) return std::unexpected("--each: say with --select what to take of each");
    return nullptr;
  }
  parse::Extraction extraction;
  if (texts.each) {
    auto each = parse::Selector::parse(*texts.each);
    if (!each) return fault("--each", *texts.each, each.error());
    extraction.each = *std::move(each);
  }
  for (const std::string& text : texts.fields) {
    auto field = parse::Field::parse(text);
    if (!field) return fault("--select", text, field.error());
    if (std::ranges::find(extraction.fields, field->name, &parse::Field::name) != extraction.fields.end())
      return std::unexpected("--select: there are two fields named " + field->name);
    extraction.fields.push_back(*std::move(field));
  }
  return std::make_shared<const parse::Extraction>(std::move(extraction));
}

}  // namespace cmd
