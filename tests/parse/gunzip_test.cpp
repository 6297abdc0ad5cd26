#include "parse/gunzip.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/parse/sitemap_reading.h"

namespace parse {
namespace {

struct Unpacked {
  std::string text;
  Gunzip::State state;
};

Unpacked unpack(std::string_view bytes, std::size_t piece = std::string_view::npos) {
  Gunzip gunzip;
  std::string text;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size())))
    gunzip.read(bytes.substr(0, piece), text, 1 << 20);
  return {text, gunzip.state()};
}

TEST(Gunzip, UnpacksInPiecesOfAnySize) {
  const std::string text = repeat("https://example.com/ ", 1000);
  for (const std::size_t piece : {1U, 2U, 7U, 100000U}) {
    const Unpacked unpacked = unpack(gzip(text), piece);
    EXPECT_EQ(unpacked.text, text);
    EXPECT_EQ(unpacked.state, Gunzip::State::between);
  }
}

TEST(Gunzip, NeverGivesMoreThanAskedFor) {
  const std::string packed = gzip(std::string(1 << 20, 'a'));
  Gunzip gunzip;
  std::string text;
  const std::string_view rest = gunzip.read(packed, text, 100);
  EXPECT_EQ(text, std::string(100, 'a'));
  gunzip.read(rest, text, 150);
  EXPECT_EQ(text, std::string(150, 'a'));
}

TEST(Gunzip, TakesMembersOneAfterAnother) {
  const Unpacked unpacked = unpack(gzip("a") + gzip("") + gzip("b"), 1);
  EXPECT_EQ(unpacked.text, "ab");
  EXPECT_EQ(unpacked.state, Gunzip::State::between);
}

TEST(Gunzip, IgnoresBytesAfterTheLastMember) {
  const Unpacked unpacked = unpack(gzip("a") + "garbage");
  EXPECT_EQ(unpacked.text, "a");
  EXPECT_EQ(unpacked.state, Gunzip::State::ended);
}

TEST(Gunzip, KnowsThatItWasCut) {
  const std::string packed = gzip(repeat("https://example.com/ ", 1000));
  for (std::size_t size = 1; size < packed.size(); ++size)
    EXPECT_EQ(unpack(packed.substr(0, size)).state, Gunzip::State::inside) << size;
}

TEST(Gunzip, KeepsWhatCameBeforeAFault) {
  std::string packed = gzip("whole");
  packed[packed.size() - 5] ^= 1;  // in the checksum
  EXPECT_EQ(unpack(packed).text, "whole");
  EXPECT_EQ(unpack(packed).state, Gunzip::State::corrupt);
  EXPECT_EQ(unpack("\x1F\x8B garbage").state, Gunzip::State::corrupt);
}

}  // namespace
}  // namespace parse
