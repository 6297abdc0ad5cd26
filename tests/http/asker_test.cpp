// What those who ask a resolver may do when they are told, and what becomes of them otherwise.
#include <array>

#include "tests/http/resolver_test.h"

namespace crawler::http {
namespace {

using testing::ElementsAre;

class AskerTest : public ResolverTest {
 protected:
  AskerTest() { dns_.set("a.test", DnsReply{.ips = {"192.0.2.1"}}); }
};

TEST_F(AskerTest, IsToldInALaterRound) {
  write_file(options_.files.hosts, "192.0.2.9 here\n");
  in_virtual_time([](Resolver& resolver) -> Task<> {
    Wanted wanted;
    resolver.ask("here", wanted);
    EXPECT_TRUE(wanted.is_asking());
    co_await wanted.wait();
    EXPECT_FALSE(wanted.is_asking());
    resolver.ask("here", wanted);
    EXPECT_TRUE(wanted.is_asking());
  });
}

TEST_F(AskerTest, IsNotToldOnceItHasWithdrawn) {
  with_resolver([](Resolver& resolver) -> Task<> {
    Wanted wanted;
    Wanted withdrawn;
    resolver.ask("a.test", withdrawn);
    resolver.ask("a.test", wanted);
    resolver.withdraw(withdrawn);
    resolver.withdraw(withdrawn);
    co_await wanted.wait();
    EXPECT_FALSE(withdrawn.found());
  });
}

TEST_F(AskerTest, MayWithdrawAndDestroyOthersWhenItIsTold) {
  with_resolver([](Resolver& resolver) -> Task<> {
    auto destroyed = std::make_unique<Wanted>();
    Wanted withdrawn;
    Wanted last;
    Wanted first([&] {
      destroyed.reset();
      resolver.withdraw(withdrawn);
    });
    resolver.ask("a.test", first);
    resolver.ask("a.test", *destroyed);
    resolver.ask("a.test", withdrawn);
    resolver.ask("a.test", last);
    co_await last.wait();
    EXPECT_EQ(destroyed, nullptr);
    EXPECT_FALSE(withdrawn.found());
  });
}

TEST_F(AskerTest, MayGoWhenItIsTold) {
  with_resolver([](Resolver& resolver) -> Task<> {
    async::Event told;
    std::unique_ptr<Wanted> only;
    only = std::make_unique<Wanted>([&] { told.set(); });
    std::unique_ptr<Wanted> other;
    other = std::make_unique<Wanted>([&] { only.reset(); });
    resolver.ask("a.test", *other);
    resolver.ask("a.test", *only);
    co_await look_up(resolver, "a.test");
    EXPECT_FALSE(told.is_set());
    EXPECT_EQ(only, nullptr);
  });
}

TEST_F(AskerTest, MayAskAgainWhenItIsTold) {
  with_resolver([](Resolver& resolver) -> Task<> {
    Wanted again;
    Wanted same;
    Wanted first([&] {
      resolver.ask("a.test", same);
      resolver.ask("n7.hosts.test", again);
    });
    resolver.ask("a.test", first);
    co_await again.wait();
    co_await same.wait();
    EXPECT_THAT(*again.found(), HasAddress(DnsServer::numbered_address(7)));
    EXPECT_THAT(*same.found(), HasAddress("192.0.2.1"));
  });
}

TEST_F(AskerTest, IsNotToldWhenTheResolverGoes) {
  options_.at_once = 1;
  dns_.set("silent.test", DnsReply{.is_silent = true});
  EventLoop loop;
  Wanted in_flight;
  Wanted in_line;
  {
    Resolver resolver(loop, options_);
    resolver.ask("silent.test", in_flight);
    resolver.ask("a.test", in_line);
    EXPECT_TRUE(dns_.wait_for_questions("silent.test", 1));
  }
  EXPECT_FALSE(in_flight.is_asking());
  EXPECT_FALSE(in_line.is_asking());
  EXPECT_FALSE(in_flight.found() || in_line.found());
}

TEST_F(AskerTest, LeavesWhatItAskedForToOthers) {
  with_resolver([&](Resolver& resolver) -> Task<> {
    {
      Wanted gone;
      resolver.ask("a.test", gone);
    }
    const LookUp found = co_await look_up(resolver, "a.test");
    EXPECT_THAT(found, HasAddress("192.0.2.1"));
    EXPECT_EQ(dns_.questions("a.test", test_support::kTypeA), 1);
  });
}

}  // namespace
}  // namespace crawler::http
