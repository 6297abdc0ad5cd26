// A page, behind a byte that says how it is read. What holds of any token is asked of each, that tokens do
// not depend on what stands behind the page in memory, and that tokens written as markup are read as the same
// tokens.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "parse/ascii.h"
#include "parse/html_tokenizer.h"
#include "parse/utf8.h"

namespace {

using parse::HtmlToken;
using parse::HtmlTokenizer;

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_name(std::string_view name) {
  if (name.empty()) return false;
  for (const char c : name)
    if (parse::is_space(c) || c == '\0' || c == '>' || c == '/' || c != parse::to_lower(c)) return false;
  return true;
}

void check(const HtmlToken& token) {
  require(parse::is_utf8(token.text));
  const bool is_tag = token.kind == HtmlToken::Kind::start_tag || token.kind == HtmlToken::Kind::end_tag;
  require(!is_tag || (is_name(token.text) && parse::is_letter(token.text[0])));
  require(is_tag || token.tag == GUMBO_TAG_UNKNOWN);
  require(token.kind != HtmlToken::Kind::text || !token.text.empty());
  require(token.kind == HtmlToken::Kind::start_tag || (token.attributes.empty() && !token.is_self_closing));
  require(token.attributes.size() <= parse::TagReader::max_attributes);
  for (const auto& [name, value] : token.attributes)
    require(is_name(name) && parse::is_utf8(name) && parse::is_utf8(value));
}

std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '"')
      escaped += "&quot;";
    else if (c == '\r')
      escaped += "&#13;";
    else
      escaped += c;
  }
  return escaped;
}

std::string to_markup(const HtmlToken& token) {
  const std::string text(token.text);
  if (token.kind == HtmlToken::Kind::text) return escape(text);
  if (token.kind == HtmlToken::Kind::comment) return "<!--" + text + "-->";
  if (token.kind == HtmlToken::Kind::doctype) return "<!doctype " + text + ">";
  if (token.kind == HtmlToken::Kind::end_tag) return "</" + text + ">";
  std::string tag = "<" + text;
  for (const auto& [name, value] : token.attributes)
    tag.append(" ").append(name).append("=\"").append(escape(value)).append("\"");
  return tag + (token.is_self_closing ? "/>" : ">");
}

struct Reading {
  bool is_foreign;
  bool switches;  // to the content model of each element
};

std::string read(std::string_view html, Reading reading) {
  HtmlTokenizer tokens(html);
  tokens.set_in_foreign_content(reading.is_foreign);
  std::string markup;
  std::size_t count = 0;
  while (const HtmlToken* const token = tokens.next()) {
    require(++count <= html.size());  // each takes a byte at least
    check(*token);
    markup += to_markup(*token);
    if (reading.switches && token->kind == HtmlToken::Kind::start_tag)
      tokens.switch_to(parse::content_model_of(token->tag));
  }
  require(tokens.next() == nullptr);
  return markup;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Reading reading{.is_foreign = (data[0] & 1) != 0, .switches = (data[0] & 2) != 0};
  const std::string html = parse::repair_utf8({reinterpret_cast<const char*>(data) + 1, size - 1});

  // Alone in memory, so that AddressSanitizer sees what is read behind it.
  const std::vector<char> alone(html.begin(), html.end());
  const std::string markup = read({alone.data(), alone.size()}, reading);
  for (const std::string_view behind : {"p>", "'>", "\">", "-->", ";", "\n", "</script>", "=a>", "]]>"}) {
    const std::string longer = html + std::string(behind);
    require(read(std::string_view(longer).substr(0, html.size()), reading) == markup);
  }
  const Reading elsewhere{.is_foreign = !reading.is_foreign, .switches = reading.switches};
  if (html.find("<![CDATA[") == std::string::npos) require(read(html, elsewhere) == markup);
  if (!reading.switches) require(read(markup, reading) == markup);
  return 0;
}
