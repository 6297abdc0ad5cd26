#include "crawler/sitemap_links.h"

#include <utility>

#include "parse/sitemap.h"

namespace crawler {

SitemapLinks read_sitemap(std::string_view body, const parse::Url& url) {
  SitemapLinks found;
  std::vector<parse::Url> entries;
  parse::SitemapReader reader(url);
  const auto take = [&] {
    for (parse::SitemapEntry& entry : reader.take_entries()) {
      if (entries.size() < SitemapLinks::max_entries)
        entries.push_back(std::move(entry.url).without_credentials());
      else
        ++found.beyond_bounds;
    }
  };
  while (!body.empty() && !reader.is_done()) {
    body = reader.read(body);
    take();
  }
  const parse::SitemapReport report = reader.finish();
  take();
  (report.kind == parse::SitemapKind::index ? found.sitemaps : found.pages) = std::move(entries);
  return found;
}

}  // namespace crawler
