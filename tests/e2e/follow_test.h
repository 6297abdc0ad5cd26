// The words of tests that follow links over a web that is known in full.
//
//   class Kill : public FollowTest {…};
//   Process crawl = start(follow(web, {"--resume"}));
//   EXPECT_EQ(rows_of(web), expected_rows(web));
//
// Contract: the program's database is "crawl.db"; the rows of pages that only a budget ends are left out.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/e2e/crawl_test.h"
#include "tests/support/synthetic_web.h"

namespace e2e {

using test_support::SyntheticWeb;

class FollowTest : public CrawlTest {
 protected:
  /// A bound that is enough for the web's trees, and an end for its snares.
  static std::size_t host_pages(const SyntheticWeb& web) { return web.plan().pages_a_host() * 6 / 5 + 40; }
  /// The arguments for all pages of the web, on all its hosts.
  static std::vector<std::string> follow(const SyntheticWeb& web, std::vector<std::string> more) {
    for (const std::string& argument : std::vector<std::string>{
             "--follow", "--scope", "domain", "--private-network", "allow", "--delay", "0", "--store", "text",
             "--budget", "host-pages=" + std::to_string(host_pages(web)), "--dns-servers", web.dns_servers(),
             web.start_url()})
      more.push_back(argument);
    return more;
  }
  /// "URL status", sorted.
  static std::vector<std::string> expected_rows(const SyntheticWeb& web) {
    std::vector<std::string> lines;
    for (const SyntheticWeb::ExpectedRow& row : web.expected())
      lines.push_back(row.url + " " + std::to_string(row.status));
    return lines;
  }
  std::vector<std::string> rows_of(const SyntheticWeb& web) const {
    std::vector<std::string> lines;
    for (const auto& row : rows("SELECT url, status FROM page WHERE error IS NULL ORDER BY url"))
      if (web.duty(row.at(0)) != test_support::Duty::snare) lines.push_back(row.at(0) + " " + row.at(1));
    return lines;
  }
};

}  // namespace e2e
