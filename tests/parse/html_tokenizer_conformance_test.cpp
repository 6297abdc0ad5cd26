// The tokenizer cases of html5lib-tests (tokenizer/*.test), read from where CRAWL_VECTORS points.
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "parse/html_tokenizer.h"

namespace parse {
namespace {

using nlohmann::json;

std::filesystem::path folder_of_vectors() {
  const char* const given = std::getenv("CRAWL_VECTORS");  // NOLINT: no other thread runs
  return std::filesystem::path(given != nullptr ? given : CRAWL_VECTORS) / "html";
}

ContentModel model_of(const std::string& state) {
  if (state == "RCDATA state") return ContentModel::rcdata;
  if (state == "RAWTEXT state") return ContentModel::rawtext;
  if (state == "Script data state") return ContentModel::script_data;
  if (state == "PLAINTEXT state") return ContentModel::plaintext;
  if (state == "CDATA section state") return ContentModel::cdata_section;
  EXPECT_EQ(state, "Data state");
  return ContentModel::data;
}

/// The case with what is escaped twice in it read once; nullopt for a surrogate alone, which UTF-8 does not
/// have.
std::optional<json> unescaped(const json& item) {
  if (!item.value("doubleEscaped", false)) return item;
  std::string text = item.dump();
  for (std::size_t at = text.find(R"(\\u)"); at != std::string::npos; at = text.find(R"(\\u)", at))
    text.erase(at, 1);
  const json once = json::parse(text, nullptr, false);
  return once.is_discarded() ? std::nullopt : std::optional(once);
}

json or_null(const std::optional<std::string_view>& text) { return text ? json(*text) : json(); }

json to_json(const HtmlToken& token, const Doctype& doctype) {
  switch (token.kind) {
    case HtmlToken::Kind::text:
      return {"Character", token.text};
    case HtmlToken::Kind::end_tag:
      return {"EndTag", token.text};
    case HtmlToken::Kind::comment:
      return {"Comment", token.text};
    case HtmlToken::Kind::doctype:
      return {"DOCTYPE", or_null(doctype.name), or_null(doctype.public_id), or_null(doctype.system_id),
              !doctype.forces_quirks};
    case HtmlToken::Kind::start_tag:
      break;
  }
  json attributes = json::object();
  for (const auto& [name, value] : token.attributes)
    attributes.emplace(name, value);  // the first of a name stays
  json tag = {"StartTag", token.text, attributes};
  if (token.is_self_closing) tag.push_back(true);
  return tag;
}

void append(const json& token, json& tokens) {
  const bool goes_on =
      token[0] == "Character" && !tokens.empty() && tokens.back()[0] == "Character";  // one text in pieces
  if (goes_on)
    tokens.back()[1] = tokens.back()[1].get<std::string>() + token[1].get<std::string>();
  else
    tokens.push_back(token);
}

/// With `last_start_tag` read before, if it is not empty.
json tokenize(const std::string& input, ContentModel model, const std::string& last_start_tag) {
  const std::string html = last_start_tag.empty() ? input : "<" + last_start_tag + ">" + input;
  HtmlTokenizer tokenizer(html);
  if (!last_start_tag.empty()) tokenizer.next();
  tokenizer.switch_to(model);
  json tokens = json::array();
  while (const HtmlToken* const token = tokenizer.next())
    append(to_json(*token, tokenizer.doctype()), tokens);
  return tokens;
}

/// What XML's rules make of a character or a comment; a tokenizer of HTML keeps it.
bool is_coerced_for_xml(const json& item) {
  const json& name = item["description"];
  return name == "Non-XML character" || name == "Non-XML space" || name == "Double hyphen in comment";
}

struct Count {
  std::size_t checked = 0;
  std::size_t left_out = 0;
};

/// In each of its states.
void check_case(const json& item, Count& count) {
  SCOPED_TRACE(item.dump(2, ' ', true));
  const std::optional<json> once = unescaped(item);
  if (!once || is_coerced_for_xml(item)) {
    ++count.left_out;
    return;
  }
  const auto input = once->at("input").get<std::string>();
  for (const json& state : once->value("initialStates", json::array({"Data state"}))) {
    SCOPED_TRACE(state);
    ++count.checked;
    EXPECT_EQ(tokenize(input, model_of(state), once->value("lastStartTag", "")), once->at("output"));
  }
}

TEST(HtmlTokenizerConformance, ReadsEveryCase) {
  if (!exists(folder_of_vectors()))
    GTEST_SKIP() << "no conformance data in " << folder_of_vectors() << "; set CRAWL_VECTORS to its folder";
  Count count;
  for (const auto& entry : std::filesystem::directory_iterator(folder_of_vectors())) {
    if (entry.path().extension() != ".test") continue;
    SCOPED_TRACE(entry.path());
    std::ifstream stream(entry.path());
    const json file = json::parse(stream);
    for (const json& item : file.front()) check_case(item, count);
  }
  EXPECT_GE(count.checked, 7029U);
  EXPECT_EQ(count.left_out, 7U);  // four surrogates alone, three coercions
}

}  // namespace
}  // namespace parse
