// A text or an XML document that comes in blocks, as UTF-8.
//
//   BlockDecoder decoder;
//   text += decoder.decode(first_block);
//   text += decoder.decode(second_block);
//   text += decoder.decode({}, BlockDecoder::Last::yes);
//
// Contract: total; linear for blocks that are not small beside the 64 KiB that it may hold back. The output
// is valid UTF-8 without the byte order mark: malformed bytes are U+FFFD. The encoding is told by the first
// block, which has to have 1,024 bytes or all there are: a byte order mark, a '<' in UTF-16, the XML
// declaration, else UTF-8. A character that two blocks share is read as one.
//
// Source: https://www.w3.org/TR/xml/#sec-guessing and https://encoding.spec.whatwg.org
#pragma once

#include <string>
#include <string_view>

namespace parse {

class BlockDecoder {
 public:
  enum class Last { no, yes };

  std::string decode(std::string_view block, Last last = Last::no);

 private:
  std::string held_;           // bytes of a character, or a line, that the next block goes on with
  std::string_view encoding_;  // empty before the first block
};

}  // namespace parse
