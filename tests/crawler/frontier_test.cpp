#include "crawler/frontier.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/page_key.h"
#include "storage/page_store.h"
#include "storage/run_store.h"
#include "storage/schema.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

parse::Url url(const std::string& text) { return *parse::Url::parse(text); }

/// A frontier in a database of its own, and the rows that pages leave beside it.
class FrontierTest : public testing::Test {
 protected:
  /// A run of its own; `is_resumed`: of the job before.
  void open(bool is_resumed = false, std::size_t most_known = 1000) {
    frontier_.reset();
    run_ = storage::RunStore(database_).begin({.source_digest = "d", .resume = is_resumed});
    storage::Transaction transaction(database_);
    frontier_.emplace(database_, following_, ignores_tracking_,
                      Frontier::Job{.id = run_.job_id, .is_resumed = run_.resumed_from.has_value()},
                      most_known);
    frontier_->flush();
    transaction.commit();
  }
  SeedVerdict give(const std::string& text) {
    storage::Transaction transaction(database_);
    SeedLine line;
    line.url = url(text);
    const SeedVerdict verdict = frontier_->put_given(line);
    frontier_->flush();
    transaction.commit();
    return verdict;
  }
  std::vector<FrontierUrl> claim(std::size_t most = 100) { return frontier_->claim(most).urls; }
  std::vector<std::string> claimed(std::size_t most = 100) {
    std::vector<std::string> urls;
    for (const FrontierUrl& claimed : claim(most)) urls.emplace_back(claimed.url.href());
    return urls;
  }
  Finding finding(const FrontierUrl& of, const std::vector<std::string>& links = {}) {
    Finding made{.claim = of.claim, .purpose = of.purpose, .key = std::string(of.url.key())};
    for (const std::string& link : links) made.links.push_back(url(link));
    return made;
  }
  /// Its page is stored, with the claim's end and what it leads to.
  void commit(const Finding& finding) {
    storage::Transaction transaction(database_);
    storage::Batch batch;
    if (finding.purpose == Purpose::page && !finding.skipped)
      batch.pages.push_back(
          {.url = finding.key,
           .status = 200,
           .error = finding.is_done ? std::nullopt : std::optional<std::string>("cancelled"),
           .depth = finding.claim->depth,
           .at = "t"});
    pages_.add(batch, run_.id);
    frontier_->complete(finding);
    frontier_->flush();
    transaction.commit();
  }
  void end(const FrontierUrl& of, const std::vector<std::string>& links = {}) { commit(finding(of, links)); }
  /// Fetches all that there is; in that order.
  std::vector<std::string> crawl() {
    std::vector<std::string> fetched;
    for (;;) {
      const std::vector<FrontierUrl> urls = claim(1);
      if (urls.empty()) return fetched;
      fetched.emplace_back(urls.front().url.href());
      end(urls.front());
    }
  }
  std::int64_t skipped(SkipReason reason) {
    const FrontierState state = frontier_->state();
    const auto& skips = state.skips.by_reason();
    return skips.contains(reason) ? skips.at(reason).urls : 0;
  }
  void expect_that_a_waiting_url_takes_a_smaller_depth() {
    give("http://a/");
    give("http://b/");
    const auto given = claim();
    end(given[0], {"http://a/1"});
    end(claim()[0], {"http://far/"});
    end(given[1], {"http://far/"});
    const auto far = claim();
    ASSERT_THAT(far, SizeIs(1));
    EXPECT_EQ(far[0].claim.depth, 1);
    end(far[0]);
    EXPECT_THAT(claimed(), IsEmpty());  // the row of its larger depth is of no more use
    EXPECT_EQ(frontier_->state().waiting, 0);
  }
  /// far_ has been claimed; other_ too, which may lead there by one link.
  void hand_out_far_at_depth_2() {
    give("http://a/");
    give("http://b/");
    const auto given = claim();
    end(given[0], {"http://a/1"});
    end(claim()[0], {"http://far/"});
    far_ = claim()[0];
    other_ = given[1];
  }
  std::int64_t depth_of(const std::string& key) {
    storage::Statement find(database_, "SELECT depth FROM page_row WHERE url = ?");
    storage::Rows rows = find.query(key);
    return rows.next() ? rows.integer(0) : -1;
  }

  storage::Database database_ = storage::open_temporary_database();
  storage::PageStore pages_{database_};
  storage::Run run_;
  Following following_;
  bool ignores_tracking_ = false;
  std::optional<Frontier> frontier_;
  FrontierUrl far_{.url = url("http://far/")};
  FrontierUrl other_{.url = url("http://b/")};
};

