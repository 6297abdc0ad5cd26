#include "cmd/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "cmd/quantity.h"
#include "crawler/async/event_loop.h"
#include "crawler/http/ares_channel.h"
#include "crawler/http/cookie_file.h"
#include "crawler/http/request_headers.h"
#include "crawler/http/tls_store.h"
#include "crawler/without_credentials.h"

namespace cmd {
namespace {

constexpr int kBadUsage = 2;
constexpr std::size_t kMaxConcurrency = 100'000;

constexpr const char* kFooter = R"(
Examples:
  crawl --concurrency 100 urls.txt          fetch a list into crawl.db
  crawl --sequential urls.txt               the same, one at a time, to compare
  generate-urls | crawl -o pages.db -       from a pipe, as the lines come
  crawl --resume -q urls.txt                from cron: go on where the last run was stopped

Exit codes:
  0 well   1 more URLs failed than --max-failed   2 bad usage or unreadable input   3 database or disk
  4 another run holds the database   5 stopped by --time-limit or --max-pages   6 stopped by --fail-fast
  129, 130, 143 stopped by SIGHUP, SIGINT, SIGTERM)";

/// Calls `read` with the option's text, and refuses the text if it gives nothing.
template <class Read, class Target>
CLI::Option* add_quantity(CLI::App& app, const std::string& names, Read read, Target& target,
                          const std::string& help) {
  return app.add_option_function<std::string>(
      names,
      [read, &target, names](const std::string& text) {
        const auto value = read(text);
        if (!value) throw CLI::ValidationError(names, "not understood: '" + text + "'");
        target = *value;
      },
      help);
}

std::optional<std::chrono::milliseconds> read_positive_duration(std::string_view text) {
  const auto duration = read_duration(text);
  if (!duration || duration->count() == 0) return std::nullopt;
  return duration;
}

std::optional<std::size_t> read_positive_size(std::string_view text) {
  const auto size = read_size(text);
  if (!size || *size == 0) return std::nullopt;
  return size;
}

std::optional<crawler::FailureAllowance> read_allowance(std::string_view text) {
  crawler::FailureAllowance allowance;
  if (text.ends_with('%')) {
    allowance.is_percentage = true;
    text.remove_suffix(1);
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), allowance.value);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (!is_number || !std::isfinite(allowance.value) || allowance.value < 0 ||
      (allowance.is_percentage && allowance.value > 100))
    return std::nullopt;
  return allowance;
}

std::optional<crawler::Keep> read_keep(std::string_view text) {
  crawler::Keep keep{.body = false, .text = false, .links = false};
  if (text.empty() || text == "none") return keep;
  std::istringstream parts{std::string(text)};
  for (std::string part; std::getline(parts, part, ',');) {
    if (part == "body")
      keep.body = true;
    else if (part == "text")
      keep.text = true;
    else if (part == "links")
      keep.links = true;
    else
      return std::nullopt;
  }
  return keep;
}

/// A line feed in it would begin another header.
std::string refuse_control_characters(const std::string& text) {
  const bool is_line = std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  return is_line ? "" : "must be one line of text";
}

