#include "crawler/async/exception_group.h"

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

std::exception_ptr error(const std::string& message) {
  return std::make_exception_ptr(std::runtime_error(message));
}

TEST(ExceptionGroup, E03_RefusesToBeEmptyAndCountsItsErrors) {
  EXPECT_THROW(ExceptionGroup("m", {}), std::invalid_argument);
  EXPECT_STREQ(ExceptionGroup("m", {error("a"), error("b")}).what(), "m (2 sub-exceptions)\n  a\n  b");
  EXPECT_STREQ(ExceptionGroup("m", {error("a")}).what(), "m (1 sub-exception)\n  a");
}

TEST(ExceptionGroup, DescribesWhatItHolds) {
  EXPECT_EQ(describe(std::make_exception_ptr(Cancelled())), "cancelled");
  EXPECT_EQ(describe(std::make_exception_ptr(Cancelled("why"))), "cancelled: why");
  EXPECT_EQ(describe(std::make_exception_ptr(3)), "an exception of an unknown type");
}

TEST(ExceptionGroup, HoldsGroups) {
  const auto inner = std::make_exception_ptr(ExceptionGroup("inner", {error("a")}));
  const ExceptionGroup outer("outer", {inner, error("b")});
  EXPECT_THAT(messages(outer), ElementsAre("inner (1 sub-exception)\n  a", "b"));
  EXPECT_THAT(outer.what(), HasSubstr("outer (2 sub-exceptions)"));
}

}  // namespace
}  // namespace crawler::async
