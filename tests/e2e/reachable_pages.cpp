#include "tests/e2e/reachable_pages.h"

#include <deque>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>

#include "parse/html_tree.h"
#include "parse/page_facts.h"
#include "parse/url.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;
using parse::Url;

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      decoded += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Whether one of the words of `rel` is a relation that is followed.
bool leads_on(const std::string& rel) {
  const std::string words = " " + rel + " ";
  for (const std::string_view relation : {" next ", " prev ", " canonical ", " alternate "})
    if (words.find(relation) != std::string::npos) return true;
  return false;
}

bool is_followed(const parse::Link& found) {
  using enum parse::LinkKind;
  switch (found.kind) {
    case a:
    case area:
    case iframe:
    case frame:
    case meta_refresh:
      return true;
    case link:
      return leads_on(found.rel);
    default:
      return false;
  }
}

class Walk {
 public:
  Walk(const fs::path& root, const Url& start) : root_(root), origin_(start.origin()) { find(start); }

  ReachablePages run() {
    for (; !waiting_.empty(); waiting_.pop_front()) visit(waiting_.front());
    return std::move(reached_);
  }

 private:
  void find(const Url& url) {
    if (url.origin() != origin_ || !reached_.urls.emplace(url.key()).second) return;
    waiting_.push_back(url);
  }
  void visit(const Url& url) {
    const std::string path = percent_decoded(url.path());
    fs::path file = root_ / path.substr(1);
    if (fs::is_directory(file)) {
      if (!path.ends_with('/')) {
        const std::string query = url.query().empty() ? "" : "?" + std::string(url.query());
        return find(*url.resolve(std::string(url.path()) + "/" + query));
      }
      file /= "index.html";
    }
    if (!fs::is_regular_file(file)) return;
    reached_.files.insert(file);
    if (file.extension() == ".html") read(read_file(file), url);
  }
  void read(const std::string& html, const Url& url) {
    const auto tree = parse::HtmlTree::parse(html);
    if (!tree) throw std::runtime_error("gumbo does not read " + std::string(url.href()));
    for (const parse::Link& link : parse::read_page(*tree, url).links)
      if (is_followed(link)) find(link.url);
  }

  const fs::path root_;
  const std::string origin_;
  ReachablePages reached_;
  std::deque<Url> waiting_;
};

}  // namespace

ReachablePages reachable_pages(const fs::path& root, const std::string& start) {
  return Walk(root, Url::parse(start).value()).run();
}

}  // namespace e2e
