#include "cmd/options.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "cmd/extraction_options.h"
#include "cmd/fetch_options.h"
#include "cmd/follow_options.h"
#include "cmd/quantity_option.h"
#include "cmd/shown_arguments.h"
#include "parse/seed_line.h"

namespace cmd {
namespace {

constexpr int kBadUsage = 2;
constexpr std::size_t kMaxConcurrency = 100'000;

constexpr const char* kFooter = R"(
Examples:
  crawl --concurrency 100 urls.txt          fetch a list into crawl.db
  crawl --sequential urls.txt               the same, one at a time, to compare
  crawl --follow https://example.com/       a whole site, politely
  generate-urls | crawl -o pages.db -       from a pipe, as the lines come
  crawl --resume -q urls.txt                from cron: go on where the last run was stopped
  crawl -o - --select 'title=h1' urls.txt   a field of each page, as JSON Lines on standard output

Exit codes:
  0 well   1 more URLs failed than --max-failed   2 bad usage or unreadable input   3 database or disk
  4 another run holds the database   5 stopped by --time-limit or --max-pages   6 stopped by --fail-fast
  129, 130, 143 stopped by SIGHUP, SIGINT, SIGTERM)";

constexpr const char* kGetFooter = R"(
Examples:
  crawl get https://example.com/                            what a page holds
  crawl get https://example.com/ --select 'links[]=a@href'  what a selector finds
  crawl get https://example.com/list --each 'li.item' --select 'name=h2' --select 'price=.price'

Exit codes:
  0 well   1 no such page, or none to select from   2 bad usage   129, 130, 143 stopped by a signal)";

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

/// What a crawl does with the list and with what it finds.
void add_crawl_options(CLI::App& app, Command& command) {
  crawler::Config& config = command.config;
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
  CLI::Option* output =
      app.add_option("-o,--output", config.database,
                     "the SQLite database (crawl.db); '-' prints the pages as JSON Lines instead")
          ->option_text("DB");
  add_quantity(app, "--store", read_keep, config.keep,
               "what to keep of body,text,links (text; with --follow text,links); or none")
      ->option_text("LIST");
  app.add_flag("--ignore-tracking", config.ignores_tracking,
               "URLs that differ in utm_source, gclid and the like are one page")
      ->option_text(" ");
  add_quantity(app, "--max-memory", read_positive_size, config.max_memory,
               "of all pages together until they are stored (256M)")
      ->option_text("SIZE");
  add_quantity(app, "--time-limit", read_positive_duration, config.time_limit, "stop the run after this time")
      ->option_text("T");
  app.add_option("--max-pages", config.max_pages, "stop the run after this many URLs")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 60))
      ->option_text("N");
  app.add_flag("--fail-fast", config.fails_fast, "the first URL that fails cancels the run");
  add_quantity(app, "--max-failed", read_allowance, config.max_failed,
               "how many URLs may fail and the exit code still be 0 (0); 5 or 2%")
      ->option_text("N|N%");
  app.add_flag("--resume", config.resumes, "go on with the last unfinished run of the same sources");
  app.add_option("--keep-runs", config.keep_runs, "runs whose fetches are kept (50)")
      ->check(CLI::Range(1, 1'000'000))
      ->option_text("N");
  output->check(
      [](const std::string& name) { return name.empty() ? "give the name of a database file" : ""; });
}

/// What a crawl says of itself while it runs.
void add_report_options(CLI::App& app, Command& command) {
  const std::map<std::string, ProgressLine> progress_names = {{"auto", ProgressLine::when_terminal},
                                                              {"always", ProgressLine::always},
                                                              {"never", ProgressLine::never}};
  app.add_option("--progress", command.progress, "auto (when stderr is a terminal), always or never")
      ->transform(CLI::CheckedTransformer(progress_names))
      ->option_text("WHEN");
  app.add_option("--metrics", command.config.metrics,
                 "a text file of figures for Prometheus, kept up to date")
      ->option_text("FILE");
  CLI::Option* quiet =
      app.add_flag("-q,--quiet", command.is_quiet, "print nothing when all is well, one line otherwise")
          ->option_text(" ");
  app.add_flag("-v,--verbose", command.is_verbose, "tell of each task that holds up the others for 100 ms")
      ->excludes(quiet)
      ->option_text(" ");
}

