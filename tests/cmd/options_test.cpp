#include "cmd/options.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <iostream>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cmd {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using Arguments = std::vector<std::string>;

/// What is written to a stream while it lives.
class Captured {
 public:
  explicit Captured(std::ostream& stream) : stream_(stream), before_(stream.rdbuf(text_.rdbuf())) {}
  ~Captured() { stream_.rdbuf(before_); }
  Captured(const Captured&) = delete;
  Captured& operator=(const Captured&) = delete;
  std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
  std::ostream& stream_;
  std::streambuf* before_;
};

std::expected<Command, int> read(const Arguments& arguments) {
  std::vector<const char*> argv = {"crawl"};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  return read_command(static_cast<int>(argv.size()), argv.data());
}

/// The exit code, or -1 for a command that can be run.
int exit_code(const Arguments& arguments) {
  const auto command = read(arguments);
  return command ? -1 : command.error();
}

/// What comes of the options, with a source.
crawler::Config config(Arguments arguments) {
  arguments.push_back("urls.txt");
  return read(arguments).value().config;
}

/// How links are followed when asked to, and so.
crawler::Following following(Arguments arguments) {
  arguments.push_back("--follow");
  return config(std::move(arguments)).following.value();
}

TEST(Options, HaveDefaults) {
  const crawler::Config defaults = config({});
  EXPECT_THAT(defaults.sources, ElementsAre("urls.txt"));
  EXPECT_EQ(defaults.database, "crawl.db");
  EXPECT_EQ(defaults.concurrency, 100U);
  EXPECT_FALSE(defaults.is_sequential);
  EXPECT_EQ(defaults.timeout, 30s);
  EXPECT_EQ(defaults.connect_timeout, 10s);
  EXPECT_EQ(defaults.max_body, 16U << 20);
  EXPECT_EQ(defaults.max_memory, 256U << 20);
  EXPECT_EQ(defaults.max_redirects, 10);
  EXPECT_EQ(defaults.time_limit, std::nullopt);
  EXPECT_EQ(defaults.max_pages, std::nullopt);
  EXPECT_FALSE(defaults.fails_fast);
  EXPECT_EQ(defaults.max_failed.value, 0);
  EXPECT_FALSE(defaults.resumes);
  EXPECT_EQ(defaults.keep_runs, 50);
  EXPECT_THAT(defaults.user_agent, StartsWith("crawl/"));
}

TEST(Options, KeepTextByDefault) {
  const crawler::Keep keep = config({}).keep;
  EXPECT_TRUE(keep.text);
  EXPECT_FALSE(keep.body);
  EXPECT_FALSE(keep.links);
}

