#include "cmd/summary.h"

#include <chrono>
#include <optional>
#include <signal.h>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cmd {
namespace {

using namespace std::chrono_literals;
using crawler::RunEnding;
using crawler::SkipReason;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class SummaryTest : public testing::Test {
 protected:
  SummaryTest() {
    report_.ok = 1199;
    report_.requests = 1300;
    report_.bytes = 39'540'000;
    report_.wall = 12'300ms;
    for (int i = 0; i < 100; ++i) report_.latencies.add(45ms);
  }
  void fail(const std::string& kind, int times) {
    report_.failures[kind] += times;
    report_.failed += times;
  }
  /// One URL was listed, and well; the others were found.
  void follow() {
    config_.following.emplace();
    report_.listed_ok = 1;
  }
  void end(RunEnding ending, std::string failure = "", int signal = 0) {
    outcome_.ending = ending;
    outcome_.failure = std::move(failure);
    outcome_.signal = signal;
  }

  std::string long_form() const { return summary(config_, outcome_, report_); }
  std::string short_form() const { return short_summary(config_, outcome_, report_); }

  crawler::Config config_;
  crawler::RunOutcome outcome_;
  crawler::RunReport report_;
};

TEST_F(SummaryTest, TellsHowMuchHowFastAndWhere) {
  EXPECT_THAT(long_form(),
              AllOf(HasSubstr("1,199 URLs in 12.3 s"), HasSubstr("97.5 pages/s"), HasSubstr("39.5 MB"),
                    HasSubstr("into crawl.db\n"), HasSubstr("ok 1,199   failed 0"),
                    HasSubstr("latency p50 45 ms   p95 45 ms   p99 45 ms"), EndsWith("\n")));
}

TEST_F(SummaryTest, SaysNothingOfWhatIsNot) {
  EXPECT_THAT(long_form(),
              AllOf(Not(HasSubstr("duplicate")), Not(HasSubstr("done before")), Not(HasSubstr("faster")),
                    Not(HasSubstr("crawl: ")), Not(HasSubstr("left alone")), Not(HasSubstr("found"))));
}

TEST_F(SummaryTest, SaysWhatFailedAndHowOften) {
  fail("timeout", 3);
  fail("status 404", 1000);
  EXPECT_THAT(long_form(), HasSubstr("failed 1,003 (status 404 1,000, timeout 3)"));
  EXPECT_EQ(short_form(), "crawl: 1,003 of 2,202 URLs failed (status 404 1,000, timeout 3); see crawl.db\n");
}

TEST_F(SummaryTest, CountsOtherLines) {
  report_.duplicates = 12;
  report_.done_before = 3456;
  EXPECT_THAT(long_form(), AllOf(HasSubstr("duplicate lines 12"), HasSubstr("done before 3,456")));
}

TEST_F(SummaryTest, StandsForARunOfNothing) {
  report_ = crawler::RunReport();
  EXPECT_THAT(long_form(),
              AllOf(HasSubstr("0 URLs in 0.00 s"), HasSubstr("0.00 pages/s"), Not(HasSubstr("latency"))));
}

TEST_F(SummaryTest, ComparesWithTheOtherMode) {
  outcome_.other_mode = 123s;
  EXPECT_THAT(long_form(), HasSubstr("10.0 times faster than the sequential run of the same list (123.0 s)"));
  config_.is_sequential = true;
  outcome_.other_mode = 1230ms;
  EXPECT_THAT(long_form(), HasSubstr("10.0 times slower than the concurrent run of the same list (1.23 s)"));
}

TEST_F(SummaryTest, ComparesWithNoTimeAtAllNever) {
  outcome_.other_mode = 0ms;
  EXPECT_THAT(long_form(), Not(HasSubstr("times")));
  outcome_.other_mode = 5ms;
  report_.wall = 0ms;
  EXPECT_THAT(long_form(), Not(HasSubstr("times")));
}

TEST_F(SummaryTest, SaysWhatStoppedTheRunAndWhatIsLeft) {
  report_.left = 40;
  report_.cancelled = 2;
  const std::string_view rest = "; 42 URLs left, --resume goes on with them\n";
  end(RunEnding::limited);
  EXPECT_EQ(short_form(), "crawl: stopped by its limit" + std::string(rest));
  end(RunEnding::failed_fast);
  EXPECT_EQ(short_form(), "crawl: stopped at the first failure" + std::string(rest));
  end(RunEnding::signalled, "", SIGTERM);
  EXPECT_EQ(short_form(), "crawl: stopped by SIGTERM" + std::string(rest));
  EXPECT_THAT(long_form(), EndsWith(short_form()));
}

TEST_F(SummaryTest, NamesEachSignal) {
  end(RunEnding::signalled, "", SIGINT);
  EXPECT_EQ(short_form(), "crawl: stopped by SIGINT\n");
  end(RunEnding::signalled, "", SIGHUP);
  EXPECT_EQ(short_form(), "crawl: stopped by SIGHUP\n");
}

TEST_F(SummaryTest, SaysWhatFailedWhenTheRunDid) {
  for (const RunEnding ending : {RunEnding::failed, RunEnding::bad_input, RunEnding::in_use}) {
    end(ending, "the disk is full");
    EXPECT_EQ(short_form(), "crawl: the disk is full\n");
    EXPECT_THAT(long_form(), EndsWith("crawl: the disk is full\n"));
  }
}

TEST_F(SummaryTest, SaysWhatFailedAfterASignalToo) {
  end(RunEnding::signalled, "the disk is full", SIGINT);
  EXPECT_EQ(short_form(), "crawl: stopped by SIGINT; the disk is full\n");
}

TEST_F(SummaryTest, IsOneLineInItsShortForm) {
  fail("dns", 1);
  EXPECT_EQ(short_form().find('\n'), short_form().size() - 1);
}

TEST_F(SummaryTest, SpeaksOfOneUrlAsOne) {
  report_ = crawler::RunReport();
  fail("dns", 1);
  EXPECT_EQ(short_form(), "crawl: 1 of 1 URL failed (dns 1); see crawl.db\n");
}

TEST_F(SummaryTest, TellsTheMostFrequentFailuresFirstAndNoMoreThanEight) {
  for (int status = 400; status < 600; ++status) fail("status " + std::to_string(status), 1);
  fail("timeout", 3);
  EXPECT_THAT(long_form(),
              AllOf(HasSubstr("(timeout 3, status 400 1, "), HasSubstr("status 406 1, others 193)")));
}

TEST_F(SummaryTest, CountsThePagesThatWereFoundWithThoseThatWereListed) {
  follow();
  fail("status 404", 3);
  EXPECT_THAT(long_form(), AllOf(HasSubstr("1,202 pages in 12.3 s   97.7 pages/s"),
                                 HasSubstr("ok 1,199   failed 3 (status 404 3)   listed 1   found 1,201")));
}

TEST_F(SummaryTest, TellsOfTheListedUrlsInItsShortFormSinceTheyMakeTheExitCode) {
  follow();
  report_.listed_failed = 1;
  fail("status 404", 3);
  EXPECT_EQ(short_form(),
            "crawl: 1 of 2 listed URLs failed, 3 of 1,202 in all (status 404 3); see crawl.db\n");
}

TEST_F(SummaryTest, ComparesCrawlsThatFollowLinksAsSuch) {
  follow();
  outcome_.other_mode = 123s;
  EXPECT_THAT(long_form(), HasSubstr("than the sequential run of the same crawl (123.0 s)"));
}

TEST_F(SummaryTest, TellsWhatWasLeftAloneTheMostFirst) {
  report_.left_alone.add(SkipReason::excluded, "http://a.test/b", 2);
  report_.left_alone.add(SkipReason::out_of_scope, "http://b.test/", 4154);
  report_.skips.add(SkipReason::robots, "http://a.test/c", 12);
  EXPECT_THAT(long_form(), HasSubstr("  left alone:\n"
                                     "    4,154  out of scope (--scope), e.g. http://b.test/\n"
                                     "       12  forbidden by robots.txt (--robots), e.g. http://a.test/c\n"
                                     "        2  excluded (--include, --exclude), e.g. http://a.test/b\n"));
  EXPECT_THAT(long_form(), Not(HasSubstr("...")));
}

TEST_F(SummaryTest, CutsALongExample) {
  report_.left_alone.add(SkipReason::url_length, "http://a.test/" + std::string(5000, 'a'));
  const std::string text = long_form();
  const std::size_t begin = text.find("    1  URL too long");
  ASSERT_NE(begin, std::string::npos);
  EXPECT_EQ(text.find('\n', begin) - begin, 100U);
  EXPECT_THAT(text, EndsWith("aaa...\n"));
}

TEST_F(SummaryTest, SaysNothingOfWhatWasLeftAloneInItsShortForm) {
  report_.left_alone.add(SkipReason::out_of_scope, "http://b.test/");
  fail("dns", 1);
  EXPECT_THAT(short_form(), Not(HasSubstr("b.test")));
  EXPECT_EQ(short_form().find('\n'), short_form().size() - 1);
}

}  // namespace
}  // namespace cmd
