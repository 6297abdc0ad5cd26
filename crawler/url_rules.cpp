#include "crawler/url_rules.h"

#include <algorithm>
#include <cstdint>
#include <re2/stringpiece.h>
#include <stdexcept>
#include <utility>

namespace crawler {
namespace {

using re2::RE2;

constexpr std::int64_t kMaxMemory = std::int64_t{8} << 20;

RE2::Options url_options() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxMemory);
  options.set_encoding(RE2::Options::EncodingLatin1);  // a URL is ASCII: an octet is a character
  options.set_never_capture(true);
  return options;
}

std::string refusal_of(const RE2& compiled) {
  if (!compiled.ok()) return "'" + compiled.pattern() + "' is no regular expression: " + compiled.error();
  return compiled.pattern().empty() ? "an empty expression matches every URL" : "";
}

}  // namespace

std::string refuse_bad_expression(const std::string& expression) {
  return refusal_of(RE2(expression, url_options()));
}

UrlRules::UrlRules(const std::vector<std::string>& include, const std::vector<std::string>& exclude)
    : include_(include), exclude_(exclude) {}

bool UrlRules::allows(const parse::Url& url) const {
  const std::string_view text = url.key();
  return (include_.is_empty() || include_.match(text)) && !exclude_.match(text);
}

UrlRules::Expressions::Expressions(const std::vector<std::string>& expressions) {
  for (const std::string& expression : expressions) {
    auto compiled = std::make_unique<const RE2>(expression, url_options());
    if (const std::string refusal = refusal_of(*compiled); !refusal.empty())
      throw std::invalid_argument(refusal);
    each_.push_back(std::move(compiled));
  }
  if (each_.size() < 2) return;
  together_.emplace(url_options(), RE2::UNANCHORED);
  for (const std::string& expression : expressions) together_->Add(expression, nullptr);
  if (!together_->Compile()) together_.reset();  // too much for one automaton
}

bool UrlRules::Expressions::match(std::string_view text) const {
  const re2::StringPiece piece(text.data(), text.size());
  if (together_) {
    RE2::Set::ErrorInfo error{RE2::Set::kNoError};
    if (together_->Match(piece, nullptr, &error)) return true;
    if (error.kind == RE2::Set::kNoError) return false;
    // Out of memory, which says nothing of the text; one by one RE2 has a way that needs none.
  }
  return std::ranges::any_of(each_, [&piece](const auto& each) { return RE2::PartialMatch(piece, *each); });
}

}  // namespace crawler
