// The name at the front of eight bytes, read without a loop: most names of tags are that short.
//
//   const ShortName name(begin);     // of "DIV class"
//   name.size();                     // 3: letters and digits; 8 if the eight bytes hold nothing else
//   name.lower();                    // "div" as a number, whatever the machine's byte order
//   name.is_lower();                 // false
//
// Contract: pure; constant time; reads exactly eight bytes.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace parse {

class ShortName {
 public:
  static constexpr std::size_t longest = 8;

  explicit ShortName(const char* bytes) {
    Word word = 0;
    std::memcpy(&word, bytes, sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = std::byteswap(word);
    const Word seven_bits = word & ~kHighBits;
    const Word uppers = in_range(seven_bits, 'A', 'Z');
    const Word lower = seven_bits | (uppers >> 2);  // 0x80 becomes the 0x20 between 'A' and 'a'
    const Word members = (in_range(lower, 'a', 'z') | in_range(lower, '0', '9')) & ~word;
    const Word others = ~members & kHighBits;
    size_ = static_cast<std::size_t>(std::countr_zero(others)) / 8;
    const Word mask = size_ == longest ? ~Word{0} : (Word{1} << 8 * size_) - 1;
    lower_ = lower & mask;
    is_lower_ = lower_ == (word & mask);
  }

  std::size_t size() const { return size_; }
  std::uint64_t lower() const { return lower_; }
  bool is_lower() const { return is_lower_; }

 private:
  using Word = std::uint64_t;
  static constexpr Word kOnes = 0x0101010101010101;
  static constexpr Word kHighBits = 0x80 * kOnes;

  /// The high bit of each byte of seven bits that is in the range.
  static Word in_range(Word seven_bits, unsigned char first, unsigned char last) {
    const Word from = seven_bits + kOnes * static_cast<Word>(0x80 - first);
    const Word beyond = seven_bits + kOnes * static_cast<Word>(0x7F - last);
    return from & ~beyond & kHighBits;
  }

  std::size_t size_;
  Word lower_;
  bool is_lower_;
};

}  // namespace parse