TEST(Options, SetWhatTheyAreNamedFor) {
  EXPECT_EQ(config({"-c", "7"}).concurrency, 7U);
  EXPECT_EQ(config({"--concurrency=100000"}).concurrency, 100'000U);
  EXPECT_TRUE(config({"--sequential"}).is_sequential);
  EXPECT_EQ(config({"-o", "other.db"}).database, "other.db");
  EXPECT_EQ(config({"--output", "other.db"}).database, "other.db");
  EXPECT_EQ(config({"--timeout", "500ms"}).timeout, 500ms);
  EXPECT_EQ(config({"--connect-timeout", "2m"}).connect_timeout, 2min);
  EXPECT_EQ(config({"--max-body", "64K"}).max_body, 64U << 10);
  EXPECT_EQ(config({"--max-memory", "1G"}).max_memory, 1U << 30);
  EXPECT_EQ(config({"--max-redirects", "0"}).max_redirects, 0);
  EXPECT_EQ(config({"--time-limit", "1h"}).time_limit, 1h);
  EXPECT_EQ(config({"--max-pages", "3"}).max_pages, 3);
  EXPECT_TRUE(config({"--fail-fast"}).fails_fast);
  EXPECT_TRUE(config({"--resume"}).resumes);
  EXPECT_EQ(config({"--keep-runs", "1"}).keep_runs, 1);
  EXPECT_EQ(config({"--user-agent", "bot/1"}).user_agent, "bot/1");
  EXPECT_EQ(config({"--parser", "gumbo"}).parser, crawler::Parser::gumbo);
  EXPECT_EQ(config({"--parser", "tokens"}).parser, crawler::Parser::tokens);
}

TEST(Options, TakeFailuresAsANumberOrAShare) {
  EXPECT_EQ(config({"--max-failed", "5"}).max_failed.value, 5);
  EXPECT_FALSE(config({"--max-failed", "5"}).max_failed.is_percentage);
  EXPECT_EQ(config({"--max-failed", "0.5%"}).max_failed.value, 0.5);
  EXPECT_TRUE(config({"--max-failed", "100%"}).max_failed.is_percentage);
}

TEST(Options, TakeAListOfWhatToKeep) {
  const crawler::Keep keep = config({"--store", "body,links"}).keep;
  EXPECT_TRUE(keep.body);
  EXPECT_FALSE(keep.text);
  EXPECT_TRUE(keep.links);
  EXPECT_FALSE(config({"--store", "none"}).keep.text);
}

TEST(Options, TakeFields) {
  const auto extraction = config({"--each", "li", "--select", "a=b", "--select", "c[]=d@e"}).extraction;
  ASSERT_TRUE(extraction);
  EXPECT_TRUE(extraction->each);
  ASSERT_EQ(extraction->fields.size(), 2U);
  EXPECT_EQ(extraction->fields[1].name, "c");
  EXPECT_EQ(config({}).extraction, nullptr);
}

TEST(Options, FollowNoLinksByDefault) {
  const crawler::Config defaults = config({});
  EXPECT_FALSE(defaults.following);
  EXPECT_EQ(defaults.robots, crawler::Robots::discovered);
  EXPECT_EQ(defaults.per_host, 0U);
  EXPECT_EQ(defaults.delay, 0s);
  EXPECT_THAT(defaults.accept, IsEmpty());
}

TEST(Options, FollowLinksPolitelyWhenAsked) {
  for (const char* flag : {"-f", "--follow"}) {
    const crawler::Config follow = config({flag});
    ASSERT_TRUE(follow.following);
    EXPECT_EQ(follow.following->max_depth, std::nullopt);
    EXPECT_EQ(follow.following->scope, crawler::ScopeKind::host);
    EXPECT_EQ(follow.robots, crawler::Robots::discovered);
    EXPECT_EQ(follow.per_host, 8U);
    EXPECT_THAT(follow.accept, Contains("text/*"));
    EXPECT_TRUE(follow.keep.text && follow.keep.links);
    EXPECT_FALSE(follow.keep.body);
  }
}

TEST(Options, LeaveWhatIsGivenToFollowAsItIs) {
  EXPECT_FALSE(config({"--store", "text", "-f"}).keep.links);
  EXPECT_EQ(config({"--per-host", "0", "-f"}).per_host, 0U);
  EXPECT_THAT(config({"--accept", "*/*", "-f"}).accept, ElementsAre("*/*"));
}

TEST(Options, SayWhatIsFollowed) {
  EXPECT_EQ(following({"--depth", "0"}).max_depth, 0);
  EXPECT_EQ(following({"--scope", "domain"}).scope, crawler::ScopeKind::domain);
  EXPECT_EQ(following({"--scope", "prefix"}).scope, crawler::ScopeKind::prefix);
  EXPECT_EQ(following({"--scope", "any"}).scope, crawler::ScopeKind::any);
  EXPECT_TRUE(following({"--sitemaps"}).takes_sitemaps);
  EXPECT_TRUE(following({"--nofollow"}).honours_nofollow);
  EXPECT_THAT(config({"-f", "--accept", "text/html,image/*", "--accept", "*/*+xml"}).accept,
              ElementsAre("text/html", "image/*", "*/*+xml"));
}

TEST(Options, TakeExpressionsAsTheyAreWritten) {
  const crawler::Following rules = following(
      {"--include", "[a,b]", "--include", "/docs/", "--exclude", "\\.(jpg|png)$", "--exclude=-x,y"});
  EXPECT_THAT(rules.include, ElementsAre("[a,b]", "/docs/"));
  EXPECT_THAT(rules.exclude, ElementsAre("\\.(jpg|png)$", "-x,y"));
}

TEST(Options, TakeBudgets) {
  const crawler::Budgets budgets =
      following({"--budget", "url-length=1", "--budget", "path-depth=2", "--budget", "segment-repeats=3",
                 "--budget", "query-orders=0", "--budget", "host-pages=9223372036854775807"})
          .budgets;
  EXPECT_EQ(budgets.url_length, 1U);
  EXPECT_EQ(budgets.path_depth, 2U);
  EXPECT_EQ(budgets.segment_repeats, 3U);
  EXPECT_EQ(budgets.query_orders, 0U);
  EXPECT_EQ(budgets.host_pages, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(following({"--budget", "path-depth=7"}).budgets.url_length, crawler::Budgets().url_length);
}

TEST(Options, AreNamedWhereABudgetIsNone) {
  const Captured err(std::cerr);
  EXPECT_EQ(exit_code({"-f", "--budget", "pages=3", "urls.txt"}), 2);
  for (const char* name :
       {"'pages=3'", "url-length", "path-depth", "segment-repeats", "query-orders", "host-pages"})
    EXPECT_THAT(err.text(), HasSubstr(name));
}

TEST(Options, ArePoliteToListedHostsToo) {
  const crawler::Config polite = config({"--robots", "obey", "--per-host", "2", "--delay", "1.5"});
  EXPECT_EQ(polite.robots, crawler::Robots::obey);
  EXPECT_EQ(polite.per_host, 2U);
  EXPECT_EQ(polite.delay, 1500ms);
  EXPECT_EQ(config({"--robots", "ignore"}).robots, crawler::Robots::ignore);
  EXPECT_EQ(config({"--delay", "0"}).delay, 0s);
}

TEST(Options, OfFollowingNeedIt) {
  const Captured err(std::cerr);
  for (const Arguments& arguments :
       {Arguments{"--depth", "1"}, Arguments{"--scope", "any"}, Arguments{"--include", "a"},
        Arguments{"--exclude", "a"}, Arguments{"--accept", "*/*"}, Arguments{"--sitemaps"},
        Arguments{"--nofollow"}, Arguments{"--budget", "path-depth=1"}}) {
    Arguments with_source = arguments;
    with_source.push_back("urls.txt");
    EXPECT_EQ(exit_code(with_source), 2);
    EXPECT_THAT(err.text(), HasSubstr(arguments.front() + " requires --follow"));
  }
}

TEST(Options, PointAtTheFaultInASelector) {
  const Captured err(std::cerr);
  EXPECT_EQ(exit_code({"--select", "title=h1..x", "urls.txt"}), 2);
  EXPECT_EQ(err.text(), "crawl: --select: expected a class name after '.'\n  title=h1..x\n           ^\n");
}

TEST(Options, StreamPagesToStandardOutput) {
  EXPECT_TRUE(config({"-o", "-"}).streams_pages());
  EXPECT_FALSE(config({"-o", "pages.db"}).streams_pages());
}

TEST(Options, OfASubcommandHaveAHelpOfTheirOwn) {
  const Captured err(std::cerr);
  EXPECT_EQ(exit_code({"get"}), 2);
  EXPECT_THAT(err.text(), testing::EndsWith("; see crawl get --help\n"));
}

TEST(Options, OfGetAreThoseOfAFetch) {
  const Command get = read({"get", "https://example.com/", "--timeout", "3s", "--select", "a=b"}).value();
  EXPECT_EQ(get.action, Action::get);
  EXPECT_THAT(get.config.sources, ElementsAre("https://example.com/"));
  EXPECT_EQ(get.config.timeout, 3s);
  EXPECT_TRUE(get.config.extraction);
  EXPECT_EQ(exit_code({"get", "https://example.com/", "-c", "3"}), 2);
  EXPECT_EQ(exit_code({"-c", "3", "get", "https://example.com/"}), 2);
  EXPECT_EQ(exit_code({"get", "https://example.com/", "--follow"}), 2);
}

TEST(Options, SayWhenProgressIsShown) {
  EXPECT_EQ(read({"a.txt"})->progress, ProgressLine::when_terminal);
  EXPECT_EQ(read({"--progress", "auto", "a.txt"})->progress, ProgressLine::when_terminal);
  EXPECT_EQ(read({"--progress", "always", "a.txt"})->progress, ProgressLine::always);
  EXPECT_EQ(read({"--progress", "never", "a.txt"})->progress, ProgressLine::never);
  EXPECT_FALSE(read({"a.txt"})->is_quiet);
  EXPECT_TRUE(read({"-q", "a.txt"})->is_quiet);
  EXPECT_TRUE(read({"--quiet", "a.txt"})->is_quiet);
}

TEST(Options, SayWhetherMoreIsTold) {
  EXPECT_FALSE(read({"a.txt"})->is_verbose);
  EXPECT_TRUE(read({"-v", "a.txt"})->is_verbose);
  EXPECT_TRUE(read({"--verbose", "a.txt"})->is_verbose);
}

TEST(Options, NameTheFileOfTheMetrics) {
  EXPECT_EQ(config({}).metrics, std::nullopt);
  EXPECT_EQ(config({"--metrics", "crawl.prom"}).metrics, "crawl.prom");
}

TEST(Options, TakeAnyNumberOfSources) {
  EXPECT_THAT(read({"a.txt", "-", "--sequential", "http://b/"})->config.sources,
              ElementsAre("a.txt", "-", "http://b/"));
  EXPECT_THAT(read({"--", "-c"})->config.sources, ElementsAre("-c"));
}

TEST(Options, RememberHowTheyWereTyped) {
  EXPECT_EQ(config({"-c", "7", "--fail-fast"}).arguments, "-c 7 --fail-fast urls.txt");
}

TEST(Options, TakeASubcommandForItself) {
  EXPECT_EQ(read({"demo"})->action, Action::demo);
  EXPECT_EQ(read({"./demo"})->action, Action::crawl);
}

TEST(Options, OfAnExport) {
  const Command plain = read({"export", "a.db"}).value();
  EXPECT_EQ(plain.action, Action::export_pages);
  EXPECT_EQ(plain.export_options.database, "a.db");
  EXPECT_EQ(plain.export_options.format, ExportFormat::json_lines);
  EXPECT_EQ(plain.export_options.output, std::nullopt);
  EXPECT_FALSE(plain.export_options.is_each || plain.export_options.has_links);
  EXPECT_EQ(read({"export", "a.db", "--format", "csv"})->export_options.format, ExportFormat::csv);
  EXPECT_EQ(read({"export", "a.db", "-o", "a.csv"})->export_options.output, "a.csv");
  EXPECT_EQ(read({"export", "-o", "-", "a.db"})->export_options.output, std::nullopt);
  EXPECT_TRUE(read({"export", "a.db", "--each"})->export_options.is_each);
  EXPECT_TRUE(read({"export", "a.db", "--links"})->export_options.has_links);
}

TEST(Options, OfAnExportAreRefusedWhereTheyMeanNothing) {
  const Captured err(std::cerr);
  EXPECT_EQ(exit_code({"export"}), 2);
  EXPECT_EQ(exit_code({"export", "a.db", "b.db"}), 2);
  EXPECT_EQ(exit_code({"export", "a.db", "--format", "xml"}), 2);
  EXPECT_EQ(exit_code({"export", "a.db", "-o", ""}), 2);
  EXPECT_EQ(exit_code({"export", "a.db", "--links", "--each"}), 2);
  EXPECT_EQ(exit_code({"export", "a.db", "--links", "--format", "csv"}), 2);
  EXPECT_EQ(exit_code({"export", "a.db", "--concurrency", "5"}), 2);
  EXPECT_EQ(exit_code({"-o", "a.jsonl", "export", "a.db"}), 2);
}

class BadOptions : public testing::TestWithParam<Arguments> {};

TEST_P(BadOptions, AreNamedAndEndTheProgram) {
  const Captured err(std::cerr);
  const Captured out(std::cout);
  Arguments arguments = GetParam();
  arguments.push_back("urls.txt");
  EXPECT_EQ(exit_code(arguments), 2);
  EXPECT_THAT(err.text(), StartsWith("crawl: "));
  EXPECT_THAT(err.text(), HasSubstr(GetParam().front()));
  EXPECT_EQ(out.text(), "");
}

INSTANTIATE_TEST_SUITE_P(
    All, BadOptions,
    testing::Values(
        Arguments{"--no-such-option"}, Arguments{"-x"}, Arguments{"--concurrency", "0"},
        Arguments{"--concurrency", "-1"}, Arguments{"--concurrency", "100001"},
        Arguments{"--concurrency", "1.5"}, Arguments{"--concurrency", "99999999999999999999"},
        Arguments{"--concurrency", ""}, Arguments{"--sequential", "-c", "5"}, Arguments{"--timeout", "0"},
        Arguments{"--timeout", "0.1ms"}, Arguments{"--timeout", "soon"}, Arguments{"--timeout", "-1"},
        Arguments{"--timeout", "10000000h"}, Arguments{"--timeout", "\xFF"},
        Arguments{"--connect-timeout", "0"}, Arguments{"--connect-timeout", ""}, Arguments{"--max-body", "0"},
        Arguments{"--max-body", "16MB"}, Arguments{"--max-memory", "0"}, Arguments{"--max-memory", "lots"},
        Arguments{"--max-redirects", "-1"}, Arguments{"--max-redirects", "1001"},
        Arguments{"--time-limit", "0"}, Arguments{"--time-limit", "tomorrow"}, Arguments{"--max-pages", "0"},
        Arguments{"--max-pages", "-1"}, Arguments{"--max-failed", "some"}, Arguments{"--max-failed", "-1"},
        Arguments{"--max-failed", "101%"}, Arguments{"--max-failed", "%"}, Arguments{"--max-failed", "inf"},
        Arguments{"--max-failed", "nan%"}, Arguments{"--store", "everything"},
        Arguments{"--store", "body,,text"}, Arguments{"--keep-runs", "0"},
        Arguments{"--user-agent", "a\r\nX: y"}, Arguments{"--progress", "maybe"}, Arguments{"--output", ""},
        Arguments{"--metrics", ""}, Arguments{"--metrics", "-"}, Arguments{"-v", "-q"},
        Arguments{"--quiet", "--verbose"}, Arguments{"--timeout", "1", "--timeout", "2"},
        Arguments{"--depth", "-1", "-f"}, Arguments{"--depth", "x", "-f"}, Arguments{"--scope", "site", "-f"},
        Arguments{"--include", "[0-9", "-f"}, Arguments{"--include", "", "-f"},
        Arguments{"--exclude", "a)", "-f"}, Arguments{"--accept", "html", "-f"},
        Arguments{"--accept", "", "-f"}, Arguments{"--accept", "text/html;q=1", "-f"},
        Arguments{"--robots", "maybe"}, Arguments{"--per-host", "-1"}, Arguments{"--per-host", "100001"},
        Arguments{"--delay", "soon"}, Arguments{"--delay", "-1"}, Arguments{"--budget", "path-depth", "-f"},
        Arguments{"--budget", "path-depth=", "-f"}, Arguments{"--budget", "path-depth=-1", "-f"},
        Arguments{"--budget", "path-depth=1x", "-f"}, Arguments{"--budget", "=1", "-f"},
        Arguments{"--budget", "path-depth=9223372036854775808", "-f"}));

TEST(Options, NeedASource) {
  const Captured err(std::cerr);
  EXPECT_EQ(exit_code({}), 2);
  EXPECT_EQ(exit_code({"--sequential"}), 2);
  EXPECT_THAT(err.text(), HasSubstr("SOURCE"));
}

TEST(Options, AreKeptWithoutNamesAndPasswords) {
  const auto kept = [](Arguments arguments) {
    arguments.push_back("http://a.example/");
    return read(arguments)->config.arguments;
  };
  EXPECT_EQ(kept({"http://me:se@cret@h/p@q"}), "http://***@h/p@q http://a.example/");
  EXPECT_EQ(kept({"https:///me:secret@h/"}), "https:///***@h/ http://a.example/");
  EXPECT_EQ(kept({"--proxy", "me:secret@h:1"}), "--proxy ***@h:1 http://a.example/");
  EXPECT_EQ(kept({"--proxy=http://me:s/e@h:1"}), "--proxy=http://***@h:1 http://a.example/");
  EXPECT_EQ(kept({"http://h/p@q?r=http://me:x@i/"}), "http://h/p@q?r=http://me:x@i/ http://a.example/");
}

TEST(Options, AreAllExplained) {
  const Captured out(std::cout);
  EXPECT_EQ(exit_code({"--help"}), 0);
  for (const char* option : {"--concurrency",     "--sequential", "--output",     "--timeout",
                             "--connect-timeout", "--max-body",   "--max-memory", "--max-redirects",
                             "--time-limit",      "--max-pages",  "--fail-fast",  "--max-failed",
                             "--store",           "--resume",     "--keep-runs",  "--user-agent",
                             "--progress",        "--quiet",      "--version",    "demo",
                             "--metrics",         "--verbose",    "-v",           "SOURCE",
                             "--cacert",          "--insecure",   "--http1",      "--proxy",
                             "--follow",          "--depth",      "--scope",      "--include",
                             "--exclude",         "--accept",     "--sitemaps",   "--nofollow",
                             "--robots",          "--per-host",   "--delay",      "--budget",
                             "Exit codes"})
    EXPECT_THAT(out.text(), HasSubstr(option));
}

TEST(Options, OfAnExportAreAllExplained) {
  const Captured out(std::cout);
  EXPECT_EQ(exit_code({"export", "--help"}), 0);
  for (const char* word : {"DB", "--format", "--output", "--each", "--links", "Examples", "Exit codes"})
    EXPECT_THAT(out.text(), HasSubstr(word));
}

TEST(Options, TellTheVersion) {
  const Captured out(std::cout);
  EXPECT_EQ(exit_code({"--version"}), 0);
  EXPECT_THAT(out.text(), StartsWith("crawl "));
}

}  // namespace
}  // namespace cmd
