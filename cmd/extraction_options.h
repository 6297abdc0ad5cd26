// --select, --each and --parser: what is taken out of each page, and by what.
//
//   ExtractionTexts texts;
//   add_extraction_options(app, texts, config.parser);
//   …                                                   // the command line is read
//   const auto extraction = read_extraction(texts);     // or what is wrong, with a caret under it
//
// Contract: `texts` and `parser` outlive the parsing. No page is needed to tell that a selector is none.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "crawler/config.h"
#include "parse/extraction.h"

namespace cmd {

struct ExtractionTexts {
  std::vector<std::string> fields;
  std::optional<std::string> each;
};

void add_extraction_options(CLI::App& app, ExtractionTexts& texts, crawler::Parser& parser);

/// Null where nothing is asked for.
std::expected<std::shared_ptr<const parse::Extraction>, std::string> read_extraction(
    const ExtractionTexts& texts);

}  // namespace cmd
