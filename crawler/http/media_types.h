// Which types of content are wanted: patterns that an answer's Content-Type is held against.
//
//   const MediaTypes types({"text/*", "application/json", "*/*+xml"});
//   types.accepts("Text/HTML; charset=utf-8");      // true
//   types.accepts("image/svg+xml");                 // true
//   types.accepts("image/png");                     // false
//
// Contract: a value; pure. A pattern is a type and a subtype, either of which may be "*", and the subtype
// "*+" and a suffix. Case is ignored, and so are the parameters of a Content-Type. One that is missing or is
// no media type is accepted: what it stands for may be HTML. Takes time linear in its input. Source: RFC
// 9110, 8.3.1; RFC 6838, 4.2.8
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crawler::http {

class MediaTypes {
 public:
  /// Throws std::invalid_argument, which names it, if one is no pattern.
  explicit MediaTypes(const std::vector<std::string>& patterns);

  static bool is_pattern(std::string_view text);

  bool accepts(std::optional<std::string_view> content_type) const;

 private:
  struct Pattern {
    std::string type, subtype, suffix;  // in lower case; empty: any
  };
  static std::optional<Pattern> read_pattern(std::string_view text);

  std::vector<Pattern> patterns_;
};

}  // namespace crawler::http
