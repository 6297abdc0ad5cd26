#include "storage/frontier_store.h"

#include <string>
#include <utility>
#include <vector>

#include "tests/storage/fixture.h"

namespace storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class FrontierStoreTest : public DatabaseTest {
 protected:
  /// With a URL that names its host, depth and id.
  void add(std::int64_t host_id, int depth, std::int64_t id) {
    frontier_.add({.host_id = host_id, .depth = depth, .id = id, .url = url(host_id, depth, id)});
  }
  static std::string url(std::int64_t host_id, int depth, std::int64_t id) {
    return "http://" + std::to_string(host_id) + "/" + std::to_string(depth) + "/" + std::to_string(id);
  }
  std::vector<std::string> first_of(std::int64_t host_id, std::size_t rows = 100) {
    std::vector<std::string> urls;
    for (const FrontierRow& row : frontier_.first_of(host_id, rows)) urls.push_back(row.url);
    return urls;
  }
  std::vector<std::string> outside(std::string_view unit) {
    std::vector<std::string> urls;
    for (const OutsideRow& row : frontier_.take_outside(unit)) urls.push_back(row.url);
    return urls;
  }
  std::vector<std::pair<std::string, int>> done(std::int64_t job_id) {
    std::vector<std::pair<std::string, int>> all;
    frontier_.for_each_done(
        job_id, [&](std::string_view url, int depth) { all.emplace_back(std::string(url), depth); });
    return all;
  }
  PageOutcome page(std::string url, int depth) {
    PageOutcome page = answered(std::move(url));
    page.depth = depth;
    return page;
  }

  FrontierStore frontier_{database_};
};

TEST_F(FrontierStoreTest, AHostKeepsItsIdAndItsPages) {
  const FrontierHost a = frontier_.host("a");
  const FrontierHost b = frontier_.host("b");
  EXPECT_NE(a.id, b.id);
  EXPECT_EQ(b.pages, 0);
  frontier_.set_pages({.id = b.id, .pages = 7});
  EXPECT_EQ(frontier_.host("b").id, b.id);
  EXPECT_EQ(frontier_.host("b").pages, 7);
  EXPECT_EQ(frontier_.host("a").pages, 0);
}

TEST_F(FrontierStoreTest, OrdersAHostsUrlsByDepthAndThenById) {
  add(1, 2, 1);
  add(1, 1, 3);
  add(2, 0, 4);
  add(1, 1, 2);
  EXPECT_THAT(first_of(1), ElementsAre(url(1, 1, 2), url(1, 1, 3), url(1, 2, 1)));
  EXPECT_THAT(first_of(1, 2), ElementsAre(url(1, 1, 2), url(1, 1, 3)));
  EXPECT_THAT(first_of(3), IsEmpty());
}

TEST_F(FrontierStoreTest, KeepsAllOfARow) {
  frontier_.add({.host_id = 1,
                 .depth = 2,
                 .id = 3,
                 .url = "http://a/b",
                 .purpose = 2,
                 .referrer = "http://a/",
                 .redirects = 4,
                 .is_listed = true});
  const auto row = frontier_.find({.host_id = 1, .depth = 2, .id = 3});
  ASSERT_TRUE(row.has_value());
  EXPECT_EQ(row->url, "http://a/b");
  EXPECT_EQ(row->purpose, 2);
  EXPECT_EQ(row->referrer, "http://a/");
  EXPECT_EQ(row->redirects, 4);
  EXPECT_TRUE(row->is_listed);
}

TEST_F(FrontierStoreTest, RemovesTheRowOfAKeyAlone) {
  add(1, 1, 1);
  add(1, 1, 2);
  EXPECT_TRUE(frontier_.remove({.host_id = 1, .depth = 1, .id = 1}));
  EXPECT_FALSE(frontier_.remove({.host_id = 1, .depth = 1, .id = 1}));
  EXPECT_THAT(first_of(1), ElementsAre(url(1, 1, 2)));
  EXPECT_FALSE(frontier_.find({.host_id = 1, .depth = 1, .id = 1}).has_value());
}

TEST_F(FrontierStoreTest, HostsThatHaveUrlsFollowOneAnotherInARing) {
  EXPECT_EQ(frontier_.next_host(0), std::nullopt);
  add(3, 0, 1);
  add(7, 0, 2);
  EXPECT_EQ(frontier_.next_host(0), 3);
  EXPECT_EQ(frontier_.next_host(3), 7);
  EXPECT_EQ(frontier_.next_host(7), 3);
  frontier_.remove({.host_id = 3, .depth = 0, .id = 1});
  EXPECT_EQ(frontier_.next_host(7), 7);
}

