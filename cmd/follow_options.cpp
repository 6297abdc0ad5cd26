#include "cmd/follow_options.h"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/quantity_option.h"
#include "crawler/http/media_types.h"
#include "crawler/url_rules.h"

namespace cmd {
namespace {

constexpr std::size_t kPoliteRequests = 8;  // about as many as a browser has under way
constexpr std::size_t kMaxPerHost = 100'000;
constexpr int kMaxDepth = 1'000'000;

/// HTML, XML, text and JSON.
const std::vector<std::string>& readable_types() {
  static const std::vector<std::string> types = {"text/*", "application/xml", "application/json", "*/*+xml",
                                                 "*/*+json"};
  return types;
}

std::string refuse_what_is_no_type(const std::string& text) {
  return crawler::http::MediaTypes::is_pattern(text)
             ? ""
             : "'" + text + "' is no type; give text/html, text/* or */*";
}

std::optional<std::int64_t> read_count(std::string_view text) {
  std::int64_t number = 0;
  const char* const text_end = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), text_end, number);
  if (error != std::errc() || end != text_end || number < 0) return std::nullopt;
  return number;
}

/// "url-length=4096"; false for what is none.
bool set_budget(crawler::Budgets& budgets, std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return false;
  const std::optional<std::int64_t> count = read_count(text.substr(equals + 1));
  if (!count) return false;
  const std::map<std::string_view, std::size_t*> budgets_of_a_url = {
      {"url-length", &budgets.url_length},
      {"path-depth", &budgets.path_depth},
      {"segment-repeats", &budgets.segment_repeats},
      {"query-orders", &budgets.query_orders}};
  const std::string_view name = text.substr(0, equals);
  if (const auto budget = budgets_of_a_url.find(name); budget != budgets_of_a_url.end())
    *budget->second = static_cast<std::size_t>(*count);
  else if (name == "host-pages")
    budgets.host_pages = *count;
  else
    return false;
  return true;
}

void set_budgets(crawler::Budgets& budgets, const std::vector<std::string>& texts) {
  for (const std::string& text : texts)
    if (!set_budget(budgets, text))
      throw CLI::ValidationError("--budget", "not understood: '" + text +
                                                 "'; give url-length=N, path-depth=N, segment-repeats=N, "
                                                 "query-orders=N or host-pages=N");
}

/// Which of the URLs that pages lead to are followed.
void add_choice_options(CLI::App& app, crawler::Following& following, CLI::Option* follow) {
  app.add_option("--depth", following.max_depth, "links from a listed page that are followed (no limit)")
      ->check(CLI::Range(0, kMaxDepth))
      ->needs(follow)
      ->option_text("N");
  const std::map<std::string, crawler::ScopeKind> scopes = {{"host", crawler::ScopeKind::host},
                                                            {"domain", crawler::ScopeKind::domain},
                                                            {"prefix", crawler::ScopeKind::prefix},
                                                            {"any", crawler::ScopeKind::any}};
  app.add_option("--scope", following.scope,
                 "follow to the host, domain or directory (prefix) of what was listed, or to any (host)")
      ->transform(CLI::CheckedTransformer(scopes))
      ->needs(follow)
      ->option_text("KIND");
  app.add_option("--include", following.include, "follow only URLs that match, by RE2; may be repeated")
      ->allow_extra_args(false)
      ->check(&crawler::refuse_bad_expression)
      ->needs(follow)
      ->option_text("RE");
  app.add_option("--exclude", following.exclude, "follow no URLs that match; may be repeated")
      ->allow_extra_args(false)
      ->check(&crawler::refuse_bad_expression)
      ->needs(follow)
      ->option_text("RE");
  app.add_flag("--sitemaps", following.takes_sitemaps, "take URLs from the sites' sitemaps too")
      ->needs(follow)
      ->option_text(" ");
  app.add_flag("--nofollow", following.honours_nofollow,
               "do not follow links that ask for it: rel=nofollow, meta robots, X-Robots-Tag")
      ->needs(follow)
      ->option_text(" ");
  app.add_option_function<std::vector<std::string>>(
         "--budget",
         [&following](const std::vector<std::string>& texts) { set_budgets(following.budgets, texts); },
         "bounds on a site's URLs, 0 for none: url-length (2048), path-depth (20), segment-repeats (4), "
         "query-orders (4), host-pages (100000); may be repeated")
      ->allow_extra_args(false)
      ->needs(follow)
      ->option_text("NAME=N");
}

/// What is asked of each host, and how often.
void add_politeness_options(CLI::App& app, crawler::Config& config) {
  const std::map<std::string, crawler::Robots> robots = {{"obey", crawler::Robots::obey},
                                                         {"discovered", crawler::Robots::discovered},
                                                         {"ignore", crawler::Robots::ignore}};
  app.add_option("--robots", config.robots,
                 "robots.txt is for all URLs (obey), those not listed (discovered) or none (ignore)")
      ->transform(CLI::CheckedTransformer(robots))
      ->option_text("WHOM");
  app.add_option("--per-host", config.per_host,
                 "requests to a host at once, 0 for any number (8 with --follow, else 0)")
      ->check(CLI::Range(std::size_t{0}, kMaxPerHost))
      ->option_text("N");
  add_quantity(app, "--delay", read_duration, config.delay,
               "between two requests to a host (0), or what its robots.txt asks for if that is more")
      ->option_text("T");
}

}  // namespace

void add_follow_options(CLI::App& app, crawler::Following& following, crawler::Config& config) {
  CLI::Option* follow = app.add_flag_callback(
      "-f,--follow", [&config] { config.following.emplace(); },
      "follow links: whole sites, from the listed pages on");
  add_choice_options(app, following, follow);
  app.add_option("--accept", config.accept,
                 "types whose content is fetched (HTML, XML, text, JSON); text/html,image/* or */*")
      ->allow_extra_args(false)
      ->delimiter(',')
      ->check(&refuse_what_is_no_type)
      ->needs(follow)
      ->option_text("TYPES");
  add_politeness_options(app, config);
}

void apply_follow_options(const CLI::App& app, const crawler::Following& following, crawler::Config& config) {
  if (!config.following) return;
  config.following = following;
  if (app.count("--per-host") == 0) config.per_host = kPoliteRequests;
  if (app.count("--accept") == 0) config.accept = readable_types();
  if (app.count("--store") == 0) config.keep.links = true;
}

}  // namespace cmd
