#include "crawler/run_report.h"

#include <optional>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crawler {
namespace {

using testing::ElementsAre;
using testing::Pair;

storage::PageOutcome answered(int status) {
  storage::PageOutcome page;
  page.status = status;
  return page;
}

storage::PageOutcome failed(std::string error) {
  storage::PageOutcome page;
  page.error = std::move(error);
  return page;
}

storage::FetchRow fetch(std::int64_t bytes, std::optional<int> status, double total_ms) {
  storage::FetchRow row;
  row.bytes = bytes;
  row.status = status;
  row.total_ms = total_ms;
  return row;
}

TEST(RunReport, TakesAWholeResponseBelow400AsOk) {
  RunReport report;
  EXPECT_FALSE(report.add(answered(200)));
  EXPECT_FALSE(report.add(answered(399)));
  EXPECT_TRUE(report.add(answered(400)));
  EXPECT_TRUE(report.add(answered(503)));
  EXPECT_EQ(report.ok, 2);
  EXPECT_EQ(report.failed, 2);
  EXPECT_EQ(report.ended, 4);
}

TEST(RunReport, CountsFailuresByTheirKind) {
  RunReport report;
  for (const int status : {404, 404, 500}) report.add(answered(status));
  EXPECT_TRUE(report.add(failed("timeout")));
  report.add_reject();
  EXPECT_THAT(report.failures, ElementsAre(Pair("not a URL", 1), Pair("status 404", 2), Pair("status 500", 1),
                                           Pair("timeout", 1)));
}

TEST(RunReport, TakesACancelledUrlForNeitherOkNorFailed) {
  RunReport report;
  EXPECT_FALSE(report.add(failed("cancelled")));
  EXPECT_EQ(report.cancelled, 1);
  EXPECT_EQ(report.ended, 1);
  EXPECT_EQ(report.listed(), 0);
}

TEST(RunReport, TakesARejectForAFailedLineThatIsNoUrl) {
  RunReport report;
  report.add_reject();
  EXPECT_EQ(report.rejected, 1);
  EXPECT_EQ(report.listed(), 1);
  EXPECT_EQ(report.ended, 0);
}

TEST(RunReport, AddsUpTheRequests) {
  RunReport report;
  storage::PageOutcome page = answered(200);
  page.fetches = {fetch(10, 302, 20), fetch(500, 200, 20), fetch(7, std::nullopt, 9000)};
  report.add(page);
  EXPECT_EQ(report.requests, 3);
  EXPECT_EQ(report.bytes, 517);
  EXPECT_LT(report.latencies.percentile(100).count(), 21) << "of those that were answered";
}

TEST(RunReport, TellsTheDatabaseItsTotals) {
  RunReport report;
  report.add(answered(200));
  report.add(answered(404));
  report.left = 7;
  report.wall = std::chrono::milliseconds(1234);
  const storage::RunTotals totals = report.totals();
  EXPECT_EQ(totals.listed, 2);
  EXPECT_EQ(totals.ok, 1);
  EXPECT_EQ(totals.failed, 1);
  EXPECT_EQ(totals.left, 7);
  EXPECT_EQ(totals.wall_ms, 1234);
}

}  // namespace
}  // namespace crawler
