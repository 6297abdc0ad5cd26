#include "tests/support/synthetic_web.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <poll.h>
#include <set>
#include <string>
#include <sys/socket.h>
#include <unordered_map>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/page_facts.h"
#include "parse/robots.h"
#include "parse/url.h"
#include "tests/support/file_descriptor.h"
#include "tests/support/raw_server.h"

namespace test_support {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// Walks a plan without a network: by gumbo's links and by robots.txt, but without budgets.
class Walk {
 public:
  explicit Walk(const SyntheticPlan& plan) : plan_(plan) { find("http://n1.hosts.test:80/p/0"); }

  /// Those of snares without an end are left alone.
  const std::set<std::string>& run() {
    for (; !waiting_.empty(); waiting_.pop_front()) visit(waiting_.front());
    return reached_;
  }

 private:
  Answer ask(const parse::Url& url, std::uint32_t asked_before) const {
    const std::string query = url.query().empty() ? "" : "?" + std::string(url.query());
    return plan_.answer({url.host(), "80"}, std::string(url.path()) + query, asked_before);
  }
  void find(const std::string& reference) {
    const auto url = parse::Url::parse(reference);
    ASSERT_TRUE(url) << reference;
    if (!url->host().ends_with(".hosts.test") || !allows(*url)) return;
    const std::string target(url->key().substr(url->origin().size()));
    if (plan_.duty(url->host(), target) == Duty::snare) return;
    if (reached_.insert(std::string(url->key())).second) waiting_.push_back(*url);
  }
  bool allows(const parse::Url& url) {
    const auto [found, is_new] = rules_.try_emplace(std::string(url.host()));
    if (is_new) {
      Answer robots = ask(*url.resolve("/robots.txt"), 0);
      if (robots.status == 500) robots.body = "User-agent: *\nDisallow: /";
      if (robots.status == 301) robots = ask(*url.resolve("/robots-moved.txt"), 0);
      found->second = parse::RobotsFile::parse(robots.body).rules_for("crawl");
    }
    return found->second.allows(url);
  }
  void visit(const parse::Url& url) {
    const Answer answer = ask(url, 1);
    for (const std::string& header : answer.headers)
      if (header.starts_with("Location: "))
        find(std::string(url.resolve(header.substr(std::string("Location: ").size()))->href()));
    if (answer.status != 200) return;
    const parse::PageFacts facts = parse::read_page(*parse::HtmlTree::parse(answer.body), url);
    for (const parse::Link& found : facts.links) {
      using enum parse::LinkKind;
      const bool is_next = found.kind == link && found.rel.ends_with("next");
      if (is_next || found.kind == a || found.kind == area || found.kind == iframe ||
          found.kind == meta_refresh)
        find(std::string(found.url.href()));
    }
  }

