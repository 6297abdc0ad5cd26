#include "crawler/json_columns.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

namespace crawler {
namespace {

// Its objects are sorted maps: looking for a key among those of a list takes the square of their number.
using Json = nlohmann::json;

// A value takes up to fifty times its text while it is read, and each level some stack when it is written.
constexpr std::size_t kMaxParsedBytes = std::size_t{1} << 20;
constexpr int kMaxDepth = 64;

template <class AnyJson>
std::string to_text(const AnyJson& json) {
  return json.dump(-1, ' ', false, AnyJson::error_handler_t::replace);
}

Json json_ld(const std::string& text, std::size_t& budget) {
  if (text.size() > budget) return text;
  budget -= text.size();
  bool is_too_deep = false;
  const auto keeps = [&is_too_deep](int depth, Json::parse_event_t, const Json&) {
    is_too_deep |= depth > kMaxDepth;
    return !is_too_deep;
  };
  Json value = Json::parse(text, keeps, false);
  return value.is_discarded() || is_too_deep ? Json(text) : value;
}

Json json_ld(const std::vector<std::string>& texts) {
  Json list = Json::array();
  std::size_t budget = kMaxParsedBytes;
  for (const std::string& text : texts) list.push_back(json_ld(text, budget));
  return list;
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

std::string hops_json(const std::vector<std::string>& urls) { return to_text(Json(urls)); }

std::optional<std::string> meta_json(const parse::PageFacts& facts) {
  Json json = Json::object();
  for (const parse::Feed& feed : facts.feeds)
    json["feeds"].push_back({{"url", feed.url.key()}, {"type", feed.type}, {"title", feed.title}});
  for (const parse::Heading& heading : facts.headings)
    json["headings"].push_back({{"level", heading.level}, {"text", heading.text}});
  for (const parse::Alternate& alternate : facts.alternates)
    json["hreflang"].push_back({{"lang", alternate.lang}, {"url", alternate.url.key()}});
  for (const parse::Property& directive : facts.robots)
    json["robots"].push_back({{"name", directive.name}, {"content", directive.content}});
  if (!facts.json_ld.empty()) json["json_ld"] = json_ld(facts.json_ld);
  if (!facts.properties.empty()) json["properties"] = properties_json(facts.properties);
  if (json.empty()) return std::nullopt;
  return to_text(json);
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
