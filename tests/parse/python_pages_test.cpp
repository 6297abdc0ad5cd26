// Pages that Python wrote, in each of the standard's encodings that it has.
#include <chrono>
#include <set>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/encoding.h"
#include "tests/support/process.h"

namespace parse {
namespace {

using namespace std::chrono_literals;
using test_support::Process;

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

TEST(PythonPages, AreReadAsPythonWroteThem) {
  Process python({.program = "/usr/bin/env", .arguments = {"python3", CRAWL_PYTHON_PAGES}});
  constexpr int kNotFound = 127;
  const auto code = python.wait(30s);
  if (code == kNotFound) GTEST_SKIP() << "python3 is not installed";
  ASSERT_EQ(code, 0) << python.err();

  std::set<std::string> encodings;
  std::istringstream lines(python.out());
  for (std::string name, bytes, text; lines >> name >> bytes >> text;) {
    encodings.insert(name);
    const Decoded page = decode(from_hex(bytes), "text/html; charset=" + name, Markup::html);
    EXPECT_EQ(page.charset, name);
    EXPECT_EQ(page.text, from_hex(text)) << name;
  }
  // All but x-user-defined and replacement.
  EXPECT_THAT(encodings, testing::SizeIs(38));
}

}  // namespace
}  // namespace parse
