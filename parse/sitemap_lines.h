// A text sitemap: a URL a line.
//
//   SitemapLines lines(findings);
//   lines.read("https://example.com/a\r\nhttps://exam");
//   lines.read("ple.com/b");
//   lines.finish();   // the last line needs no end
//
// Contract: total, linear, bounded memory; `text` is UTF-8. URLs are absolute, since any word would do as a
// relative one. Empty lines and those that begin with '#' say nothing. Where none of the first lines is a URL
// the text is no sitemap, and is not read on: a server's "not found" should not be taken for a list.
//
// Source: https://www.sitemaps.org/protocol.html#otherformats
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "parse/sitemap_findings.h"

namespace parse {

class SitemapLines {
 public:
  /// A heading or two is forgiven.
  static constexpr std::size_t max_stray_lines = 16;

  explicit SitemapLines(SitemapFindings& findings) : findings_(findings) {}

  void read(std::string_view text);
  /// Takes what there is of the last line.
  void finish() { end_line(); }

 private:
  void extend_line(std::string_view part);
  void end_line();

  SitemapFindings& findings_;
  std::string line_;
};

}  // namespace parse
