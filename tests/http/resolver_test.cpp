#include "tests/http/resolver_test.h"

#include <algorithm>
#include <stdexcept>

#include "crawler/http/ip_families.h"

namespace crawler::http {
namespace {

using test_support::kTypeA;
using test_support::kTypeAaaa;
using testing::ElementsAre;
using testing::IsNull;
using testing::Pointee;

TEST_F(ResolverTest, FindsTheAddressesOfAName) {
  dns_.set("a.test", DnsReply{.ips = {"192.0.2.2", "192.0.2.1"}});
  EXPECT_THAT(ips_of(look_up_once("a.test")), ElementsAre("192.0.2.2", "192.0.2.1"));
}

TEST_F(ResolverTest, AsksForIpv6WhereTheMachineHasIt) {
  const IpFamilies families = read_ip_families();
  dns_.set("a.test", DnsReply{.ips = {"192.0.2.1", "2001:db8::1"}});
  const std::vector<std::string> ips = ips_of(look_up_once("a.test"));
  if (!families.has_ipv6)
    EXPECT_THAT(ips, ElementsAre("192.0.2.1"));
  else if (families.prefers_ipv6)
    EXPECT_THAT(ips, ElementsAre("2001:db8::1", "192.0.2.1"));
  else
    EXPECT_THAT(ips, ElementsAre("192.0.2.1", "2001:db8::1"));
  EXPECT_EQ(dns_.questions("a.test", kTypeAaaa), families.has_ipv6 ? 1 : 0);
}

TEST_F(ResolverTest, FindsIpv4WhereTheServerIsSilentOnIpv6) {
  options_.timeout = 2s;
  dns_.set("a.test", DnsReply{.ips = {"192.0.2.1"}, .is_silent_on_ipv6 = true});
  EXPECT_THAT(look_up_once("a.test"), HasAddress("192.0.2.1"));
}

TEST_F(ResolverTest, WaitsForBothFamiliesWhereIpv4AloneFails) {
  if (!read_ip_families().has_ipv6) GTEST_SKIP() << "IPv4 is not asked for by itself";
  options_.timeout = 4s;
  const DnsReply silence{.is_silent = true};
  // The first question, its repetition, then the one for IPv4 alone, then the first again.
  dns_.set_in_turn(
      "a.test", {silence, silence, DnsReply{.code = DnsCode::no_such_name}, DnsReply{.ips = {"192.0.2.1"}}});
  EXPECT_THAT(look_up_once("a.test"), HasAddress("192.0.2.1"));
}

TEST_F(ResolverTest, KnowsWhatItHasFound) {
  dns_.set("a.test", DnsReply{.ips = {"192.0.2.1"}});
  with_resolver([&](Resolver& resolver) -> Task<> {
    EXPECT_THAT(resolver.find("a.test"), IsNull());
    co_await look_up(resolver, "a.test");
    EXPECT_THAT(resolver.find("a.test"), Pointee(HasAddress("192.0.2.1")));
    co_await look_up(resolver, "a.test");
    EXPECT_EQ(dns_.questions("a.test", kTypeA), 1);
  });
}

TEST_F(ResolverTest, KnowsWhatFailed) {
  dns_.set("fails.test", DnsReply{.code = DnsCode::server_failure});
  with_resolver([&](Resolver& resolver) -> Task<> {
    co_await look_up(resolver, "missing.test");
    co_await look_up(resolver, "fails.test");
    EXPECT_THAT(resolver.find("missing.test"), Pointee(IsNoSuchName()));
    EXPECT_THAT(resolver.find("fails.test"), Pointee(IsNoAnswer()));
  });
}

struct Kept {
  std::uint32_t ttl;
  std::chrono::seconds kept;
};
class KeptTest : public ResolverTest, public testing::WithParamInterface<Kept> {};

TEST_P(KeptTest, AddressesAreValidAsLongAsTheirRecordsSayWithinBounds) {
  dns_.set("a.test", DnsReply{.ips = {"192.0.2.1"}, .ttl = GetParam().ttl});
  with_resolver([&](Resolver& resolver) -> Task<> {
    const async::TimePoint before = EventLoop::current().now();
    const LookUp found = co_await look_up(resolver, "a.test");
    EXPECT_TRUE(found);
    if (!found) co_return;
    EXPECT_GE((*found)->valid_until, before + GetParam().kept);
    EXPECT_LE((*found)->valid_until, EventLoop::current().now() + GetParam().kept);
  });
}
INSTANTIATE_TEST_SUITE_P(TimesToLive, KeptTest,
                         testing::Values(Kept{0, 10s}, Kept{60, 60s}, Kept{86'400, 1h}, Kept{0x7fffffff, 1h},
                                         Kept{0x80000000, 10s}, Kept{0xffffffff, 10s}));

TEST_F(ResolverTest, AsksOnceHoweverManyWantToKnow) {
  dns_.set("a.test", DnsReply{.ips = {"192.0.2.1"}});
  with_resolver([&](Resolver& resolver) -> Task<> {
    std::vector<std::unique_ptr<Wanted>> all;
    for (int i = 0; i < 100; ++i) {
      all.push_back(std::make_unique<Wanted>());
      resolver.ask(i % 2 == 0 ? "a.test" : "A.Test", *all.back());
    }
    for (const auto& wanted : all) {
      co_await wanted->wait();
      EXPECT_THAT(*wanted->found(), HasAddress("192.0.2.1"));
    }
    EXPECT_EQ(dns_.questions("a.test", kTypeA), 1);
  });
}

TEST_F(ResolverTest, TakesATrailingDotForAnotherName) {
  dns_.set("a.test", DnsReply{.ips = {"192.0.2.1"}});
  with_resolver([&](Resolver& resolver) -> Task<> {
    co_await look_up(resolver, "a.test");
    EXPECT_THAT(resolver.find("a.test."), IsNull());
    const LookUp found = co_await look_up(resolver, "a.test.");
    EXPECT_THAT(found, HasAddress("192.0.2.1"));
  });
}

TEST_F(ResolverTest, TellsWhatIsMissingFromWhatFailed) {
  dns_.set("empty.test", DnsReply{});
  dns_.set("fails.test", DnsReply{.code = DnsCode::server_failure});
  dns_.set("refused.test", DnsReply{.code = DnsCode::refused});
  EXPECT_THAT(look_up_once("missing.test"), IsNoSuchName());
  EXPECT_THAT(look_up_once("empty.test"), IsNoSuchName());
  EXPECT_THAT(look_up_once("fails.test"), IsNoAnswer());
  EXPECT_THAT(look_up_once("refused.test"), IsNoAnswer());
}

TEST_F(ResolverTest, GivesUpAfterItsTimeoutFromTheStart) {
  options_.at_once = 1;
  dns_.set("silent.test", DnsReply{.is_silent = true});
  dns_.set("silent2.test", DnsReply{.is_silent = true});
  in_virtual_time([](Resolver& resolver) -> Task<> {
    Wanted first;
    Wanted second;
    resolver.ask("silent.test", first);
    resolver.ask("silent2.test", second);
    co_await second.wait();
    EXPECT_THAT(*first.found(), IsNoAnswer());
    EXPECT_THAT(*second.found(), IsNoAnswer());
    EXPECT_EQ(first.took(), 10s);
    EXPECT_EQ(second.took(), 20s);
  });
}

TEST_F(ResolverTest, ForgetsFailuresBeforeLong) {
  dns_.set("silent.test", DnsReply{.is_silent = true});
  in_virtual_time([](Resolver& resolver) -> Task<> {
    co_await look_up(resolver, "silent.test");
    co_await sleep(5s - 1ns);
    EXPECT_THAT(resolver.find("silent.test"), Pointee(IsNoAnswer()));
    co_await sleep(1ns);
    EXPECT_THAT(resolver.find("silent.test"), IsNull());
    co_await look_up(resolver, "a.invalid");
    co_await sleep(60s - 1ns);
    EXPECT_THAT(resolver.find("a.invalid"), Pointee(IsNoSuchName()));
    co_await sleep(1ns);
    EXPECT_THAT(resolver.find("a.invalid"), IsNull());
  });
}

TEST_F(ResolverTest, AsksASilentServerAgain) {
  options_.timeout = 2s;
  const DnsReply silence{.is_silent = true};
  dns_.set_in_turn("a.test", {silence, silence, DnsReply{.ips = {"192.0.2.1"}}});
  EXPECT_THAT(look_up_once("a.test"), HasAddress("192.0.2.1"));
}

TEST_F(ResolverTest, SaysSoWhereNobodyListens) {
  options_.servers = "127.0.0.1:1";
  options_.timeout = 1s;
  EXPECT_THAT(look_up_once("a.test"), IsNoAnswer());
}

TEST_F(ResolverTest, NamesThatHangHoldUpNobodyElse) {
  dns_.set("silent.test", DnsReply{.is_silent = true});
  dns_.set("a.test", DnsReply{.ips = {"192.0.2.1"}});
  with_resolver([&](Resolver& resolver) -> Task<> {
    Wanted hangs;
    resolver.ask("silent.test", hangs);
    const LookUp found = co_await look_up(resolver, "a.test");
    EXPECT_THAT(found, HasAddress("192.0.2.1"));
    EXPECT_TRUE(hangs.is_asking());
  });
}

TEST_F(ResolverTest, KeepsTheRestInLine) {
  options_.at_once = 1;
  options_.timeout = 200ms;
  dns_.set("silent.test", DnsReply{.is_silent = true});
  with_resolver([&](Resolver& resolver) -> Task<> {
    std::vector<std::string> told;
    Wanted first([&] { told.emplace_back("silent"); });
    Wanted second([&] { told.emplace_back("second"); });
    Wanted withdrawn;
    resolver.ask("silent.test", first);
    resolver.ask("withdrawn.test", withdrawn);
    resolver.ask("n1.hosts.test", second);
    resolver.withdraw(withdrawn);
    EXPECT_FALSE(withdrawn.is_asking());
    co_await second.wait();
    EXPECT_THAT(told, ElementsAre("silent", "second"));
    EXPECT_EQ(dns_.questions("withdrawn.test"), 0);
  });
}

TEST_F(ResolverTest, ManyNamesAllEnd) {
  options_.at_once = 50;
  with_resolver([&](Resolver& resolver) -> Task<> {
    std::vector<std::unique_ptr<Wanted>> all;
    for (std::uint32_t i = 0; i < 500; ++i) {
      all.push_back(std::make_unique<Wanted>());
      resolver.ask(DnsServer::numbered_name(i), *all.back());
    }
    for (std::uint32_t i = 0; i < 500; ++i) {
      co_await all[i]->wait();
      EXPECT_THAT(*all[i]->found(), HasAddress(DnsServer::numbered_address(i)));
    }
  });
}

TEST_F(ResolverTest, SearchesTheSystemsDomains) {
  write_file(options_.files.resolv_conf, "search corp.test\noptions ndots:2\n");
  dns_.set("www.corp.test", DnsReply{.ips = {"192.0.2.1"}});
  dns_.set("a.b.corp.test", DnsReply{.ips = {"192.0.2.2"}});
  dns_.set("a.b", DnsReply{.ips = {"192.0.2.3"}});
  EXPECT_THAT(look_up_once("www"), HasAddress("192.0.2.1"));
  EXPECT_THAT(look_up_once("a.b"), HasAddress("192.0.2.2"));
  EXPECT_THAT(look_up_once("a.b."), HasAddress("192.0.2.3"));
}

TEST_F(ResolverTest, CannotStartWithServersThatAreNone) {
  options_.servers = "nonsense";
  EXPECT_THROW(look_up_once("a.test"), std::runtime_error);
}

}  // namespace
}  // namespace crawler::http