TEST_F(FrontierTest, HandsOutWhatWasGiven) {
  open();
  EXPECT_EQ(give("http://a/"), SeedVerdict::take);
  const std::vector<FrontierUrl> urls = claim();
  ASSERT_THAT(urls, SizeIs(1));
  EXPECT_EQ(urls[0].url.href(), "http://a/");
  EXPECT_TRUE(urls[0].claim.is_listed);
  EXPECT_TRUE(urls[0].claim.is_on_listed_host);
  EXPECT_TRUE(urls[0].claim.is_on_listed_origin);
}

TEST_F(FrontierTest, HandsOutNoUrlTwice) {
  open();
  give("http://a/");
  const auto first = claim();
  EXPECT_THAT(claimed(), IsEmpty());
  end(first[0], {"http://a/", "http://a/1", "http://a/1#part", "http://a/1"});
  EXPECT_THAT(claimed(), ElementsAre("http://a/1"));
  EXPECT_THAT(claimed(), IsEmpty());
}

TEST_F(FrontierTest, TellsALineThatCameBefore) {
  open();
  EXPECT_EQ(give("http://a/"), SeedVerdict::take);
  EXPECT_EQ(give("http://a/#part"), SeedVerdict::duplicate);
}

TEST_F(FrontierTest, KeepsNothingOfTheJobBefore) {
  open();
  give("http://a/");
  end(claim()[0], {"http://a/1"});
  open();
  EXPECT_THAT(claimed(), IsEmpty());
  EXPECT_EQ(give("http://a/1"), SeedVerdict::take);
  EXPECT_EQ(frontier_->state().waiting, 1);
}

TEST_F(FrontierTest, GoesBreadthFirstOnAHost) {
  open();
  give("http://a/");
  end(claim()[0], {"http://a/1", "http://a/2"});
  end(claim(1)[0], {"http://a/1/1"});
  EXPECT_THAT(claimed(), ElementsAre("http://a/2", "http://a/1/1"));
}

TEST_F(FrontierTest, CountsDepthByLinksFromWhatWasGiven) {
  open();
  give("http://a/");
  end(claim()[0], {"http://a/1"});
  end(claim()[0], {"http://a/2"});
  const auto third = claim();
  EXPECT_EQ(third[0].claim.depth, 2);
  EXPECT_EQ(third[0].claim.referrer, "http://a/1");
  EXPECT_FALSE(third[0].claim.is_listed);
}

TEST_F(FrontierTest, HostsTakeTurns) {
  following_.scope = ScopeKind::any;
  open();
  give("http://a/");
  std::vector<std::string> links;
  for (int i = 0; i < 300; ++i) links.push_back("http://a/" + std::to_string(i));
  links.emplace_back("http://b/");
  links.emplace_back("http://c/");
  end(claim()[0], links);
  EXPECT_THAT(claimed(40), testing::AllOf(testing::Contains("http://b/"), testing::Contains("http://c/")));
}

TEST_F(FrontierTest, KnowsEachLinkOfALongPage) {
  open();
  give("http://a/");
  std::vector<std::string> links;
  for (int i = 0; i < 900; ++i) links.push_back("http://a/" + std::to_string(i % 300));
  end(claim()[0], links);
  EXPECT_EQ(frontier_->state().waiting, 300);
  EXPECT_THAT(crawl(), SizeIs(300));
}

TEST_F(FrontierTest, TakesLinksThatDifferInTrackingForOne) {
  ignores_tracking_ = true;
  open();
  give("http://a/");
  std::vector<std::string> links;
  for (int i = 0; i < 900; ++i)
    links.push_back("http://a/" + std::to_string(i % 300) + "?utm_source=" + std::to_string(i));
  end(claim()[0], links);
  EXPECT_EQ(frontier_->state().waiting, 300);
}

