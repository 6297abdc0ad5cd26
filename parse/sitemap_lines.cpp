#include "parse/sitemap_lines.h"

#include <algorithm>

#include "parse/ascii.h"
#include "parse/sitemap_location.h"

namespace parse {

void SitemapLines::read(std::string_view text) {
  while (!findings_.is_done) {
    const std::size_t end = text.find_first_of("\r\n");
    extend_line(text.substr(0, end));
    if (end == std::string_view::npos) return;
    end_line();
    text.remove_prefix(end + 1);
  }
}

void SitemapLines::extend_line(std::string_view part) {
  if (line_.empty()) part.remove_prefix(std::min(part.find_first_not_of(" \t\f"), part.size()));
  // One octet too many is as good as all of them: no such line is a URL.
  line_ += part.substr(0, Url::max_length + 1 - line_.size());
}

void SitemapLines::end_line() {
  const std::string_view line = strip_spaces(line_);
  if (!line.empty() && !line.starts_with('#')) {
    findings_.add(read_location(line));
    SitemapReport& report = findings_.report;
    if (report.entries > 0) report.kind = SitemapKind::text;
    if (report.entries == 0 && report.rejected > max_stray_lines) findings_.stop();
  }
  line_.clear();
}

}  // namespace parse
