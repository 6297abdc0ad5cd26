#include "crawler/finding.h"

#include "parse/robots.h"

namespace crawler {

Finding sitemaps_in(const storage::RobotsRow& robots) {
  Finding finding{.purpose = Purpose::robots, .key = robots.origin + "/robots.txt"};
  const auto url = parse::Url::parse(finding.key);
  if (!url || robots.body.empty()) return finding;
  for (const std::string& location : parse::RobotsFile::parse(robots.body).sitemaps())
    if (auto sitemap = url->resolve(location))
      finding.sitemaps.push_back((*std::move(sitemap)).without_credentials());
  return finding;
}

}  // namespace crawler