TEST_F(FrontierTest, ASlowHostHoldsFewUrls) {
  open();
  give("http://a/");
  std::vector<std::string> links;
  for (int i = 0; i < 3000; ++i) links.push_back("http://a/" + std::to_string(i));
  end(claim()[0], links);
  EXPECT_THAT(claim(10'000), SizeIs(testing::Le(32U)));
  EXPECT_THAT(claim(10'000), IsEmpty());
}

TEST_F(FrontierTest, AQuickHostIsHandedOutMoreAtATime) {
  open();
  give("http://a/");
  std::vector<std::string> links;
  for (int i = 0; i < 3000; ++i) links.push_back("http://a/" + std::to_string(i));
  end(claim()[0], links);
  std::size_t most = 0;
  for (auto urls = claim(10'000); !urls.empty(); urls = claim(10'000)) {
    most = std::max(most, urls.size());
    for (const FrontierUrl& each : urls) end(each);
  }
  EXPECT_EQ(most, 256U);
}

TEST_F(FrontierTest, AWaitingUrlTakesASmallerDepth) {
  following_.scope = ScopeKind::any;
  open();
  expect_that_a_waiting_url_takes_a_smaller_depth();
}

TEST_F(FrontierTest, APageThatIsStoredTakesASmallerDepthToo) {
  following_.scope = ScopeKind::any;
  open();
  give("http://a/");
  give("http://b/");
  const auto given = claim();
  end(given[0], {"http://a/1"});
  end(claim()[0], {"http://c/"});
  end(claim()[0]);
  ASSERT_EQ(depth_of("http://c/"), 2);
  end(given[1], {"http://c/"});
  EXPECT_EQ(depth_of("http://c/"), 1);
  EXPECT_THAT(claimed(), IsEmpty());
}

TEST_F(FrontierTest, WithADepthAPageIsFetchedAnewWhoseLinksWereTooDeep) {
  following_.scope = ScopeKind::any;
  following_.max_depth = 2;
  open();
  give("http://a/");
  give("http://b/");
  const auto given = claim();
  end(given[0], {"http://a/1"});
  end(claim()[0], {"http://c/"});
  end(claim()[0], {"http://c/1"});
  EXPECT_EQ(skipped(SkipReason::too_deep), 1);
  end(given[1], {"http://c/"});
  const auto again = claim();
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].url.href(), "http://c/");
  end(again[0], {"http://c/1"});
  EXPECT_THAT(claimed(), ElementsAre("http://c/1"));
  EXPECT_EQ(skipped(SkipReason::too_deep), 0);
}

TEST_F(FrontierTest, FollowsNoDeeperThanAsked) {
  following_.max_depth = 1;
  open();
  give("http://a/");
  end(claim()[0], {"http://a/1"});
  end(claim()[0], {"http://a/2", "http://a/3"});
  EXPECT_THAT(claimed(), IsEmpty());
  EXPECT_EQ(skipped(SkipReason::too_deep), 2);
  EXPECT_EQ(frontier_->state().waiting, 0);
}

TEST_F(FrontierTest, StaysOnTheHost) {
  open();
  give("http://a/");
  end(claim()[0], {"https://a/1", "http://b/", "http://b/", "http://a.b/"});
  EXPECT_THAT(claimed(), ElementsAre("https://a/1"));
  EXPECT_EQ(skipped(SkipReason::out_of_scope), 2);
}

TEST_F(FrontierTest, AGivenUrlBringsItsHostIntoScope) {
  open();
  give("http://a/");
  end(claim()[0], {"http://b/1", "http://c/1"});
  EXPECT_EQ(skipped(SkipReason::out_of_scope), 2);
  give("http://b/");
  EXPECT_THAT(crawl(), ElementsAre("http://b/", "http://b/1"));
  EXPECT_EQ(skipped(SkipReason::out_of_scope), 1);
}

TEST_F(FrontierTest, WhereAGivenUrlRedirectsToIsInScope) {
  open();
  give("http://example.com/");
  const auto given = claim();
  Finding redirect = finding(given[0]);
  redirect.redirect = url("http://www.example.com/");
  commit(redirect);
  const auto target = claim();
  ASSERT_THAT(target, SizeIs(1));
  EXPECT_EQ(target[0].url.href(), "http://www.example.com/");
  EXPECT_EQ(target[0].claim.depth, 0);
  EXPECT_EQ(target[0].claim.redirects, 1);
  EXPECT_TRUE(target[0].claim.is_listed);
  EXPECT_FALSE(target[0].claim.is_on_listed_host);
  end(target[0], {"http://www.example.com/1", "http://example.com/2"});
  EXPECT_THAT(claimed(), UnorderedElementsAre("http://www.example.com/1", "http://example.com/2"));
}

TEST_F(FrontierTest, WhereAPageRedirectsToHasToBeInScope) {
  open();
  give("http://a/");
  end(claim()[0], {"http://a/1", "http://a/2"});
  const auto both = claim();
  Finding away = finding(both[0]);
  away.redirect = url("http://b/");
  commit(away);
  Finding stays = finding(both[1]);
  stays.redirect = url("http://a/3");
  commit(stays);
  const auto target = claim();
  ASSERT_THAT(target, SizeIs(1));
  EXPECT_EQ(target[0].url.href(), "http://a/3");
  EXPECT_EQ(target[0].claim.depth, 1);
  EXPECT_EQ(skipped(SkipReason::out_of_scope), 1);
}

TEST_F(FrontierTest, RulesAndBudgetsKeepOutWhatWasFoundAndNotWhatWasGiven) {
  following_.exclude = {"private"};
  following_.budgets.path_depth = 2;
  open();
  give("http://a/private/1/2/3");
  end(claim()[0], {"http://a/private", "http://a/1/2/3", "http://a/1/2"});
  EXPECT_THAT(claimed(), ElementsAre("http://a/1/2"));
  EXPECT_EQ(skipped(SkipReason::excluded), 1);
  EXPECT_EQ(skipped(SkipReason::path_depth), 1);
}

TEST_F(FrontierTest, CountsWhatItKeepsOutOnce) {
  following_.exclude = {"private"};
  open();
  give("http://a/");
  end(claim()[0], {"http://a/private", "http://a/1"});
  end(claim()[0], {"http://a/private"});
  EXPECT_EQ(skipped(SkipReason::excluded), 1);
}

TEST_F(FrontierTest, AHostHasABudgetOfPages) {
  following_.budgets.host_pages = 3;
  open();
  give("http://a/");
  end(claim()[0], {"http://a/1", "http://a/2", "http://a/3", "http://a/4"});
  EXPECT_THAT(claimed(), ElementsAre("http://a/1", "http://a/2"));
  EXPECT_EQ(skipped(SkipReason::host_pages), 2);
}

TEST_F(FrontierTest, AnUnsentClaimIsHandedOutAgain) {
  open();
  give("http://a/");
  end(claim()[0], {"http://a/1"});
  const auto first = claim();
  frontier_->give_back({first[0].claim}, 0ms);
  EXPECT_THAT(claimed(), ElementsAre("http://a/1"));
}

TEST_F(FrontierTest, AHostThatIsPausedIsPassedOver) {
  following_.scope = ScopeKind::any;
  open();
  give("http://a/");
  give("http://b/");
  const auto given = claim();
  frontier_->give_back({given[0].claim}, 1h);
  const Claims none = frontier_->claim(100);
  EXPECT_THAT(none.urls, IsEmpty());
  EXPECT_TRUE(none.is_round_complete);
  ASSERT_TRUE(none.next_pause_ends.has_value());
  EXPECT_GT(*none.next_pause_ends, 50min);
}

TEST_F(FrontierTest, ARunThatDiesLeavesNoClaimBehind) {
  open();
  give("http://a/");
  end(claim()[0], {"http://a/1", "http://a/2"});
  end(claim()[0]);
  open(true);
  EXPECT_EQ(frontier_->state().waiting, 1);
  EXPECT_THAT(claimed(), ElementsAre("http://a/2"));
}

TEST_F(FrontierTest, AResumedJobKnowsWhatItHasDone) {
  open();
  give("http://a/");
  end(claim()[0], {"http://a/1", "http://b/"});
  end(claim()[0]);
  open(true);
  EXPECT_EQ(give("http://a/"), SeedVerdict::done_before);
  EXPECT_EQ(give("http://a/1#again"), SeedVerdict::done_before);
  EXPECT_EQ(give("http://a/"), SeedVerdict::duplicate);
  EXPECT_THAT(claimed(), IsEmpty());
  EXPECT_EQ(skipped(SkipReason::out_of_scope), 1);
}

TEST_F(FrontierTest, AResumedJobFetchesWhatWasCancelled) {
  open();
  give("http://a/");
  Finding cancelled = finding(claim()[0]);
  cancelled.is_done = false;
  commit(cancelled);
  open(true);
  EXPECT_EQ(give("http://a/"), SeedVerdict::take);
  EXPECT_THAT(claimed(), ElementsAre("http://a/"));
}

TEST_F(FrontierTest, AResumedJobHasTheScopeThatRedirectsGave) {
  open();
  give("http://example.com/");
  Finding redirect = finding(claim()[0]);
  redirect.redirect = url("http://www.example.com/");
  commit(redirect);
  open(true);
  const auto target = claim();
  ASSERT_THAT(target, SizeIs(1));
  end(target[0], {"http://www.example.com/1", "http://example.com/2"});
  const auto found = claim();
  EXPECT_THAT(found, SizeIs(2));
  for (const FrontierUrl& each : found)
    EXPECT_EQ(each.claim.is_on_listed_host, each.url.host() == "example.com");
}

TEST_F(FrontierTest, AJobWhoseFrontierAnotherOneTookBeginsAnew) {
  open();
  give("http://a/");
  end(claim()[0], {"http://a/1"});
  const storage::Run first = run_;
  open();
  give("http://b/");
  frontier_.reset();
  run_ = first;
  frontier_.emplace(database_, following_, false, Frontier::Job{.id = first.job_id, .is_resumed = true});
  EXPECT_THAT(claimed(), IsEmpty());
  EXPECT_EQ(give("http://a/"), SeedVerdict::take);
}

TEST_F(FrontierTest, HandsOutTheCredentialsOfTheOrigin) {
  following_.scope = ScopeKind::domain;
  open();
  give("http://user:secret@a.example.com/");
  end(claim()[0], {"http://a.example.com/1", "http://b.example.com/"});
  EXPECT_THAT(claimed(), UnorderedElementsAre("http://user:secret@a.example.com/1", "http://b.example.com/"));
}

TEST_F(FrontierTest, ASitemapIsNoPage) {
  open();
  give("http://a/");
  Finding robots{.purpose = Purpose::robots, .key = "http://a/robots.txt"};
  robots.sitemaps = {url("http://a/sitemap.xml"), url("http://a/sitemap.xml")};
  commit(robots);
  std::vector<FrontierUrl> urls = claim();
  ASSERT_THAT(urls, SizeIs(2));
  const FrontierUrl& sitemap = urls[1];
  EXPECT_EQ(sitemap.purpose, Purpose::sitemap);
  end(sitemap, {"http://a/sitemap.xml", "http://a/1"});
  std::vector<FrontierUrl> listed = claim();
  ASSERT_THAT(listed, SizeIs(2));
  EXPECT_EQ(listed[0].purpose, Purpose::page);
  EXPECT_EQ(listed[0].claim.depth, 1);
}

// The row of the larger depth was passed over for one of the smaller that was never written: the URL was
// lost.
TEST_F(FrontierTest, WhatIsGivenBackWaitsAtTheDepthThatItWasMetAtMeanwhile) {
  following_.scope = ScopeKind::any;
  open();
  hand_out_far_at_depth_2();
  end(other_, {"http://far/"});
  frontier_->give_back({far_.claim}, 0ms);
  const auto far = claim();
  ASSERT_THAT(far, SizeIs(1));
  EXPECT_EQ(far[0].claim.depth, 1);
  end(far[0]);
  EXPECT_EQ(frontier_->state().waiting, 0);
}

// A smaller depth that a URL was met at on its way was in memory alone.
TEST_F(FrontierTest, ARunThatDiesKeepsTheDepthsOfWhatItHadClaimed) {
  following_.scope = ScopeKind::any;
  open();
  hand_out_far_at_depth_2();
  end(other_, {"http://far/"});
  open(true);
  const auto far = claim();
  ASSERT_THAT(far, SizeIs(1));
  EXPECT_EQ(far[0].claim.depth, 1);
}

TEST_F(FrontierTest, APageThatIsMetAtASmallerDepthOnItsWayIsStoredWithIt) {
  following_.scope = ScopeKind::any;
  open();
  hand_out_far_at_depth_2();
  end(other_, {"http://far/"});
  end(far_, {"http://far/1"});
  EXPECT_EQ(depth_of("http://far/"), 1);
  const auto next = claim();
  ASSERT_THAT(next, SizeIs(1));
  EXPECT_EQ(next[0].claim.depth, 2);
  end(next[0]);
  EXPECT_EQ(frontier_->state().waiting, 0);
}

// The page had its smaller depth already, and so the row of its second turn was taken for an old one.
TEST_F(FrontierTest, ARunThatDiesKeepsTheSecondTurnThatADepthAsksFor) {
  following_.scope = ScopeKind::any;
  following_.max_depth = 2;
  open();
  hand_out_far_at_depth_2();
  end(far_, {"http://far/1"});
  end(other_, {"http://far/"});
  open(true);
  EXPECT_EQ(frontier_->state().waiting, 1);
  const auto again = claim();
  ASSERT_THAT(again, SizeIs(1));
  end(again[0], {"http://far/1"});
  EXPECT_THAT(claimed(), ElementsAre("http://far/1"));
}

// It was counted once more, and refused where the host had no more.
TEST_F(FrontierTest, ASecondTurnIsNotAnotherPageOfItsHost) {
  following_.scope = ScopeKind::any;
  following_.max_depth = 2;
  following_.budgets.host_pages = 2;
  open();
  hand_out_far_at_depth_2();
  end(far_);
  end(other_, {"http://far/1", "http://far/"});
  EXPECT_THAT(claimed(), UnorderedElementsAre("http://far/1", "http://far/"));
  EXPECT_EQ(skipped(SkipReason::host_pages), 0);
}

// The first of its rows came in, whatever its depth.
TEST_F(FrontierTest, WhatWasOutOfScopeComesInAtItsSmallestDepth) {
  open();
  give("http://a/");
  give("http://b/");
  const auto given = claim();
  end(given[0], {"http://a/1"});
  end(claim()[0], {"http://far/"});
  end(given[1], {"http://far/"});
  give("http://far/given");
  const auto far = claim();
  ASSERT_THAT(far, SizeIs(2));
  EXPECT_EQ(far[1].url.href(), "http://far/");
  EXPECT_EQ(far[1].claim.depth, 1);
}

// Its own links counted from where it had been found, and those too deep for that were never followed.
TEST_F(FrontierTest, ALineThatWasFoundBeforeIsFetchedAnewWhereItsLinksMayBeFollowedNow) {
  following_.max_depth = 1;
  open();
  give("http://a/");
  end(claim()[0], {"http://a/1"});
  end(claim()[0], {"http://a/2"});
  EXPECT_EQ(give("http://a/1"), SeedVerdict::take);
  end(claim()[0], {"http://a/2"});
  EXPECT_THAT(claimed(), ElementsAre("http://a/2"));
  EXPECT_EQ(depth_of("http://a/1"), 0);
}

TEST_F(FrontierTest, ALineThatWasFoundBeforeTakesItsDepth) {
  open();
  give("http://a/");
  end(claim()[0], {"http://a/1"});
  end(claim()[0]);
  EXPECT_EQ(give("http://a/1"), SeedVerdict::duplicate);
  EXPECT_EQ(depth_of("http://a/1"), 0);
}

/// The database answers for what memory has no room for.
class FullFrontier : public FrontierTest {
 protected:
  void SetUp() override { open(false, 2); }
};

TEST_F(FullFrontier, HandsOutNoUrlTwice) {
  give("http://a/");
  end(claim()[0], {"http://a/1", "http://a/2", "http://a/3"});
  const auto three = claim();
  EXPECT_THAT(three, SizeIs(3));
  for (const FrontierUrl& each : three) end(each, {"http://a/1", "http://a/2", "http://a/3", "http://a/"});
  EXPECT_THAT(claimed(), IsEmpty());
  EXPECT_EQ(frontier_->state().waiting, 0);
}

TEST_F(FullFrontier, AWaitingUrlTakesASmallerDepth) {
  following_.scope = ScopeKind::any;
  open(false, 2);
  expect_that_a_waiting_url_takes_a_smaller_depth();
}

// Its row was deleted before it was asked for.
TEST_F(FullFrontier, TakesInWhatWasOutOfScope) {
  give("http://a/");
  end(claim()[0], {"http://a/1", "http://b/", "http://b/1"});
  give("http://b/given");
  EXPECT_THAT(claimed(), UnorderedElementsAre("http://a/1", "http://b/", "http://b/1", "http://b/given"));
  EXPECT_EQ(skipped(SkipReason::out_of_scope), 0);
}

TEST_F(FullFrontier, KnowsWhatIsOutOfScope) {
  give("http://a/");
  end(claim()[0], {"http://a/1", "http://b/", "http://c/"});
  end(claim()[0], {"http://b/", "http://c/"});
  EXPECT_EQ(skipped(SkipReason::out_of_scope), 2);
}

TEST_F(FrontierTest, ARoundOfManyHostsTakesSeveralClaims) {
  open(false, 10'000);
  for (int i = 0; i < 2500; ++i) give("http://h" + std::to_string(i) + "/");
  EXPECT_FALSE(frontier_->claim(10'000).is_round_complete);
  EXPECT_FALSE(frontier_->claim(10'000, false).is_round_complete);
  EXPECT_TRUE(frontier_->claim(10'000, false).is_round_complete);
  EXPECT_EQ(frontier_->state().waiting, 2500);
}

}  // namespace
}  // namespace crawler
