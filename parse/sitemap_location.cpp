#include "parse/sitemap_location.h"

#include <utility>

#include "parse/ascii.h"
#include "parse/utf8.h"

namespace parse {
namespace {

bool is_readable(std::string_view text) {
  return !text.empty() && text.find(kReplacement) == std::string_view::npos;
}

}  // namespace

std::optional<Url> read_location(std::string_view text) {
  text = strip_spaces(text);
  if (!is_readable(text)) return std::nullopt;
  auto url = Url::parse(text);
  if (!url) return std::nullopt;
  return *std::move(url);
}

std::optional<Url> read_location(std::string_view text, const Url& base) {
  if (base.href().size() > kMaxLocationBase) return read_location(text);
  text = strip_spaces(text);
  if (!is_readable(text)) return std::nullopt;
  auto url = base.resolve(text);
  if (!url) return std::nullopt;
  return *std::move(url);
}

}  // namespace parse
