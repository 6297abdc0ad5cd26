#include "crawler/metrics_text.h"

#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/rows.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class MetricsTextTest : public testing::Test {
 protected:
  MetricsTextTest() { facts_.database = "d"; }

  void fail_with_status(int status) {
    storage::PageOutcome page;
    page.status = status;
    report_.add(page);
  }
  void fail_with(const std::string& error) {
    storage::PageOutcome page;
    page.error = error;
    report_.add(page);
  }
  void answer_in(double ms) {
    storage::FetchRow fetch;
    fetch.status = 200;
    fetch.total_ms = ms;
    fetch.bytes = 10;
    storage::PageOutcome page;
    page.status = 200;
    page.fetches.push_back(fetch);
    report_.add(page);
  }
  std::string text() const { return metrics_text(report_, facts_); }

  RunReport report_;
  RunFacts facts_;
};

/// The line of a metric with these labels besides the database.
std::string line(const std::string& name, const std::string& labels, const std::string& value) {
  return "\n" + name + R"({database="d")" + (labels.empty() ? "" : "," + labels) + "} " + value + "\n";
}

TEST_F(MetricsTextTest, ExplainsEachMetricOnce) {
  EXPECT_THAT(text(), HasSubstr("# HELP crawl_pages_total URLs that ended, by how they did.\n"
                                "# TYPE crawl_pages_total counter\n"
                                R"(crawl_pages_total{database="d",outcome="ok"} 0)"
                                "\n"));
}

TEST_F(MetricsTextTest, EscapesLabels) {
  facts_.database = "a\\b\"c\nd";
  EXPECT_THAT(text(), HasSubstr(R"({database="a\\b\"c\nd"} )"));
}

TEST_F(MetricsTextTest, IsUtf8WhateverTheDatabaseIsCalled) {
  facts_.database = "caf\xE9";
  EXPECT_THAT(text(), AllOf(HasSubstr("{database=\"caf\xEF\xBF\xBD\"}"), Not(HasSubstr("\xE9"))));
}

TEST_F(MetricsTextTest, HasAllReasonsFromTheStart) {
  for (const char* reason : {"timeout", "truncated", "bad_url", "status 4xx", "status 5xx", "not a URL"})
    EXPECT_THAT(text(),
                HasSubstr(line("crawl_failures_total", "reason=\"" + std::string(reason) + '"', "0")));
  EXPECT_THAT(text(), Not(HasSubstr(R"(reason="cancelled")")));
}

TEST_F(MetricsTextTest, TakesStatusesByTheirClass) {
  for (const int status : {400, 404, 429, 503, 999}) fail_with_status(status);
  fail_with("timeout");
  EXPECT_THAT(text(), AllOf(HasSubstr(line("crawl_failures_total", R"(reason="status 4xx")", "3")),
                            HasSubstr(line("crawl_failures_total", R"(reason="status 5xx")", "1")),
                            HasSubstr(line("crawl_failures_total", R"(reason="status 9xx")", "1")),
                            HasSubstr(line("crawl_failures_total", R"(reason="timeout")", "1")),
                            Not(HasSubstr("404"))));
}

TEST_F(MetricsTextTest, TakesALineThatIsNoUrlForNoPage) {
  fail_with("dns");
  report_.add_reject();
  EXPECT_THAT(text(), AllOf(HasSubstr(line("crawl_pages_total", R"(outcome="failed")", "1")),
                            HasSubstr(line("crawl_failures_total", R"(reason="not a URL")", "1")),
                            HasSubstr(line("crawl_skipped_lines_total", R"(reason="not a URL")", "1"))));
}

TEST_F(MetricsTextTest, CountsDurationsUpToEachBound) {
  for (const double ms : {5.0, 5.001, 2500.0, 61'000.0}) answer_in(ms);
  const std::string bucket = "crawl_request_duration_seconds_bucket";
  EXPECT_THAT(
      text(),
      AllOf(HasSubstr(line(bucket, R"(le="0.005")", "1")), HasSubstr(line(bucket, R"(le="0.01")", "2")),
            HasSubstr(line(bucket, R"(le="1")", "2")), HasSubstr(line(bucket, R"(le="2.5")", "3")),
            HasSubstr(line(bucket, R"(le="60")", "3")), HasSubstr(line(bucket, R"(le="+Inf")", "4")),
            HasSubstr(line("crawl_request_duration_seconds_sum", "", "63.510001")),
            HasSubstr(line("crawl_request_duration_seconds_count", "", "4"))));
}

TEST_F(MetricsTextTest, TellsWhatIsUnderWayUntilTheEnd) {
  report_.admitted = 9;
  report_.ended = 4;
  report_.under_way = 3;
  report_.left = 10;
  EXPECT_THAT(text(), HasSubstr(line("crawl_urls_under_way", "", "3")));
  EXPECT_THAT(text(), HasSubstr(line("crawl_lines_left", "", "12"))) << "those read ahead are left too";
  facts_.end = RunFacts::End{.exit_code = 130, .at = {}};
  EXPECT_THAT(text(), HasSubstr(line("crawl_urls_under_way", "", "0")));
}

TEST_F(MetricsTextTest, LeavesWhatWaitsInTheFrontierOutOfTheLines) {
  facts_.follows_links = true;
  report_.ended = 500;
  report_.under_way = 8;
  report_.left = 10;
  report_.waiting = 4000;
  report_.known = 9000;
  EXPECT_THAT(text(), AllOf(HasSubstr(line("crawl_lines_left", "", "10")),
                            HasSubstr(line("crawl_frontier_waiting", "", "4000")),
                            HasSubstr(line("crawl_frontier_known", "", "9000"))));
}

TEST_F(MetricsTextTest, CountsWhatWasSkippedWithARowAndWithout) {
  report_.left_alone.add(SkipReason::out_of_scope, "http://b.test/", 4154);
  fail_with("robots");
  EXPECT_THAT(text(), AllOf(HasSubstr(line("crawl_skipped_urls", R"(reason="out_of_scope")", "4154")),
                            HasSubstr(line("crawl_skipped_urls", R"(reason="robots")", "1")),
                            HasSubstr(line("crawl_skipped_urls", R"(reason="sitemap_entries")", "0")),
                            HasSubstr(line("crawl_pages_total", R"(outcome="skipped")", "1"))));
}

TEST_F(MetricsTextTest, TakesWhatWasSkippedForNoFailure) {
  EXPECT_THAT(text(), AllOf(Not(HasSubstr(R"(crawl_failures_total{database="d",reason="robots"})")),
                            Not(HasSubstr(R"(crawl_failures_total{database="d",reason="type"})"))));
}

TEST_F(MetricsTextTest, TellsTimesInSeconds) {
  facts_.started_at = std::chrono::system_clock::time_point(1'700'000'000'250ms);
  facts_.process.cpu = 1'500ms;
  EXPECT_THAT(text(), AllOf(HasSubstr(line("crawl_run_start_timestamp_seconds", "", "1700000000.25")),
                            HasSubstr(line("crawl_process_cpu_seconds_total", "", "1.5"))));
}

TEST_F(MetricsTextTest, TakesNoNameThatExportersHaveOfThemselves) {
  EXPECT_THAT(text(), AllOf(Not(HasSubstr("\nprocess_")), Not(HasSubstr("# TYPE process_"))));
}

}  // namespace
}  // namespace crawler
