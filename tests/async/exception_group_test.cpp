#include "crawler/async/exception_group.h"

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

std::exception_ptr error(const std::string& message) {
  return std::make_exception_ptr(std::runtime_error(message));
}

std::exception_ptr invalid(const std::string& message) {
  return std::make_exception_ptr(std::invalid_argument(message));
}
std::exception_ptr group(const std::string& message, std::vector<std::exception_ptr> errors) {
  return std::make_exception_ptr(ExceptionGroup(message, std::move(errors)));
}

TEST(ExceptionGroup, E01_SplitKeepsTheShapeOfNestedGroups) {
  const ExceptionGroup all("m", {invalid("1"), group("n", {error("2"), invalid("3")})});
  const auto [matching, rest] = all.split<std::invalid_argument>();
  EXPECT_STREQ(matching->what(), "m (2 sub-exceptions)\n  1\n  n (1 sub-exception)\n  3");
  EXPECT_STREQ(rest->what(), "m (1 sub-exception)\n  n (1 sub-exception)\n  2");
  EXPECT_FALSE(all.subgroup<std::out_of_range>());
  EXPECT_EQ(all.subgroup<std::invalid_argument>()->exceptions().size(), 2U);
}

TEST(ExceptionGroup, SplitTakesAGroupThatMatchesAsAWhole) {
  const ExceptionGroup all("m", {group("n", {error("1")}), std::make_exception_ptr(2)});
  const auto [groups, others] = all.split<int>();
  EXPECT_EQ(groups->exceptions().size(), 1U);
  EXPECT_STREQ(others->what(), "m (1 sub-exception)\n  n (1 sub-exception)\n  1");
  const auto [whole, nothing] = all.split<std::exception>();
  EXPECT_STREQ(whole->what(), all.what());
  EXPECT_FALSE(nothing);
}

TEST(ExceptionGroup, E02_SplitHandlesSomeErrorsAndThrowsTheRest) {
  Log handled;
  const auto handle_some = [&] {
    try {
      throw ExceptionGroup("m", {invalid("1"), error("2"), invalid("3")});
    } catch (const ExceptionGroup& thrown) {
      const auto [known, rest] = thrown.split<std::invalid_argument>();
      if (known) handled = messages(*known);
      if (rest) throw *rest;
    }
  };
  EXPECT_THROW(handle_some(), ExceptionGroup);
  EXPECT_THAT(handled, ElementsAre("1", "3"));
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
