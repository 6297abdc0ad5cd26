// What a run is asked to do: the command line, checked and in the engine's own terms.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parse/extraction.h"

namespace crawler {

/// How many of the listed URLs may fail and the run still count as well.
struct FailureAllowance {
  double value = 0;
  bool is_percentage = false;
  bool covers(std::int64_t failed, std::int64_t listed) const {
    // Multiplied and not divided: 29 / 100.0 * 100 is less than 29.
    return is_percentage ? 100 * static_cast<double>(failed) <= value * static_cast<double>(listed)
                         : static_cast<double>(failed) <= value;
  }
};

/// What a page's row keeps besides its metadata.
struct Keep {
  bool body = false;
  bool text = true;
  bool links = false;
};

/// What reads the facts of an HTML page. Both find the same; fields are taken from gumbo's tree in any case.
enum class Parser { tokens, gumbo };

/// Who may lead to loopback, private and link-local addresses.
enum class PrivateNetwork {
  allow,  // everybody
  seeds,  // the user: a listed URL, and what it leads to on its own host and port
  deny,   // nobody
};

/// Whose URLs robots.txt is asked for.
enum class Robots {
  obey,        // all
  discovered,  // those found by following
  ignore,      // none
};

/// Which of the URLs that pages lead to belong to the crawl, seen from the URLs that were given.
enum class ScopeKind {
  host,    // on the host of one, or on the host that it redirects to; http and https alike
  domain,  // in the registrable domain of one
  prefix,  // on the host of one, in the directory of its path
  any,
};

/// Bounds on what a site can make a crawl do. 0: none.
struct Budgets {
  std::size_t url_length = 2048;
  std::size_t path_depth = 20;      // segments
  std::size_t segment_repeats = 4;  // how often the same segment may stand in a path
  std::size_t query_orders = 4;     // of the same parameters
  std::int64_t host_pages = 100'000;
};

/// How links are followed.
struct Following {
  std::optional<int> max_depth;
  ScopeKind scope = ScopeKind::host;
  std::vector<std::string> include;  // regular expressions that RE2 compiles; empty: all
  std::vector<std::string> exclude;
  bool takes_sitemaps = false;
  bool honours_nofollow = false;
  Budgets budgets;
};

struct Config {
  std::vector<std::string> sources;             // as given: files, "-", URLs
  std::filesystem::path database = "crawl.db";  // "-": none, JSON Lines on standard output
  std::size_t concurrency = 100;
  std::size_t connections = 100;  // kept open by one multi; fewer where descriptors are few
  bool is_sequential = false;
  std::chrono::milliseconds timeout{30'000};
  std::chrono::milliseconds connect_timeout{10'000};
  int retries = 2;
  std::size_t max_body = std::size_t{16} << 20;
  std::size_t max_memory = std::size_t{256} << 20;
  int max_redirects = 10;
  std::optional<std::chrono::milliseconds> time_limit;
  std::optional<std::int64_t> max_pages;
  bool fails_fast = false;
  FailureAllowance max_failed;
  Keep keep;
  Parser parser = Parser::tokens;
  std::shared_ptr<const parse::Extraction> extraction;  // what --select asks of each page; null: nothing
  bool ignores_tracking = false;       // URLs that differ in tracking parameters alone are one page
  std::optional<Following> following;  // absent: the list alone
  Robots robots = Robots::discovered;
  std::size_t per_host = 0;  // requests to a host at once; 0: no limit
  std::chrono::milliseconds
      delay{};                      // between the end of a request to a host and the next; one at a time then
  std::vector<std::string> accept;  // media types, "text/*"; empty: any
  bool resumes = false;
  int keep_runs = 50;
  std::optional<std::filesystem::path> metrics;  // a file of figures for Prometheus
  PrivateNetwork private_network = PrivateNetwork::seeds;
  std::string dns_servers;  // "192.0.2.53,[2001:db8::53]:5353"; empty: the system's
  std::string user_agent;
  std::vector<std::string> headers;  // lines that are sent along, as -H gives them
  std::filesystem::path cookies;     // a file of cookies; empty: none are kept
  std::filesystem::path cacert;      // a PEM file of authorities to trust; empty: the system's
  bool is_insecure = false;          // any certificate will do
  bool is_http1_only = false;
  std::optional<std::string> proxy;  // "": none; absent: the environment's
  std::string arguments;             // for the `run` table

  bool streams_pages() const { return database == "-"; }
  std::size_t transfers_at_once() const { return is_sequential ? 1 : concurrency; }
};

}  // namespace crawler
