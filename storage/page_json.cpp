#include "storage/page_json.h"

#include "storage/json_text.h"

namespace storage {
namespace {

void append_link(std::string& line, const LinkRow& link) {
  line += R"({"url":)";
  append_json_string(line, link.url);
  line += R"(,"fragment":)";
  append_json_string(line, link.fragment);
  line += R"(,"kind":)";
  append_json_string(line, link.kind);
  line += R"(,"rel":)";
  append_json_string(line, link.rel);
  line += R"(,"text":)";
  append_json_string(line, link.text);
  line += '}';
}

}  // namespace

void append_json_value(std::string& json, const PageValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value))
    json += std::to_string(*number);
  else if (const auto* text = std::get_if<std::string_view>(&value))
    append_json_string(json, *text);
  else
    json += "null";
}

void append_json_line(std::string& line, const PageValues& values, const std::vector<LinkRow>* links) {
  char before = '{';
  for (std::size_t i = 0; i < values.size(); ++i) {
    line += before;
    before = ',';
    line += '"';
    line += kPageColumns[i].name;
    line += "\":";
    const auto* text = kPageColumns[i].is_json ? std::get_if<std::string_view>(&values[i]) : nullptr;
    const auto embedded = text != nullptr ? compact_json(*text) : std::nullopt;
    if (embedded)
      line += *embedded;
    else
      append_json_value(line, values[i]);
  }
  if (links != nullptr) {
    line += R"(,"links":[)";
    for (const LinkRow& link : *links) {
      if (&link != &links->front()) line += ',';
      append_link(line, link);
    }
    line += ']';
  }
  line += "}\n";
}

}  // namespace storage
