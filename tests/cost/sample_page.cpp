#include "tests/cost/sample_page.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cost {
namespace {

constexpr std::size_t kSize = 200'000;

constexpr std::array<std::string_view, 24> kWords = {
    "the",  "queue", "waits",  "until",  "a",     "task",           "has",      "given",
    "back", "its",   "permit", "and",    "every", "number",         "returned", "is",
    "read", "again", "from",   "memory", "where", "d\u00e9j\u00e0", "not",      "available"};

class PageWriter {
 public:
  SamplePage write() {
    add_head();
    for (int section = 1; page_.html.size() < kSize; ++section) add_section(section);
    add("<footer><p>&copy; 2024 The authors &mdash; ");
    add_link("https://example.net/licence?version=4.0&amp;lang=en", "licence");
    add("</p></footer></body></html>\n");
    return std::move(page_);
  }

 private:
  /// Below `limit`; from a generator of our own, since the library's distributions differ.
  std::size_t pick(std::size_t limit) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>(state_ >> 33) % limit;
  }

  void add(std::string_view html) { page_.html += html; }

  void add_words(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) add(" ");
      add(kWords[pick(kWords.size())]);
    }
  }

  void add_link(const std::string& reference, std::string_view text) {
    add("<a class=\"reference internal\" href=\"" + reference + "\">");
    add(text);
    add("</a>");
    std::string decoded = reference;
    if (const std::size_t at = decoded.find("&amp;"); at != std::string::npos) decoded.replace(at, 5, "&");
    page_.references.push_back(std::move(decoded));
  }

  std::string reference(int section) {
    const std::string word(kWords[pick(10)]);
    const std::string number = std::to_string(section);
    switch (pick(6)) {
      case 0:
        return "#" + word + "-" + number;
      case 1:
        return "../library/" + word + ".html#waiting-" + number;
      case 2:
        return word + number + ".html";
      case 3:
        return "/search?q=" + word + "&amp;page=" + number;
      case 4:
        return "https://www.example.com/" + word + "/" + number + "/";
      default:
        return "./../../a/" + word + "/./page%20" + number + ".html";
    }
  }

  void add_head() {
    add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<title>Queues &#8212; Manual 1.0</title>\n"
        "<meta name=\"description\" content=\"How tasks wait &amp; are woken.\">\n"
        "<meta property=\"og:title\" content=\"Queues\">\n"
        "<style>\n.a > b { margin: 0 auto; }\n</style>\n"
        "<script>if (1 < 2 && window) { document.title = \"<b>\"; }</script>\n"
        "</head>\n<body>\n<!-- navigation -->\n<nav><ul>\n");
    for (int item = 0; item < 30; ++item) {
      add("<li class=\"toctree-l1\">");
      add_link(reference(item), "Chapter " + std::to_string(item));
      add("</li>\n");
    }
    add("</ul></nav>\n");
  }

  void add_section(int section) {
    const std::string number = std::to_string(section);
    add("<section id=\"waiting-" + number + "\">\n<h2>" + number +
        ". Waiting<a class=\"headerlink\" title=\"Link\" ");
    add("href=\"#waiting-" + number + "\">\u00b6</a></h2>\n");
    page_.references.push_back("#waiting-" + number);
    for (std::size_t i = 0; i < 3; ++i) add_paragraph(section);
    add_code();
    if (section % 3 == 0) add_table(section);
    if (section % 5 == 0) add_list(section);
    if (section % 7 == 0)
      add("<script type=\"text/javascript\">\nfor (var i = 0; i < 9; ++i) f(\"</p>\");\n</script>\n");
    add("</section>\n");
  }

  void add_paragraph(int section) {
    add("<p>");
    add_words(20 + pick(30));
    add(", see ");
    add_link(reference(section), kWords[pick(kWords.size())]);
    add("; <code class=\"docutils literal\"><span class=\"pre\">queue.get(&quot;x&quot;)</span></code> <em>");
    add_words(3);
    add("</em>&nbsp;&mdash; ");
    add_words(10);
    // Its end tag may be left out, and often is.
    add(pick(4) == 0 ? "\n" : "</p>\n");
  }

  void add_code() {
    add("<div class=\"highlight\"><pre>\n");
    for (std::size_t line = 0; line < 6; ++line) {
      add("<span class=\"kn\">if</span> <span class=\"n\">a</span> &lt; <span class=\"mi\">");
      add(std::to_string(pick(1000)));
      add("</span> &amp;&amp; <span class=\"n\">b</span>-&gt;<span class=\"n\">next</span>:\n");
    }
    add("</pre></div>\n");
  }

  void add_table(int section) {
    add("<table class=\"docutils\"><thead><tr><th>Name<th>Meaning</tr></thead>\n<tbody>\n");
    for (std::size_t row = 0; row < 6; ++row) {
      add("<tr class=\"row-even\"><td>");
      add_link(reference(section), kWords[pick(kWords.size())]);
      add("</td><td align=left valign='top'>");
      add_words(8);
      add("</td></tr>\n");
    }
    add("</tbody></table>\n");
  }

  void add_list(int section) {
    add("<ul>\n");
    for (std::size_t item = 0; item < 5; ++item) {
      add("<li>");
      add_words(6);
      add("<br/><img src=\"../_images/figure-" + std::to_string(section) + ".png\" alt=\"A figure\">\n");
      page_.references.push_back("../_images/figure-" + std::to_string(section) + ".png");
    }
    add("</ul>\n");
  }

  SamplePage page_;
  std::uint64_t state_ = 1;
};

}  // namespace

SamplePage make_sample_page() { return PageWriter().write(); }

}  // namespace cost
