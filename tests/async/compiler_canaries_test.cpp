// Forms that some compiler gets wrong in coroutines, written the way that every supported one gets right.
// What g++ 12 does with the plain form is said at each.

#include <memory>
#include <optional>

#include "crawler/async/async_generator.h"
#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

/// An aggregate with a member whose destructor counts.
struct Request {
  std::string url;
  std::shared_ptr<int> held;
};

/// The same with a constructor.
class Wrapped {
 public:
  explicit Wrapped(std::shared_ptr<int> held) : held_(std::move(held)) {}
  long uses() const { return held_.use_count(); }

 private:
  std::shared_ptr<int> held_;
};

Task<long> uses_of(Request request) {
  co_await tick();
  co_return request.held.use_count();
}
Task<long> uses_of(Wrapped wrapped) {
  co_await tick();
  co_return wrapped.uses();
}
Task<bool> yes() {
  co_await tick();
  co_return true;
}
Task<std::string> text(std::string given) {
  co_await tick();
  co_return given;
}

// A. `co_await uses_of({.url = …})`: a temporary of aggregate type is destroyed twice.
TEST(CompilerCanary, A_AggregateIsNamedAndMovedIn) {
  const auto held = std::make_shared<int>(0);
  in_virtual_time([&]() -> Task<> {
    Request request{.url = "http://example.com/", .held = held};
    const long uses = co_await uses_of(std::move(request));
    EXPECT_EQ(uses, 2);
  });
  EXPECT_EQ(held.use_count(), 1);
}

TEST(CompilerCanary, A_TypeWithAConstructorMayBeATemporary) {
  const auto held = std::make_shared<int>(0);
  in_virtual_time([&]() -> Task<> {
    const long uses = co_await uses_of(Wrapped(held));
    EXPECT_EQ(uses, 2);
  });
  EXPECT_EQ(held.use_count(), 1);
}

TEST(CompilerCanary, A_LambdaThatCapturesByValueIsNamedAndMovedIn) {
  const auto held = std::make_shared<int>(0);
  in_virtual_time([&]() -> Task<> {
    auto body = [held]() -> Task<long> {
      co_await tick();
      co_return held.use_count();
    };
    const long uses = co_await call(std::move(body));
    EXPECT_GE(uses, 2);
  });
  EXPECT_EQ(held.use_count(), 1);
}

TEST(CompilerCanary, A_TaskOfAnAggregateIsBuiltInAStatementOfItsOwn) {
  const auto held = std::make_shared<int>(0);
  in_virtual_time([&]() -> Task<> {
    Task<long> task = uses_of(Request{.url = "", .held = held});
    const long uses = co_await std::move(task);
    EXPECT_EQ(uses, 2);
  });
  EXPECT_EQ(held.use_count(), 1);
}

TEST(CompilerCanary, A_AggregateIsFilledFromAValueAwaitedBefore) {
  const auto held = std::make_shared<int>(0);
  in_virtual_time([&]() -> Task<> {
    std::string url = co_await text("u");
    const Request request{.url = std::move(url), .held = held};
    EXPECT_EQ(request.url, "u");
  });
  EXPECT_EQ(held.use_count(), 1);
}

TEST(CompilerCanary, A_AggregateIsNamedBeforeItIsYielded) {
  const auto held = std::make_shared<int>(0);
  const auto requests = [&]() -> AsyncGenerator<Request> {
    for (const char* url : {"a", "b"}) {
      Request request{.url = url, .held = held};
      co_yield std::move(request);
    }
  };
  in_virtual_time([&]() -> Task<> {
    AsyncGenerator<Request> generator = requests();
    std::string urls;
    while (const auto request = co_await generator.next()) urls += request->url;
    EXPECT_EQ(urls, "ab");
  });
  EXPECT_EQ(held.use_count(), 1);
}