std::string refuse_what_is_no_url(const std::string& text) {
  const auto url = parse::read_seed_line(text);
  return url && *url ? "" : "give an http or https URL";
}

void add_get(CLI::App& app, crawler::Config& config, ExtractionTexts& texts) {
  CLI::App* get = app.add_subcommand("get", "fetch one page and print it as JSON, to try --select");
  get->footer(kGetFooter);
  get->get_formatter()->column_width(34);
  get->add_option("URL", config.sources, "the page")
      ->expected(1)
      ->required()
      ->check(&refuse_what_is_no_url)
      ->option_text(" ");
  add_extraction_options(*get, texts, config.parser);
  add_quantity(*get, "--store", read_keep, config.keep, "what to print of text,links (text); or none")
      ->option_text("LIST");
  add_fetch_options(*get, config);
}

Action action_of(const CLI::App& app) {
  if (app.get_subcommands().empty()) return Action::crawl;
  const CLI::App& subcommand = *app.get_subcommands().front();
  // One that stands before the name would be the crawl's, and -o means another thing there.
  for (const CLI::Option* option : app.get_options())
    if (option->count() > 0)
      throw CLI::ValidationError(option->get_name(), "give it after the word " + subcommand.get_name());
  if (subcommand.get_name() == "get") return Action::get;
  return subcommand.get_name() == "export" ? Action::export_pages : Action::demo;
}

/// What no single option can tell.
void check(const crawler::Config& config) {
  if (config.sources.empty())
    throw CLI::ValidationError("SOURCE", "give a list of URLs, '-' or a URL, or try crawl demo");
  if (config.streams_pages() && config.resumes)
    throw CLI::ValidationError("--resume", "needs a database; -o - has none");
  if (config.streams_pages() && config.keep.body)
    throw CLI::ValidationError("--store", "a body is octets, which lines of JSON cannot hold");
  if (config.metrics && (config.metrics->empty() || *config.metrics == "-"))
    throw CLI::ValidationError("--metrics", "give the name of a file");
}

}  // namespace

std::expected<Command, int> read_command(int argc, const char* const* argv) {
  Command command;
  ExtractionTexts extraction_texts;
  crawler::Following following;
  crawler::Config& config = command.config;
  config.user_agent = "crawl/" CRAWL_VERSION;
  config.arguments = shown_arguments(argc, argv);

  CLI::App app("Fetches the URLs of a list, or whole sites, concurrently into an SQLite database.", "crawl");
  app.set_version_flag("--version", "crawl " CRAWL_VERSION);
  app.footer(kFooter);
  app.get_formatter()->column_width(34);
  add_crawl_options(app, command);
  add_follow_options(app, following, config);
  add_extraction_options(app, extraction_texts, config.parser);
  add_fetch_options(app, config);
  add_report_options(app, command);
  add_get(app, config, extraction_texts);
  add_export(app, command.export_options);
  app.add_subcommand("demo", "crawl a small web on this machine, concurrently and one by one, and compare");

  try {
    app.parse(argc, argv);
    command.action = action_of(app);
    apply_follow_options(app, following, config);
    if (command.action == Action::get) {
      config.database = "-";
      // Whole, since it would name a file where there is one of this name.
      config.sources.front() = (**parse::read_seed_line(config.sources.front())).href();
    }
    if (command.action == Action::get || command.action == Action::crawl) check(config);
  } catch (const CLI::Success& success) {
    return std::unexpected(app.exit(success));
  } catch (const CLI::ParseError& error) {
    const auto subcommands = app.get_subcommands();
    const std::string name = subcommands.empty() ? "" : subcommands.front()->get_name() + ' ';
    std::cerr << "crawl: " << error.what() << "; see crawl " << name << "--help\n";
    return std::unexpected(kBadUsage);
  }

  auto extraction = read_extraction(extraction_texts);
  if (!extraction) {
    std::cerr << "crawl: " << extraction.error() << '\n';
    return std::unexpected(kBadUsage);
  }
  config.extraction = *std::move(extraction);
  return command;
}

}  // namespace cmd