  const SyntheticPlan& plan_;
  std::unordered_map<std::string, parse::RobotsRules> rules_;
  std::set<std::string> reached_;
  std::deque<parse::Url> waiting_;
};

std::set<std::string> urls_of(const std::vector<SyntheticPlan::Page>& pages) {
  std::set<std::string> urls;
  for (const SyntheticPlan::Page& page : pages) urls.insert("http://" + page.host + page.path);
  return urls;
}

std::size_t count_status(const SyntheticPlan& plan, int status) {
  return static_cast<std::size_t>(std::ranges::count(plan.pages(), status, &SyntheticPlan::Page::status));
}

TEST(SyntheticPlan, LinksLeadToEachPageThatIsToBeFetchedAndToNoOther) {
  const SyntheticPlan plan({.hosts = 20, .pages = 2'000});
  const std::set<std::string> expected = urls_of(plan.pages());
  EXPECT_GT(expected.size(), 2'000U);
  EXPECT_EQ(Walk(plan).run(), expected);
}

TEST(SyntheticPlan, LinksLeadToAllPagesOfASmallWebToo) {
  for (const std::uint32_t pages : {1U, 2U, 7U, 60U}) {
    const SyntheticPlan plan({.hosts = pages / 2 + 1, .pages = pages});
    EXPECT_EQ(Walk(plan).run(), urls_of(plan.pages())) << pages;
  }
}

TEST(SyntheticPlan, HasPagesOfAllKinds) {
  const SyntheticPlan plan({.hosts = 20, .pages = 2'000});
  for (const int status : {301, 302, 307, 404}) EXPECT_GT(count_status(plan, status), 10U) << status;
  EXPECT_GT(count_status(plan, 200), 1'800U);
  EXPECT_EQ(plan.hosts_with_delay(), (std::vector<std::string>{"n3.hosts.test", "n13.hosts.test"}));
}

TEST(SyntheticPlan, SaysTheSameForTheSameSeed) {
  const WebSize size{.hosts = 3, .pages = 30, .seed = 7};
  const WebSize other{.hosts = 3, .pages = 30, .seed = 8};
  const auto body = [](const WebSize& web) {
    return SyntheticPlan(web).answer({"n2.hosts.test", "80"}, "/p/0", 0).body;
  };
  EXPECT_EQ(body(size), body(size));
  EXPECT_NE(body(size), body(other));
}

TEST(SyntheticPlan, AsksForTheDelayThatItHas) {
  const SyntheticPlan plan({.crawl_delay = 1050ms});
  const std::string robots = plan.answer({"n3.hosts.test", "80"}, "/robots.txt", 0).body;
  EXPECT_EQ(parse::RobotsFile::parse(robots).rules_for("crawl").crawl_delay(), 1050ms);
}

TEST(SyntheticPlan, KnowsNoOtherHostsAndNoOtherWayToWriteAPage) {
  const SyntheticPlan plan({.hosts = 2, .pages = 10});
  for (const auto& [host, target] :
       std::vector<std::pair<std::string, std::string>>{{"n1.hosts.test", "/p/01"},
                                                        {"n1.hosts.test", "/p/5"},
                                                        {"n1.hosts.test", "/p/0?a"},
                                                        {"n1.hosts.test", "/"},
                                                        {"n9.hosts.test", "/p/0"},
                                                        {"n0.hosts.test", "/p/0"},
                                                        {"outside.test", "/p/0"},
                                                        {"", ""}}) {
    EXPECT_EQ(plan.duty(host, target), Duty::never) << host << target;
    EXPECT_EQ(plan.answer({host, "80"}, target, 0).status, 404) << host << target;
  }
}

TEST(SyntheticSnare, LeadsOnWithoutAnEnd) {
  const auto body = [](Snare snare, std::string_view target) { return snare_answer(snare, target, 0).body; };
  EXPECT_THAT(body(Snare::calendar, "/cal/41"), HasSubstr("\"/cal/42\""));
  EXPECT_THAT(body(Snare::spiral, "/a/a/"), HasSubstr("\"a/\""));
  EXPECT_THAT(body(Snare::orders, "/"), HasSubstr("\"/list?c=3&amp;a=1&amp;b=2\""));
  EXPECT_NE(body(Snare::sessions, "/s/1?sid=1"), body(Snare::sessions, "/s/1?sid=2"));
}

TEST(SyntheticSnare, BusyHostAsksToComeAgain) {
  const Answer first = snare_answer(Snare::busy, "/busy/1", 0);
  EXPECT_EQ(first.status, 429);
  EXPECT_THAT(first.headers, Contains("Retry-After: 1"));
  EXPECT_EQ(snare_answer(Snare::busy, "/busy/1", 1).status, 200);
}

class SyntheticWebTest : public testing::Test {
 protected:
  /// The status line of the answer.
  std::string ask(const std::string& host, const std::string& target) {
    const parse::Url start = *parse::Url::parse(web_.start_url());
    const FileDescriptor client = connect_to_loopback(start.port());
    wait_for(client, POLLOUT);
    const std::string request =
        "GET " + target + " HTTP/1.1\r\nHost: " + host + ":" + std::to_string(start.port()) + "\r\n\r\n";
    EXPECT_EQ(send(client.get(), request.data(), request.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(request.size()));
    wait_for(client, POLLIN);
    std::array<char, 64> answer{};
    const ssize_t count = recv(client.get(), answer.data(), answer.size(), 0);
    const std::string begin(answer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return begin.substr(0, begin.find('\r'));
  }
  static void wait_for(const FileDescriptor& socket, short event) {
    pollfd waiting{.fd = socket.get(), .events = event, .revents = 0};
    EXPECT_EQ(poll(&waiting, 1, 10'000), 1);
  }

  SyntheticWeb web_{{.hosts = 2, .pages = 10}};
};

TEST_F(SyntheticWebTest, AnswersByHost) {
  EXPECT_EQ(ask("n1.hosts.test", "/p/0"), "HTTP/1.1 200 Test");
  EXPECT_EQ(ask("n2.hosts.test", "/p/4"), "HTTP/1.1 200 Test");
  EXPECT_EQ(ask("n9.hosts.test", "/p/0"), "HTTP/1.1 404 Test");
  EXPECT_EQ(web_.duty(web_.start_url()), Duty::once);
  EXPECT_EQ(web_.duty(web_.url("n9.hosts.test", "/p/0")), Duty::never);
}

TEST_F(SyntheticWebTest, MissesWhatWasNotAskedFor) {
  const std::size_t all = web_.missing().size();
  EXPECT_EQ(all, web_.expected().size());
  ask("n1.hosts.test", "/p/0");
  EXPECT_EQ(web_.missing().size(), all - 1);
  EXPECT_THAT(web_.missing(), Not(Contains(web_.start_url())));
}

TEST_F(SyntheticWebTest, MissesAPageThatAskedToComeAgainAndWasLeft) {
  const std::string busy = web_.plan().host_of(Snare::busy);
  EXPECT_EQ(ask(busy, "/busy/1"), "HTTP/1.1 429 Test");
  EXPECT_THAT(web_.missing(), Contains(web_.url(busy, "/busy/1")));
  EXPECT_EQ(ask(busy, "/busy/1"), "HTTP/1.1 200 Test");
  EXPECT_THAT(web_.missing(), Not(Contains(web_.url(busy, "/busy/1"))));
  EXPECT_THAT(web_.asked_too_often(), IsEmpty());
}

TEST_F(SyntheticWebTest, TellsWhatWasAskedForTooOften) {
  for (const std::string target : {"/p/0", "/p/0", "/p/1", "/robots.txt", "/robots.txt"})
    ask("n1.hosts.test", target);
  EXPECT_THAT(web_.asked_too_often(), ElementsAre(web_.start_url()));
  EXPECT_THAT(web_.forbidden(), IsEmpty());
}

TEST_F(SyntheticWebTest, TellsWhatWasForbidden) {
  ask("n1.hosts.test", "/p/0");
  ask("n1.hosts.test", "/never/1.png");
  ask(web_.plan().host_of(Snare::calendar), "/cal/1");
  ask(web_.plan().host_of(Snare::closed), "/");
  EXPECT_THAT(web_.forbidden(), ElementsAre(web_.url("n1.hosts.test", "/never/1.png"),
                                            web_.url(web_.plan().host_of(Snare::closed), "/")));
  EXPECT_THAT(web_.asked_too_often(), IsEmpty());
}

TEST_F(SyntheticWebTest, LogsRequestsInTheirOrder) {
  ask("n1.hosts.test", "/p/0");
  EXPECT_EQ(web_.smallest_gap("n1.hosts.test"), std::nullopt);
  ask("n2.hosts.test", "/robots.txt");
  ask("n1.hosts.test", "/p/1");
  EXPECT_GE(web_.smallest_gap("n1.hosts.test"), 0us);
  EXPECT_EQ(web_.smallest_gap("n2.hosts.test"), std::nullopt);
  EXPECT_EQ(web_.requests_of_host("n1.hosts.test"), 2U);
  const std::vector<SyntheticWeb::Request> last = web_.requests(1);
  ASSERT_EQ(last.size(), 2U);
  EXPECT_EQ(last[0].target, "/robots.txt");
  EXPECT_LE(last[0].at, last[1].at);
}

}  // namespace
}  // namespace test_support
