// Where a resolver looks besides DNS.
#include <atomic>
#include <latch>

#include "tests/http/resolver_test.h"

namespace crawler::http {
namespace {

using testing::ElementsAre;
using testing::IsNull;
using testing::NotNull;
using testing::Pointee;

using HostsTest = ResolverTest;

TEST_F(HostsTest, AsksNobodyWhatTheHostsFileKnows) {
  write_file(options_.files.hosts, "192.0.2.9 Printer\n2001:db8::9 printer\n");
  dns_.set("printer", DnsReply{.ips = {"192.0.2.1"}});
  EXPECT_THAT(ips_of(look_up_once("printeR")), ElementsAre("192.0.2.9", "2001:db8::9"));
  EXPECT_EQ(dns_.all_questions(), 0);
}

TEST_F(HostsTest, NoticesAChangeOfTheHostsFile) {
  write_file(options_.files.hosts, "192.0.2.9 printer\n");
  in_virtual_time([&](Resolver& resolver) -> Task<> {
    co_await look_up(resolver, "printer");
    write_file(options_.files.hosts, "192.0.2.10 printer\n");
    co_await sleep(9s);
    EXPECT_THAT(resolver.find("printer"), NotNull());
    co_await sleep(1s);
    EXPECT_THAT(resolver.find("printer"), IsNull());
    const LookUp found = co_await look_up(resolver, "printer");
    EXPECT_THAT(found, HasAddress("192.0.2.10"));
  });
}

TEST_F(HostsTest, LocalhostIsLoopback) {
  for (const char* name : {"localhost", "LOCALHOST", "localhost.", "a.localhost", "a.b.localhost."}) {
    SCOPED_TRACE(name);
    EXPECT_THAT(ips_of(look_up_once(name)), ElementsAre("127.0.0.1", "::1"));
  }
  EXPECT_THAT(look_up_once("notlocalhost"), IsNoSuchName());
  EXPECT_EQ(dns_.questions("localhost"), 0);
  EXPECT_GT(dns_.questions("notlocalhost"), 0);
}

TEST_F(HostsTest, TheHostsFileMayMoveLocalhost) {
  write_file(options_.files.hosts, "127.0.0.2 localhost\n");
  EXPECT_THAT(look_up_once("localhost"), HasAddress("127.0.0.2"));
}

TEST_F(HostsTest, AsksNobodyForNamesThatAreNobodys) {
  EXPECT_THAT(look_up_once("a.invalid"), IsNoSuchName());
  EXPECT_THAT(look_up_once("a.onion."), IsNoSuchName());
  EXPECT_EQ(dns_.all_questions(), 0);
}

class SystemTest : public ResolverTest {
 protected:
  /// Outlives the thread that may still ask.
  struct System {
    std::atomic<int> questions = 0;
    SystemAnswer answer = std::vector<std::string>{"192.0.2.7"};
  };
  SystemTest() {
    options_.ask_system = [system = system_](const std::string&) {
      ++system->questions;
      return system->answer;
    };
  }
  const std::shared_ptr<System> system_ = std::make_shared<System>();
};

TEST_F(SystemTest, IsAskedLastForAShortOrALocalName) {
  EXPECT_THAT(look_up_once("printer"), HasAddress("192.0.2.7"));
  EXPECT_THAT(look_up_once("printer.local"), HasAddress("192.0.2.7"));
  EXPECT_GT(dns_.questions("printer.local"), 0);
}

TEST_F(SystemTest, IsNotAskedWhereItKnowsNoMoreThanDns) {
  EXPECT_THAT(look_up_once("missing.test"), IsNoSuchName());
  EXPECT_EQ(system_->questions, 0);
}

TEST_F(SystemTest, IsAskedForAnyNameWhereItHasOtherSources) {
  write_file(options_.files.nsswitch_conf, "hosts: files mdns4 dns\n");
  EXPECT_THAT(look_up_once("missing.test"), HasAddress("192.0.2.7"));
}

TEST_F(SystemTest, IsNotAskedForWhatDnsKnowsOrFailsAt) {
  write_file(options_.files.nsswitch_conf, "hosts: files mdns4 dns\n");
  dns_.set("a.test", DnsReply{.ips = {"192.0.2.1"}});
  dns_.set("fails.test", DnsReply{.code = DnsCode::server_failure});
  EXPECT_THAT(look_up_once("a.test"), HasAddress("192.0.2.1"));
  EXPECT_THAT(look_up_once("fails.test"), IsNoAnswer());
  EXPECT_EQ(system_->questions, 0);
}

TEST_F(SystemTest, IsNotAskedForNamesThatAreNobodys) {
  write_file(options_.files.nsswitch_conf, "hosts: files mdns4 dns\n");
  EXPECT_THAT(look_up_once("a.invalid"), IsNoSuchName());
  EXPECT_THAT(look_up_once("a.onion"), IsNoSuchName());
  EXPECT_EQ(system_->questions, 0);
}

TEST_F(SystemTest, SaysWhatFailedInTheEnd) {
  system_->answer = std::unexpected(LookUpError::no_such_name);
  EXPECT_THAT(look_up_once("printer"), IsNoSuchName());
  system_->answer = std::unexpected(LookUpError::no_answer);
  EXPECT_THAT(look_up_once("printer"), IsNoAnswer());
}

/// Holds up every question until it is opened.
struct Gate {
  std::latch has_begun{1};
  std::latch is_open{1};
  std::latch has_let_one_through{1};

  /// Returns when the question is through, if it was asked: on a busy machine it may be given up before.
  void open() {
    is_open.count_down();
    if (has_begun.try_wait()) has_let_one_through.wait();
  }
};

class SlowSystemTest : public ResolverTest {
 protected:
  SlowSystemTest() {
    options_.timeout = 200ms;
    options_.ask_system = [gate = gate_](const std::string& name) {
      if (name == "printer") gate->has_begun.count_down();
      gate->is_open.wait();
      if (name == "printer") gate->has_let_one_through.count_down();
      return SystemAnswer(std::vector<std::string>{"192.0.2.7"});
    };
  }
  const std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
};

TEST_F(SlowSystemTest, IsNotWaitedForAtTheEnd) {
  EXPECT_THAT(look_up_once("printer"), IsNoAnswer());
  gate_->open();
}

TEST_F(SlowSystemTest, TellsNobodyWhenItIsTooLate) {
  with_resolver([&](Resolver& resolver) -> Task<> {
    const LookUp too_late = co_await look_up(resolver, "printer");
    EXPECT_THAT(too_late, IsNoAnswer());
    gate_->open();
    co_await look_up(resolver, "scanner");
    EXPECT_THAT(resolver.find("printer"), Pointee(IsNoAnswer()));
  });
}

}  // namespace
}  // namespace crawler::http
