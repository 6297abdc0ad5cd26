#include "crawler/line_splitter.h"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crawler {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// The lines of the chunks; one that is too long with a '!' before it.
std::vector<std::string> split(const std::vector<std::string_view>& chunks) {
  std::vector<std::string> lines;
  const auto add = [&lines](std::string_view line, bool is_too_long) {
    lines.push_back((is_too_long ? "!" : "") + std::string(line));
  };
  LineSplitter splitter;
  for (const std::string_view chunk : chunks) splitter.feed(chunk, add);
  splitter.finish(add);
  return lines;
}

TEST(LineSplitter, GivesTheLinesOfAChunk) { EXPECT_THAT(split({"a\nb\n"}), ElementsAre("a", "b")); }

TEST(LineSplitter, GivesALastLineWithoutNewline) { EXPECT_THAT(split({"a\nb"}), ElementsAre("a", "b")); }

TEST(LineSplitter, GivesNothingForNothing) { EXPECT_THAT(split({"", ""}), IsEmpty()); }

TEST(LineSplitter, GivesEmptyLines) { EXPECT_THAT(split({"\n\na\n"}), ElementsAre("", "", "a")); }

TEST(LineSplitter, JoinsALineThatIsCutByItsChunks) {
  EXPECT_THAT(split({"a", "b", "c\nd", "\n"}), ElementsAre("abc", "d"));
}

TEST(LineSplitter, LeavesACarriageReturnToTheReader) {
  EXPECT_THAT(split({"a\r", "\nb\r\n"}), ElementsAre("a\r", "b\r"));
}

TEST(LineSplitter, GivesTheSameLinesWhereverItsChunksAreCut) {
  const std::string text = "first\r\n\nthird " + std::string(LineSplitter::max_length + 5, 'x') + "\nlast";
  const std::vector<std::string> expected = split({text});
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string_view> chunks;
    for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(chunks.back().size()))
      chunks.push_back(rest.substr(0, 1 + random() % (round % 2 == 0 ? 10'000 : text.size())));
    ASSERT_EQ(split(chunks), expected) << "round " << round;
  }
}

TEST(LineSplitter, TakesALineOfTheGreatestLength) {
  const std::string line(LineSplitter::max_length, 'x');
  EXPECT_THAT(split({line + "\n"}), ElementsAre(line));
  EXPECT_THAT(split({line, "\n"}), ElementsAre(line));
}

TEST(LineSplitter, CutsALongerLineAndSaysSo) {
  const std::string line(LineSplitter::max_length, 'x');
  EXPECT_THAT(split({line + "y\nz\n"}), ElementsAre("!" + line, "z"));
  EXPECT_THAT(split({line, "y", "\nz\n"}), ElementsAre("!" + line, "z"));
  EXPECT_THAT(split({line, "y"}), ElementsAre("!" + line));
}

TEST(LineSplitter, IsBoundedHoweverLongTheLine) {
  std::size_t longest = 0;
  const auto add = [&longest](std::string_view line, bool) { longest = line.size(); };
  LineSplitter splitter;
  const std::string chunk(1'000'000, 'x');
  for (int i = 0; i < 100; ++i) splitter.feed(chunk, add);
  splitter.finish(add);
  EXPECT_EQ(longest, LineSplitter::max_length);
}

}  // namespace
}  // namespace crawler
