// The search for bytes against a plain loop: at every offset and length, with bytes near those that are
// sought.
#include "parse/byte_scan.h"

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace parse {
namespace {

constexpr std::string_view kSought("<&\r\0", 4);

std::size_t find_plainly(std::string_view text) { return std::min(text.find_first_of(kSought), text.size()); }

/// The text stands alone in memory, so that a sanitizer sees what is read beside it.
void expect_found(std::string_view text) {
  const std::vector<char> alone(text.begin(), text.end());
  const char* const begin = alone.data();
  const char* const end = begin + alone.size();
  const std::size_t expected = find_plainly(text);
  EXPECT_EQ((find_byte<'<', '&', '\r', '\0'>(begin, end)) - begin, expected) << testing::PrintToString(text);
  EXPECT_EQ((find_byte_by_words<'<', '&', '\r', '\0'>(begin, end)) - begin, expected)
      << testing::PrintToString(text);
}

TEST(ByteScan, FindsAByteAtEveryPlaceOfEveryLength) {
  for (std::size_t size = 0; size <= 70; ++size) {
    expect_found(std::string(size, 'x'));
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, 'x');
      for (const char sought : kSought) {
        text[at] = sought;
        expect_found(text);
      }
    }
  }
}

TEST(ByteScan, FindsTheFirstOfMany) {
  // Those with a bit more or less, or a borrow away, are not taken for what is sought.
  constexpr std::string_view kBytes("<&\r\0\x01\x0C\x0E=;%'\x80\xBC\xA6\x8D\xFFxyz", 19);
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    // Only some texts hold what is sought, and late ones too.
    const std::size_t first = round % 3 == 0 ? 0 : kSought.size();
    std::uniform_int_distribution<std::size_t> byte(first, kBytes.size() - 1);
    std::string text(std::uniform_int_distribution<std::size_t>(0, 60)(random), 'x');
    std::ranges::generate(text, [&] { return kBytes[byte(random)]; });
    if (!text.empty() && round % 2 == 0)
      text.back() = kSought[static_cast<std::size_t>(round) % kSought.size()];
    expect_found(text);
  }
}

TEST(ByteScan, LooksNotBeyondTheEnd) {
  const std::string text = "0123456789abcdef0123<";
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_EQ(find_byte<'<'>(text.data(), text.data() + size), text.data() + size);
  EXPECT_EQ(find_byte<'<'>(nullptr, nullptr), nullptr);
}

}  // namespace
}  // namespace parse
