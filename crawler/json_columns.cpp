#include "crawler/json_columns.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "storage/json_text.h"

namespace crawler {
namespace {

// Its objects are sorted maps: looking for a key among those of a list takes the square of their number.
using Json = nlohmann::json;

template <class AnyJson>
std::string to_text(const AnyJson& json) {
  return json.dump(-1, ' ', false, AnyJson::error_handler_t::replace);
}

// What holds the value, a list in an object, is to be within the bound too.
constexpr std::size_t kMaxDepth = storage::kMaxJsonDepth - 2;

/// Numbers and the order of members stay as the page writes them, which a tree of values would not keep.
std::string json_ld(const std::vector<std::string>& texts) {
  std::string list = "[";
  for (const std::string& text : texts) {
    if (list.size() > 1) list += ',';
    if (const auto json = storage::compact_json(text, kMaxDepth))
      list += *json;
    else
      storage::append_json_string(list, text);
  }
  return list += ']';
}

/// {"og:title":"…","og:image":["…","…"]}: a list where the page names it more than once.
Json properties_json(const std::vector<parse::Property>& properties) {
  Json json = Json::object();
  for (const parse::Property& property : properties) {
    Json& known = json[property.name];
    if (known.is_null())
      known = property.content;
    else if (known.is_string())
      known = Json::array({std::move(known), property.content});
    else
      known.push_back(property.content);
  }
  return json;
}

}  // namespace

std::string hops_json(const std::vector<std::string>& urls) {
  if (urls.empty()) return "[]";  // of nearly every page
  return to_text(Json(urls));
}

std::optional<std::string> meta_json(const parse::PageFacts& facts) {
  Json json = Json::object();
  if (facts.beyond_bounds) json["beyond_bounds"] = true;
  for (const parse::Feed& feed : facts.feeds)
    json["feeds"].push_back({{"url", feed.url.key()}, {"type", feed.type}, {"title", feed.title}});
  for (const parse::Heading& heading : facts.headings)
    json["headings"].push_back({{"level", heading.level}, {"text", heading.text}});
  for (const parse::Alternate& alternate : facts.alternates)
    json["hreflang"].push_back({{"lang", alternate.lang}, {"url", alternate.url.key()}});
  for (const parse::Property& directive : facts.robots)
    json["robots"].push_back({{"name", directive.name}, {"content", directive.content}});
  if (!facts.properties.empty()) json["properties"] = properties_json(facts.properties);
  if (json.empty() && facts.json_ld.empty()) return std::nullopt;
  std::string text = to_text(json);
  if (facts.json_ld.empty()) return text;
  text.pop_back();
  if (!json.empty()) text += ',';
  return text + "\"json_ld\":" + json_ld(facts.json_ld) + '}';
}

std::string fields_json(const parse::Extraction& extraction, const std::vector<parse::Item>& items) {
  using OrderedJson = nlohmann::ordered_json;  // as --select has them
  const auto object_of = [&extraction](const parse::Item& item) {
    OrderedJson::object_t object;
    for (std::size_t i = 0; i < item.size(); ++i) {
      OrderedJson value;
      if (const auto* text = std::get_if<std::string>(&item[i])) value = *text;
      if (const auto* list = std::get_if<std::vector<std::string>>(&item[i])) value = *list;
      object.emplace_back(extraction.fields[i].name, std::move(value));
    }
    return OrderedJson(std::move(object));
  };
  if (!extraction.each) return to_text(items.empty() ? OrderedJson() : object_of(items.front()));
  OrderedJson list = OrderedJson::array();
  for (const parse::Item& item : items) list.push_back(object_of(item));
  return to_text(list);
}

}  // namespace crawler
