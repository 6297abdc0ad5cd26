#include "parse/seed_line.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "parse/ascii.h"
#include "parse/utf8.h"

namespace parse {
namespace {

constexpr std::string_view kWhiteSpace = " \t\n\v\f\r";

/// "example.com/a", "example.com:8080": as a URL the latter would have the scheme "example.com".
bool begins_with_dotted_name(std::string_view text) {
  const std::string_view name = text.substr(0, text.find_first_of("/\\?#:@"));
  if (name.starts_with('.') || name.find('.') == std::string_view::npos) return false;
  text.remove_prefix(name.size());
  if (text.starts_with('@')) return false;
  if (!text.starts_with(':')) return true;
  const std::string_view port = text.substr(1, text.find_first_of("/\\?#") - 1);
  return !port.empty() && std::ranges::all_of(port, is_digit);
}

}  // namespace

std::string_view strip_seed_line(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(kWhiteSpace);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kWhiteSpace) - begin + 1);
}

std::expected<std::optional<Url>, UrlError> read_seed_line(std::string_view line) {
  if (line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  const std::string_view text = strip_seed_line(line);
  if (text.empty() || text.starts_with('#')) return std::nullopt;
  // A list in UTF-16 or a binary file: no URL is meant, although one could be read.
  if (text.find('\0') != std::string_view::npos) return std::unexpected(UrlError::bad_host);
  if (begins_with_dotted_name(text)) return Url::parse(std::string("https://").append(text));
  return Url::parse(text);
}

}  // namespace parse