/// What `attempt` throws as a std::runtime_error; empty if it does not.
template <class Attempt>
std::string refusal_of(Attempt attempt) {
  try {
    attempt();
    return "";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

std::string refuse_what_is_no_authority(const std::string& file) {
  return refusal_of([&file] { const crawler::http::TlsStore store(file); });
}

std::string refuse_what_has_no_cookies(const std::string& file) {
  return refusal_of([&file] { crawler::http::read_cookie_file(file); });
}

std::string refuse_unknown_servers(const std::string& servers) {
  if (servers.empty()) return "give at least one";
  return refusal_of([&servers] {
    crawler::async::EventLoop loop;
    const crawler::http::AresChannel channel(loop, servers, "", std::chrono::seconds(1));
  });
}

std::string refuse_unknown_proxy(const std::string& url) {
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string::npos) return refuse_control_characters(url);  // host:port, as curl has it
  const std::string_view scheme = std::string_view(url).substr(0, scheme_end);
  constexpr std::array<std::string_view, 4> known = {"http", "https", "socks5", "socks5h"};
  if (std::ranges::find(known, scheme) == known.end()) return "give an http, https, socks5 or socks5h URL";
  return refuse_control_characters(url);
}

/// The value of --proxy need not be a whole URL, and all before its host may be a password.
std::string proxy_without_credentials(const std::string& proxy) {
  const std::size_t at = proxy.rfind('@');
  if (at == std::string::npos) return proxy;
  const std::size_t scheme_end = proxy.find("://");
  const std::size_t begin = scheme_end == std::string::npos ? 0 : scheme_end + 3;
  return proxy.substr(0, begin) + "***" + proxy.substr(at);
}

/// Any header may be a password, whatever its name: "Authorization: ***".
std::string header_without_value(const std::string& header) {
  const std::size_t colon = header.find(':');
  return colon == std::string::npos ? header : header.substr(0, colon + 1) + " ***";
}

/// "-H", alone or after other letters: "-qH".
bool ends_in_header_flag(std::string_view argument) {
  return argument.starts_with('-') && !argument.starts_with("--") && argument.ends_with('H');
}

/// An argument as the database keeps it; `before`: the one before.
std::string shown(const std::string& argument, std::string_view before) {
  constexpr std::string_view proxy = "--proxy=";
  constexpr std::string_view header = "--header=";
  if (before == "--proxy") return proxy_without_credentials(argument);
  if (argument.starts_with(proxy))
    return "--proxy=" + proxy_without_credentials(argument.substr(proxy.size()));
  const bool is_header = before == "--header" || ends_in_header_flag(before) || argument.starts_with(header);
  const bool has_header = argument.starts_with('-') && argument.find('H') < argument.find(':');
  if (is_header || has_header) return header_without_value(argument);
  return crawler::without_credentials(argument);
}

/// The command line as the database keeps it.
std::string join(int argc, const char* const* argv) {
  std::string line;
  for (int i = 1; i < argc; ++i) {
    if (i > 1) line += ' ';
    line += shown(argv[i], argv[i - 1]);
  }
  return line;
}

}  // namespace

