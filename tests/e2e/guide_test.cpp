// The guides in docs/ say what the program does: each command of a console block is run, on real pages.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/e2e/crawl_test.h"
#include "tests/support/nginx.h"
#include "tests/support/python_docs.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

struct Example {
  std::string command;
  std::string printed;
};

std::string replace_all(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

/// The commands of the ```console blocks, each with what stands below it.
std::vector<Example> examples_in(const fs::path& file) {
  std::vector<Example> examples;
  std::ifstream lines(file);
  bool is_inside = false;
  bool is_continued = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      is_inside = line == "```console";
    } else if (is_inside && (line.starts_with("$ ") || is_continued)) {
      if (!is_continued) examples.emplace_back();
      examples.back().command += (is_continued ? line : line.substr(2)) + "\n";
      is_continued = line.ends_with('\\');
    } else if (is_inside) {
      examples.back().printed += line + "\n";
    }
  }
  return examples;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Sizes and times are a run's own: each number becomes an N, and each unit one of its kind.
std::string mask_figures(const std::string& text) {
  std::string masked;
  bool is_in_number = false;
  for (const char c : text) {
    const bool goes_on = is_in_number && (c == ',' || c == '.');
    if (is_digit(c) && !is_in_number) masked += 'N';
    is_in_number = is_digit(c) || goes_on;
    if (!is_in_number) masked += c;
  }
  return replace_all(replace_all(masked, "N ms", "N s"), "N kB", "N MB");
}

constexpr const char* kSite = "https://docs.python.org/3/";

class Guide : public CrawlTest {
 protected:
  /// What the shell prints, on both streams; `crawl` is the program of this build.
  std::string shell(const std::string& command) {
    const std::string path = fs::path(CRAWL_PROGRAM).parent_path().string();
    test_support::Process bash({.program = "/bin/bash",
                                .arguments = {"-c", "exec 2>&1; PATH=" + path + ":$PATH\n" + command},
                                .directory = dir_.path()});
    return finish(bash).out;
  }
  /// The same of a command on Python's documentation, which nginx stands in for.
  std::string print(const std::string& command, const test_support::Nginx& nginx) {
    return replace_all(shell(replace_all(command, kSite, nginx.url(""))), nginx.url(""), kSite);
  }
};

TEST_F(Guide, ToScrapingPrintsWhatItSays) {
  const fs::path root = test_support::find_python_docs();
  if (root.empty()) GTEST_SKIP() << "python3-doc is not installed";
  if (test_support::Nginx::program().empty()) GTEST_SKIP() << "there is no nginx";

  const test_support::Nginx nginx(root);
  write("urls.txt",
        nginx.url("library/asyncio-sync.html") + "\n" + nginx.url("library/asyncio-queue.html") + "\n");
  const std::vector<Example> examples = examples_in(fs::path(CRAWL_DOCS) / "scraping.md");
  ASSERT_GE(examples.size(), 8U);
  for (const Example& example : examples)
    EXPECT_EQ(print(example.command, nginx), example.printed) << example.command;
  EXPECT_GT(fs::file_size(dir_.path() / "classes.csv"), 200U);
}

TEST_F(Guide, ToFollowingPrintsWhatItSays) {
  const fs::path root = test_support::find_python_docs();
  if (root.empty()) GTEST_SKIP() << "python3-doc is not installed";
  if (test_support::Nginx::program().empty()) GTEST_SKIP() << "there is no nginx";

  const test_support::Nginx nginx(root);
  const std::vector<Example> examples = examples_in(fs::path(CRAWL_DOCS) / "following.md");
  ASSERT_GE(examples.size(), 4U);
  for (const Example& example : examples)
    EXPECT_EQ(mask_figures(print(example.command, nginx)), mask_figures(example.printed)) << example.command;
}

TEST_F(Guide, OfTheReadmeFollowsASite) {
  const fs::path root = test_support::find_python_docs();
  if (root.empty()) GTEST_SKIP() << "python3-doc is not installed";
  if (test_support::Nginx::program().empty()) GTEST_SKIP() << "there is no nginx";

  const test_support::Nginx nginx(root);
  std::size_t followed = 0;
  for (const Example& example : examples_in(fs::path(CRAWL_DOCS) / "../README.md")) {
    if (example.command.find("--follow") == std::string::npos) continue;
    ++followed;
    EXPECT_THAT(print(replace_all(example.command, "./run", "crawl"), nginx),
                testing::HasSubstr(" pages in "))
        << example.command;
  }
  EXPECT_EQ(followed, 3U);
}

}  // namespace
}  // namespace e2e
