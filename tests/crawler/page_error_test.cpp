#include "crawler/page_error.h"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace crawler {
namespace {

TEST(PageError, SpellsATransfersErrorAsTheTransferDoes) {
  for (int i = 0; i <= static_cast<int>(http::TransferError::content_encoding); ++i) {
    const auto error = static_cast<http::TransferError>(i);
    EXPECT_EQ(name(page_error(error)), name(error));
  }
}

TEST(PageError, HasANameOfItsOwnForEach) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(PageError::cancelled); ++i)
    EXPECT_TRUE(names.insert(name(static_cast<PageError>(i))).second) << i;
}

}  // namespace
}  // namespace crawler