std::expected<Command, int> read_command(int argc, const char* const* argv) {
  Command command;
  crawler::Config& config = command.config;
  config.user_agent = "crawl/" CRAWL_VERSION;
  config.arguments = join(argc, argv);

  CLI::App app("Fetches the URLs of a list concurrently into an SQLite database.", "crawl");
  app.set_version_flag("--version", "crawl " CRAWL_VERSION);
  app.footer(kFooter);
  app.get_formatter()->column_width(34);

  app.add_option("SOURCE", config.sources,
                 "a file with one URL a line (# comments), '-' for standard input, or a URL")
      ->option_text("...");
  CLI::Option* concurrency =
      app.add_option("-c,--concurrency", config.concurrency, "transfers in flight (100)")
          ->check(CLI::Range(std::size_t{1}, kMaxConcurrency))
          ->option_text("N");
  app.add_flag("--sequential", config.is_sequential, "one URL at a time, everything else the same")
      ->excludes(concurrency)
      ->option_text(" ");
  app.add_option("-o,--output", config.database, "the SQLite database (crawl.db)")->option_text("DB");
  add_quantity(app, "--timeout", read_positive_duration, config.timeout,
               "for one URL with its DNS, connect and redirects (30s); 500ms, 30, 2m")
      ->option_text("T");
  add_quantity(app, "--connect-timeout", read_positive_duration, config.connect_timeout,
               "for a connection, and before it for the look-up of a name (10s)")
      ->option_text("T");
  app.add_option("--retries", config.retries, "tries after the first, where another may help (2)")
      ->check(CLI::Range(0, 1000))
      ->option_text("N");
  add_quantity(app, "--max-body", read_positive_size, config.max_body, "of a page, after decompression (16M)")
      ->option_text("SIZE");
  add_quantity(app, "--max-memory", read_positive_size, config.max_memory,
               "of all pages together until they are stored (256M)")
      ->option_text("SIZE");
  app.add_option("--max-redirects", config.max_redirects, "hops that are followed (10)")
      ->check(CLI::Range(0, 1000))
      ->option_text("N");
  add_quantity(app, "--time-limit", read_positive_duration, config.time_limit, "stop the run after this time")
      ->option_text("T");
  app.add_option("--max-pages", config.max_pages, "stop the run after this many URLs")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 60))
      ->option_text("N");
  app.add_flag("--fail-fast", config.fails_fast, "the first URL that fails cancels the run");
  add_quantity(app, "--max-failed", read_allowance, config.max_failed,
               "how many URLs may fail and the exit code still be 0 (0); 5 or 2%")
      ->option_text("N|N%");
  add_quantity(app, "--store", read_keep, config.keep, "what to keep of body,text,links (text); or none")
      ->option_text("LIST");
  app.add_flag("--resume", config.resumes, "go on with the last unfinished run of the same sources");
  app.add_option("--keep-runs", config.keep_runs, "runs whose fetches are kept (50)")
      ->check(CLI::Range(1, 1'000'000))
      ->option_text("N");
  const std::map<std::string, crawler::PrivateNetwork> private_names = {
      {"allow", crawler::PrivateNetwork::allow},
      {"seeds", crawler::PrivateNetwork::seeds},
      {"deny", crawler::PrivateNetwork::deny}};
  app.add_option("--private-network", config.private_network,
                 "who may lead to private addresses: allow, seeds or deny (seeds: what was listed)")
      ->transform(CLI::CheckedTransformer(private_names))
      ->option_text("WHO");
  app.add_option("--dns-servers", config.dns_servers, "in place of the system's: 192.0.2.53,[2001:db8::1]:53")
      ->check(&refuse_unknown_servers)
      ->option_text("LIST");
  app.add_option("--user-agent", config.user_agent,
                 "(crawl/" CRAWL_VERSION "); tell whom to ask: 'a-bot/1.0 (+https://a.org/bot)'")
      ->check(&refuse_control_characters)
      ->option_text("TEXT");
  app.add_option("-H,--header", config.headers,
                 "'Name: value' to send along, passwords only to what was listed; may be repeated")
      ->allow_extra_args(false)
      ->check(&crawler::http::refuse_bad_header)
      ->option_text("LINE");
  app.add_option("--cookies", config.cookies,
                 "keep cookies, and begin with these; a file as curl -b reads it")
      ->check(&refuse_what_has_no_cookies)
      ->option_text("FILE");
  const std::map<std::string, ProgressLine> progress_names = {{"auto", ProgressLine::when_terminal},
                                                              {"always", ProgressLine::always},
                                                              {"never", ProgressLine::never}};
  CLI::Option* cacert =
      app.add_option("--cacert", config.cacert, "trust these authorities, not the system's; a PEM file")
          ->check(&refuse_what_is_no_authority)
          ->option_text("FILE");
  app.add_flag("--insecure", config.is_insecure, "take any certificate; whoever is in between can read along")
      ->excludes(cacert)
      ->option_text(" ");
  app.add_option("--proxy", config.proxy, "http, https, socks5 or socks5h; '' for none (http_proxy, …)")
      ->check(&refuse_unknown_proxy)
      ->option_text("URL");
  app.add_flag("--http1", config.is_http1_only, "never HTTP/2");
  app.add_option("--progress", command.progress, "auto (when stderr is a terminal), always or never")
      ->transform(CLI::CheckedTransformer(progress_names))
      ->option_text("WHEN");
  app.add_option("--metrics", config.metrics, "a text file of figures for Prometheus, kept up to date")
      ->option_text("FILE");
  CLI::Option* quiet =
      app.add_flag("-q,--quiet", command.is_quiet, "print nothing when all is well, one line otherwise")
          ->option_text(" ");
  app.add_flag("-v,--verbose", command.is_verbose, "tell of each task that holds up the others for 100 ms")
      ->excludes(quiet)
      ->option_text(" ");
  CLI::App* demo = app.add_subcommand(
      "demo", "crawl a small web on this machine, concurrently and one by one, and compare");

  try {
    app.parse(argc, argv);
    if (*demo) {
      command.action = Action::demo;
    } else if (config.sources.empty()) {
      throw CLI::ValidationError("SOURCE", "give a list of URLs, '-' or a URL, or try crawl demo");
    }
    if (config.database.empty() || config.database == "-")
      throw CLI::ValidationError("--output", "give the name of a database file");
    if (config.metrics && (config.metrics->empty() || *config.metrics == "-"))
      throw CLI::ValidationError("--metrics", "give the name of a file");
  } catch (const CLI::Success& success) {
    return std::unexpected(app.exit(success));
  } catch (const CLI::ParseError& error) {
    std::cerr << "crawl: " << error.what() << "; see crawl --help\n";
    return std::unexpected(kBadUsage);
  }
  return command;
}

}  // namespace cmd