// B. `if (co_await yes())` in a coroutine without a local variable: the branch is skipped.
Task<int> branch() {
  const bool ok = co_await yes();
  if (ok) co_return 1;
  co_return 2;
}

AsyncGenerator<int> three() {
  for (int i = 0; i < 3; ++i) co_yield i;
}
Task<> count_all(AsyncGenerator<int>& numbers, int& sum) {
  while (const auto number = co_await numbers.next()) sum += 1 + *number;
}

TEST(CompilerCanary, B_ConditionIsAwaitedIntoAConstant) { EXPECT_EQ(in_virtual_time(branch), 1); }

TEST(CompilerCanary, B_WhileThatDeclaresItsConditionIsSafe) {
  in_virtual_time([]() -> Task<> {
    AsyncGenerator<int> numbers = three();
    int sum = 0;
    co_await count_all(numbers, sum);
    EXPECT_EQ(sum, 6);
  });
}

// C. `c ? co_await text("a") : co_await text("b")`: used after it is freed.
Task<std::string> choose(bool first) {
  std::string chosen;
  if (first)
    chosen = co_await text("the first, longer than a short string");
  else
    chosen = co_await text("the second, longer than a short string");
  co_return chosen;
}

TEST(CompilerCanary, C_ChoiceIsAnIfNotAConditionalExpression) {
  EXPECT_THAT(in_virtual_time([] { return choose(true); }), HasSubstr("first"));
  EXPECT_THAT(in_virtual_time([] { return choose(false); }), HasSubstr("second"));
}

// D. `co_await count({"a", "b"})`: does not compile.
Task<std::size_t> count(std::vector<std::string> strings) {
  co_await tick();
  co_return strings.size();
}

TEST(CompilerCanary, D_ContainerIsBuiltBeforeTheAwait) {
  in_virtual_time([]() -> Task<> {
    std::vector<std::string> strings = {"a", "b"};
    const std::size_t n = co_await count(std::move(strings));
    EXPECT_EQ(n, 2U);
  });
}

// E. An await inside a handler is ill-formed.
Task<std::string> clean_up_after(Task<> body) {
  std::exception_ptr error;
  try {
    co_await std::move(body);
  } catch (...) {
    error = std::current_exception();
  }
  co_await tick();
  co_return error ? describe(error) : "";
}

TEST(CompilerCanary, E_CleanUpAwaitsAfterTheHandler) {
  EXPECT_EQ(in_virtual_time([] { return clean_up_after(fail("x")); }), "x");
}

// F. Symmetric transfer grows the stack in unoptimised builds: stress_test.cpp.

TEST(CompilerCanary, TemporariesOfOtherArgumentsLiveThroughAnAwait) {
  in_virtual_time([]() -> Task<> {
    const auto join = [](const std::string& a, const std::string& b) { return a + b; };
    const std::string joined = join(std::string(40, 'a'), co_await text(std::string(40, 'b')));
    EXPECT_EQ(joined, std::string(40, 'a') + std::string(40, 'b'));
  });
}

TEST(CompilerCanary, ReferencesToTemporariesLiveToTheEndOfTheirAwait) {
  const auto length = [](const std::string& given) -> Task<std::size_t> {
    co_await tick(2);
    co_return given.size();
  };
  in_virtual_time([&]() -> Task<> {
    const std::size_t n = co_await length(std::string(100, 'x'));
    EXPECT_EQ(n, 100U);
  });
}

Task<> count_and_fail(int& count) {
  ++count;
  co_await tick();
  throw std::runtime_error("x");
}
Task<> expect_throw(int& count) { EXPECT_THROW(co_await count_and_fail(count), std::runtime_error); }

TEST(CompilerCanary, ExpectThrowAwaitsItsStatementInACoroutineWithoutLocals) {
  int count = 0;
  in_virtual_time([&]() { return expect_throw(count); });
  EXPECT_EQ(count, 1);
}

}  // namespace
}  // namespace crawler::async
