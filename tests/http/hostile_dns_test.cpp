// Answers that are wrong, too large, or meant for somebody else.
#include "tests/http/resolver_test.h"

namespace crawler::http {
namespace {

using testing::SizeIs;

class HostileDnsTest : public ResolverTest {
 protected:
  LookUp look_up_with(DnsReply reply) {
    dns_.set("a.test", std::move(reply));
    return look_up_once("a.test");
  }
};

TEST_F(HostileDnsTest, OnlyTheFirstOfAThousandAddressesCount) {
  std::vector<std::string> ips;
  for (std::uint32_t i = 0; i < 1000; ++i) ips.push_back(DnsServer::numbered_address(i));
  const std::vector<std::string> found = ips_of(look_up_with(DnsReply{.ips = ips}));
  ASSERT_THAT(found, SizeIs(kMostAddresses));
  EXPECT_EQ(found, std::vector(ips.begin(), ips.begin() + kMostAddresses));
}

TEST_F(HostileDnsTest, ATruncatedAnswerComesByTcp) {
  EXPECT_THAT(look_up_with(DnsReply{.ips = {"192.0.2.1"}, .wants_tcp = true}), HasAddress("192.0.2.1"));
}

TEST_F(HostileDnsTest, ATruncatedAnswerWithoutTcpIsNone) {
  EXPECT_THAT(look_up_with(DnsReply{.ips = {"192.0.2.1"}, .wants_tcp = true, .hangs_up_tcp = true}),
              IsNoAnswer());
}

TEST_F(HostileDnsTest, GarbageIsNoAnswer) {
  EXPECT_THAT(look_up_with(DnsReply{.is_garbage = true}), IsNoAnswer());
}

TEST_F(HostileDnsTest, AnAnswerToAnotherQuestionIsNone) {
  options_.timeout = 100ms;
  EXPECT_THAT(look_up_with(DnsReply{.ips = {"192.0.2.1"}, .has_other_id = true}), IsNoAnswer());
  EXPECT_THAT(look_up_with(DnsReply{.ips = {"192.0.2.1"}, .has_other_question = true}), IsNoAnswer());
}

TEST_F(HostileDnsTest, FollowsAnAlias) {
  EXPECT_THAT(look_up_with(DnsReply{.ips = {"192.0.2.1"}, .alias = "b.test"}), HasAddress("192.0.2.1"));
}

TEST_F(HostileDnsTest, AnAliasOfItselfEnds) {
  EXPECT_THAT(look_up_with(DnsReply{.alias = "a.test"}), IsNoSuchName());
}

TEST_F(HostileDnsTest, TakesNamesThatAreNone) {
  dns_.set("a.test", DnsReply{.ips = {"192.0.2.1"}});
  const std::string nul("a.test\0b", 8);
  for (const std::string& name :
       {std::string(), nul, std::string("."), std::string(".."), std::string("a..test"),
        std::string(64, 'a') + ".test", std::string(300, 'a')}) {
    SCOPED_TRACE(name);
    EXPECT_THAT(look_up_once(name), IsNoSuchName());
  }
}

TEST_F(HostileDnsTest, DoesNotRememberNamesThatAreNone) {
  with_resolver([](Resolver& resolver) -> Task<> {
    const std::string name(100'000, 'a');
    co_await look_up(resolver, name);
    EXPECT_EQ(resolver.find(name), nullptr);
  });
}

}  // namespace
}  // namespace crawler::http
