// Two URLs, a line each: the second is resolved against the first. What holds of every Url is asked of both.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parse/url.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const parse::Url& url) {
  const auto again = parse::Url::parse(url.href());
  require(again.has_value() && *again == url);
  require(url.href().starts_with(url.key()));
  for (const char c : url.href()) require(c > ' ' && c < '\x7F');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = input.find('\n');
  const auto base = parse::Url::parse(input.substr(0, end));
  if (!base) return 0;
  check(*base);
  if (end == std::string_view::npos) return 0;
  const auto url = base->resolve(input.substr(end + 1));
  if (url) check(*url);
  return 0;
}
