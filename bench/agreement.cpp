// Which pages the two readers of HTML see differently: read_page() of a page's text, and of gumbo's tree.
//
//   agreement [-j THREADS] [FILE|FOLDER]...      without a name, files as standard input lists them
//
// Prints for each page that differs its path and the first difference of each fact, gumbo's as the
// expected one; for one that gumbo does not take within its bounds "refused by gumbo"; at the end the counts.
// The exit code is 0 if all that gumbo takes agree, 1 if not, 2 for wrong arguments or a file that cannot be
// read.
#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "parse/ascii.h"
#include "parse/encoding.h"
#include "parse/html_tree.h"
#include "parse/page_facts.h"
#include "parse/url.h"
#include "tests/parse/fact_difference.h"

namespace {

namespace fs = std::filesystem;

struct Options {
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<fs::path> pages;
};

bool is_html(const fs::path& path) {
  const fs::path extension = path.extension();
  return extension == ".html" || extension == ".htm" || extension == ".xhtml";
}

void add_pages(std::vector<fs::path>& pages, const fs::path& path) {
  if (!fs::is_directory(path)) {
    pages.push_back(path);
    return;
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path))
    if (!entry.is_symlink() && entry.is_regular_file() && is_html(entry.path()))
      pages.push_back(entry.path());
}

Options read_options(const std::vector<std::string_view>& arguments) {
  Options options;
  bool is_list = true;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "-j") {
      const std::string_view count = i + 1 < arguments.size() ? arguments[++i] : "";
      const auto [end, error] = std::from_chars(count.begin(), count.end(), options.threads);
      if (error != std::errc() || end != count.end() || options.threads == 0)
        throw std::invalid_argument("-j needs a number of threads");
      continue;
    }
    is_list = false;
    add_pages(options.pages, arguments[i]);
  }
  if (is_list)
    for (std::string line; std::getline(std::cin, line);) options.pages.emplace_back(line);
  std::ranges::sort(options.pages);
  return options;
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The length of the character at the front that gumbo reads as U+FFFD where the standard would keep it: a
/// control character, or what is no character. Otherwise 0. NUL is a matter of its own.
/// https://html.spec.whatwg.org/#preprocessing-the-input-stream
std::size_t length_of_invalid(std::string_view html) {
  const char first = html.front();
  if (first > '\0' && first < ' ') return parse::is_space(first) ? 0 : 1;
  if (first == '\x7F') return 1;
  if (first == '\xC2') return html.substr(1, 1) < "\xA0" ? 2 : 0;
  const std::string_view character = html.substr(0, 3);
  const bool is_noncharacter = character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF" ||
                               (character >= "\xEF\xB7\x90" && character <= "\xEF\xB7\xAF");
  return is_noncharacter ? 3 : 0;
}

std::string replace_invalid(std::string_view html) {
  std::string replaced;
  while (!html.empty()) {
    const std::size_t length = length_of_invalid(html);
    replaced += length > 0 ? "\xEF\xBF\xBD" : html.substr(0, 1);
    html.remove_prefix(std::max(length, std::size_t{1}));
  }
  return replaced;
}

struct Comparison {
  std::size_t bytes = 0;
  bool is_refused = false;
  std::vector<parse::FactDifference> differences;
};

Comparison compare(const fs::path& path) {
  static const parse::Url url = *parse::Url::parse("https://docs.example.org/dir/page.html");
  const std::string bytes = read_file(path);
  const std::string html = replace_invalid(parse::decode(bytes, "", parse::Markup::html).text);
  Comparison comparison;
  comparison.bytes = bytes.size();
  const auto tree = parse::HtmlTree::parse(html);
  const parse::PageFacts facts = parse::read_page(html, url);
  if (tree)
    comparison.differences = parse::find_differences(parse::read_page(*tree, url), facts);
  else
    comparison.is_refused = true;
  return comparison;
}

std::vector<Comparison> compare_all(const Options& options) {
  std::vector<Comparison> comparisons(options.pages.size());
  std::atomic<std::size_t> next = 0;
  std::vector<std::exception_ptr> errors(options.threads);
  {
    std::vector<std::jthread> threads;
    for (std::exception_ptr& error : errors) {
      threads.emplace_back([&] {
        try {
          for (std::size_t i = next++; i < comparisons.size(); i = next++)
            comparisons[i] = compare(options.pages[i]);
        } catch (...) {
          error = std::current_exception();
        }
      });
    }
  }
  for (const std::exception_ptr& error : errors)
    if (error) std::rethrow_exception(error);
  return comparisons;
}

/// Whether all agree.
bool report(const std::vector<fs::path>& pages, const std::vector<Comparison>& comparisons) {
  std::size_t refused = 0, differing = 0;
  std::uintmax_t bytes = 0;
  std::map<std::string_view, std::size_t> by_fact;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const Comparison& page = comparisons[i];
    bytes += page.bytes;
    if (page.is_refused) {
      ++refused;
      std::cout << pages[i].string() << "\n  refused by gumbo\n";
    }
    if (page.differences.empty()) continue;
    ++differing;
    std::cout << pages[i].string() << '\n';
    for (const parse::FactDifference& found : page.differences) {
      ++by_fact[found.fact];
      std::cout << found;
    }
  }
  std::cout << pages.size() << " pages of " << bytes / 1'000'000
            << " MB: " << pages.size() - refused - differing << " agree, " << differing << " differ, "
            << refused << " refused by gumbo\n";
  for (const auto& [fact, count] : by_fact) std::cout << "  " << fact << ": " << count << '\n';
  return differing == 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const Options options = read_options({argv + 1, argv + argc});
    return report(options.pages, compare_all(options)) ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "agreement: " << error.what() << '\n';
    return 2;
  }
}
