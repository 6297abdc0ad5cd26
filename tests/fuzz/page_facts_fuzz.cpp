// A page, read in one pass and as a tree: the facts are UTF-8, and no larger than a page of that size
// may give.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parse/ascii.h"
#include "parse/html_tree.h"
#include "parse/page_facts.h"
#include "parse/utf8.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

/// Adds up the strings of a page's facts.
class Account {
 public:
  void add(std::string_view text) {
    require(parse::is_utf8(text));
    bytes_ += text.size();
  }
  void add_collapsed(std::string_view text) {
    add(text);
    require(parse::collapse_spaces(text) == text);
  }
  std::size_t bytes() const { return bytes_; }

 private:
  std::size_t bytes_ = 0;
};

void check(const parse::PageFacts& facts, std::size_t page_size) {
  Account account;
  account.add_collapsed(facts.title.value_or(""));
  account.add_collapsed(facts.description.value_or(""));
  account.add(facts.canonical.value_or(""));
  account.add(facts.lang.value_or(""));
  account.add(facts.text);
  for (const parse::Link& link : facts.links) {
    require(!parse::name(link.kind).empty());
    require(link.url.href().starts_with("http"));
    account.add_collapsed(link.rel);
    account.add_collapsed(link.text);
  }
  for (const parse::Heading& heading : facts.headings) {
    require(heading.level >= 1 && heading.level <= 6 && !heading.text.empty());
    account.add_collapsed(heading.text);
  }
  for (const parse::Alternate& alternate : facts.alternates) {
    require(!alternate.lang.empty());
    account.add(alternate.lang);
  }
  for (const parse::Feed& feed : facts.feeds) {
    require(feed.type.starts_with("application/"));
    account.add_collapsed(feed.title);
  }
  for (const auto* const properties : {&facts.properties, &facts.robots}) {
    for (const parse::Property& property : *properties) {
      require(parse::to_lower(property.name) == property.name);
      account.add(property.name);
      account.add_collapsed(property.content);
    }
  }
  for (const std::string& script : facts.json_ld) account.add(script);
  // A byte that is no UTF-8 becomes three; one of text may be in a heading, an anchor and an attribute
  // repeated by formatting elements that are opened again.
  require(account.bytes() <= (page_size + 16 * 1024) * 64);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  static const parse::Url page = *parse::Url::parse("https://example.com/dir/page?query");
  check(parse::read_page(html, page), size);
  if (const auto tree = parse::HtmlTree::parse(html)) check(parse::read_page(*tree, page), size);
  return 0;
}
