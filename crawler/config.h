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
  bool ignores_tracking = false;  // URLs that differ in tracking parameters alone are one page
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
