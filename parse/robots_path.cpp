#include "parse/robots_path.h"

#include <cstddef>
#include <optional>

#include "parse/byte_set.h"
#include "parse/percent_encode.h"

namespace parse {
namespace {

constexpr ByteSet kUnreserved = ByteSet('a', 'z') | ByteSet('A', 'Z') | ByteSet('0', '9') | ByteSet("-._~");
constexpr ByteSet kKeptInPath = kUnreserved | ByteSet(":/?#[]@!&()+,;=");
constexpr ByteSet kKeptInPattern = kKeptInPath | ByteSet("*");

void append_normalized(std::string_view text, const ByteSet& kept, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      if (kept.contains(text[i]))
        out.push_back(text[i]);
      else
        append_escape(text[i], out);
      continue;
    }
    const std::optional<char> decoded = read_escape(text.substr(i));
    if (!decoded) {
      out.push_back('%');
      continue;
    }
    if (kUnreserved.contains(*decoded))
      out.push_back(*decoded);
    else
      append_escape(*decoded, out);
    i += 2;
  }
}

}  // namespace

std::string_view normalize_robots_path(std::string_view path, std::string& storage) {
  std::size_t same = 0;
  while (same < path.size() && kKeptInPath.contains(path[same])) ++same;
  if (same == path.size()) return path;
  storage.reserve(path.size() + 16);
  storage.assign(path, 0, same);
  append_normalized(path.substr(same), kKeptInPath, storage);
  return storage;
}

std::string normalize_robots_pattern(std::string_view pattern) {
  const bool is_anchored = pattern.ends_with('$');
  if (is_anchored) pattern.remove_suffix(1);
  std::string normal;
  normal.reserve(pattern.size() + 1);
  append_normalized(pattern, kKeptInPattern, normal);
  if (is_anchored) normal.push_back('$');
  return normal;
}

}  // namespace parse
