#include "parse/srcset.h"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string_view> urls_of(std::string_view srcset) {
  std::vector<std::string_view> urls;
  SrcsetScanner scanner(srcset);
  while (const auto url = scanner.next()) urls.push_back(*url);
  return urls;
}

TEST(Srcset, CandidatesAreApartByCommas) {
  EXPECT_THAT(urls_of(" a 1x,b 100w 50h ,\tc 2.5e1x , d"), ElementsAre("a", "b", "c", "d"));
}

TEST(Srcset, CommasWithinAnAddressAreItsOwn) {
  EXPECT_THAT(urls_of("a,b 1x,c,d 2x"), ElementsAre("a,b", "c,d"));
  EXPECT_THAT(urls_of("/i,w_100/x.png, y.png"), ElementsAre("/i,w_100/x.png", "y.png"));
}

TEST(Srcset, CommasAroundAnAddressAreNot) {
  EXPECT_THAT(urls_of(",, ,a,,, ,b,"), ElementsAre("a", "b"));
  EXPECT_THAT(urls_of(" , ,"), IsEmpty());
  EXPECT_THAT(urls_of(""), IsEmpty());
}

TEST(Srcset, CandidatesWithDescriptorsThatBrowsersTakeAreKept) {
  for (const std::string_view descriptors :
       {"1x", "0x", ".5x", "-0x", "1e-3x", "1.0E+2x", "1w", "1w 2h", "2h 1w"})
    EXPECT_THAT(urls_of("a " + std::string(descriptors)), ElementsAre("a")) << descriptors;
}

TEST(Srcset, CandidatesWithOtherDescriptorsArePassedOver) {
  for (const std::string_view descriptors :
       {"x",  "w", "-1x",   "+1x",   "1.x",   "1ex",   "1ee1x", "0w",    "1.5w",     "-1w", "1h",
        "1q", "1", "1w 1w", "1x 1x", "1w 1x", "1x 1w", "1x 1h", "1h 1x", "1w 1h 1h", "()"})
    EXPECT_THAT(urls_of("a " + std::string(descriptors) + ", b"), ElementsAre("b")) << descriptors;
}

TEST(Srcset, ParenthesesHoldCommasToTheEnd) {
  EXPECT_THAT(urls_of("a f(,b), c"), ElementsAre("c"));
  EXPECT_THAT(urls_of("a (1x, b"), IsEmpty());
}

}  // namespace
}  // namespace parse
