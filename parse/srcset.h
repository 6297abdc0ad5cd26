// The images that a srcset attribute offers.
//
//   SrcsetScanner scanner("small.jpg 480w, large.jpg 2x");
//   while (const auto url = scanner.next()) *url;   // "small.jpg", "large.jpg"
//
// Contract: total, in linear time and no memory; the addresses are views into the attribute, not resolved
// yet. A candidate with descriptors that browsers do not take is passed over, as they do. Source:
// https://html.spec.whatwg.org/#parse-a-srcset-attribute
#pragma once

#include <optional>
#include <string_view>

namespace parse {

class SrcsetScanner {
 public:
  /// `srcset` outlives the scanner.
  explicit SrcsetScanner(std::string_view srcset) : rest_(srcset) {}

  std::optional<std::string_view> next();

 private:
  bool read_descriptors();

  std::string_view rest_;
};

}  // namespace parse
