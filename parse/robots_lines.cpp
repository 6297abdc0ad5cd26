#include "parse/robots_lines.h"

#include <algorithm>
#include <array>

#include "parse/ascii.h"
#include "parse/byte_set.h"
#include "parse/utf8.h"

namespace parse {
namespace {

using namespace std::string_view_literals;

constexpr ByteSet kLineEnds("\r\n");
constexpr ByteSet kBlanks(" \t");
/// NUL too: what is left of a buffer after the file.
constexpr ByteSet kPadding(" \t\v\f\0"sv);
/// All but the tab, which stands between words.
constexpr ByteSet kControls = ByteSet(0x00, 0x08) | ByteSet(0x0A, 0x1F);

struct Spelling {
  std::string_view begin;
  RobotsKey key;
};

constexpr std::array kSpellings{
    Spelling{"user-agent", RobotsKey::user_agent},   Spelling{"useragent", RobotsKey::user_agent},
    Spelling{"user agent", RobotsKey::user_agent},   Spelling{"allow", RobotsKey::allow},
    Spelling{"disallow", RobotsKey::disallow},       Spelling{"dissallow", RobotsKey::disallow},
    Spelling{"dissalow", RobotsKey::disallow},       Spelling{"disalow", RobotsKey::disallow},
    Spelling{"diasllow", RobotsKey::disallow},       Spelling{"disallaw", RobotsKey::disallow},
    Spelling{"crawl-delay", RobotsKey::crawl_delay}, Spelling{"sitemap", RobotsKey::sitemap},
    Spelling{"site-map", RobotsKey::sitemap},
};

std::string_view trim(std::string_view text) {
  while (!text.empty() && kPadding.contains(text.front())) text.remove_prefix(1);
  while (!text.empty() && kPadding.contains(text.back())) text.remove_suffix(1);
  return text;
}

/// A key counts by how it begins: "Disallowed" is meant as "Disallow".
std::optional<RobotsKey> read_key(std::string_view text) {
  const auto found = std::ranges::find_if(kSpellings, [text](const Spelling& spelling) {
    return equals_ignoring_case(text.substr(0, spelling.begin.size()), spelling.begin);
  });
  if (found == kSpellings.end()) return std::nullopt;
  return found->key;
}

std::optional<RobotsLine> read_line(std::string_view line) {
  line = trim(line.substr(0, line.find('#')));
  if (kControls.find_in(line) < line.size()) return std::nullopt;

  std::size_t separator = line.find(':');
  if (separator == std::string_view::npos) {
    // A forgotten colon is seen where the line is two words, and could be anything where it is more.
    separator = kBlanks.find_in(line);
    const std::string_view value = trim(line.substr(separator));
    if (value.empty() || kBlanks.find_in(value) < value.size()) return std::nullopt;
  }
  const std::optional<RobotsKey> key = read_key(trim(line.substr(0, separator)));
  if (!key) return std::nullopt;
  return RobotsLine{*key, trim(line.substr(separator + 1))};
}

}  // namespace

RobotsLines::RobotsLines(std::string_view text) : rest_(text) {
  if (rest_.size() > max_size) {
    // The byte after the limit tells whether the last line is whole.
    const std::size_t end = rest_.substr(0, max_size + 1).find_last_of("\r\n");
    rest_ = rest_.substr(0, end == std::string_view::npos ? 0 : end);
  }
  if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
}

std::optional<RobotsLine> RobotsLines::next() {
  while (!rest_.empty()) {
    const std::size_t end = kLineEnds.find_in(rest_);
    const std::optional<RobotsLine> line = read_line(rest_.substr(0, end));
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (line) return line;
  }
  return std::nullopt;
}

}  // namespace parse