TEST_F(FrontierStoreTest, WhatIsOutOfScopeIsTakenAUnitAtATime) {
  frontier_.add_outside({.id = 2, .unit = "a", .url = "http://a/2"});
  frontier_.add_outside({.id = 1, .unit = "a", .url = "http://a/1"});
  frontier_.add_outside({.id = 3, .unit = "b", .url = "http://b/"});
  EXPECT_TRUE(frontier_.is_outside("http://a/1"));
  EXPECT_THAT(outside("a"), ElementsAre("http://a/1", "http://a/2"));
  EXPECT_FALSE(frontier_.is_outside("http://a/1"));
  EXPECT_THAT(outside("a"), IsEmpty());
  EXPECT_THAT(outside("b"), ElementsAre("http://b/"));
}

TEST_F(FrontierStoreTest, WhatWasGivenStaysGiven) {
  frontier_.add_to_scope("http://a/", true);
  frontier_.add_to_scope("http://a/", false);
  frontier_.add_to_scope("http://b/", false);
  std::vector<std::pair<std::string, bool>> scope;
  frontier_.for_each_in_scope(
      [&](std::string_view url, bool is_given) { scope.emplace_back(std::string(url), is_given); });
  EXPECT_THAT(scope, ElementsAre(Pair("http://a/", true), Pair("http://b/", false)));
}

TEST_F(FrontierStoreTest, OnlyTheJobsOwnPagesAreDone) {
  const Run other = runs_.begin({.source_digest = "other"});
  commit(page("http://a/other", 1), other.id);
  const Run first = runs_.begin({.source_digest = "mine"});
  commit(page("http://a/1", 1), first.id);
  commit(failed("http://a/cancelled", "cancelled"), first.id);
  const Run second = runs_.begin({.source_digest = "mine", .resume = true});
  commit(page("http://a/2", 2), second.id);
  commit(failed("http://a/failed", "timeout"), second.id);
  EXPECT_THAT(done(second.job_id), testing::UnorderedElementsAre(Pair("http://a/1", 1), Pair("http://a/2", 2),
                                                                 Pair("http://a/failed", 0)));
  EXPECT_EQ(frontier_.depth_of_done("http://a/2", second.job_id), 2);
  EXPECT_EQ(frontier_.depth_of_done("http://a/other", second.job_id), std::nullopt);
  EXPECT_EQ(frontier_.depth_of_done("http://a/cancelled", second.job_id), std::nullopt);
}

TEST_F(FrontierStoreTest, APageOnlyGetsLessDeep) {
  const Run run = runs_.begin({.source_digest = "d"});
  commit(page("http://a/", 3), run.id);
  frontier_.lower_depth("http://a/", 4);
  EXPECT_EQ(frontier_.depth_of_done("http://a/", run.job_id), 3);
  frontier_.lower_depth("http://a/", 1);
  EXPECT_EQ(frontier_.depth_of_done("http://a/", run.job_id), 1);
}

TEST_F(FrontierStoreTest, AnIndexChangesNoAnswer) {
  frontier_.add({.host_id = 1, .depth = 3, .id = 1, .url = "http://a/"});
  frontier_.add({.host_id = 1, .depth = 2, .id = 2, .url = "http://a/"});
  EXPECT_EQ(frontier_.depth_of_waiting("http://a/"), 2);
  frontier_.index_urls();
  frontier_.index_urls();
  EXPECT_EQ(frontier_.depth_of_waiting("http://a/"), 2);
  EXPECT_EQ(frontier_.depth_of_waiting("http://b/"), std::nullopt);
}

TEST_F(FrontierStoreTest, ForgetsAllOfAJob) {
  frontier_.set_pages({.id = frontier_.host("a").id, .pages = 5});
  add(1, 1, 1);
  frontier_.add_outside({.id = 2, .unit = "b", .url = "http://b/"});
  frontier_.add_to_scope("http://a/", true);
  frontier_.index_urls();
  frontier_.begin(2);
  EXPECT_EQ(frontier_.host("a").pages, 0);
  EXPECT_EQ(frontier_.next_host(0), std::nullopt);
  EXPECT_FALSE(frontier_.is_outside("http://b/"));
  EXPECT_EQ(value("SELECT count(*) FROM frontier_scope"), "0");
  EXPECT_EQ(value("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'frontier%by_url'"), "0");
}

}  // namespace
}  // namespace storage
