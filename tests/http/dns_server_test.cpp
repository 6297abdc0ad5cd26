#include "tests/support/dns_server.h"

#include <array>
#include <fcntl.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <sys/time.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/raw_server.h"

namespace test_support {
namespace {

using namespace std::string_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::size_t kCodeAt = 3;
constexpr std::size_t kTruncatedAt = 2;
constexpr std::size_t kRecordsAt = 7;

std::string question(const std::string& encoded_name, std::uint16_t type = kTypeA) {
  return "\x12\x34\x01\0\0\1\0\0\0\0\0\0"s + encoded_name + "\0\0"s + static_cast<char>(type) + "\0\1"s;
}
const std::string kAskA = question("\1a\4TEST");

class DnsServerTest : public testing::Test {
 protected:
  DnsServerTest() : udp_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    const timeval limit{.tv_sec = 20, .tv_usec = 0};
    setsockopt(udp_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(port());
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connect(udp_.get(), reinterpret_cast<const sockaddr*>(&server), sizeof server);
  }
  std::uint16_t port() const {
    return static_cast<std::uint16_t>(std::stoi(dns_.address().substr(dns_.address().find(':') + 1)));
  }
  std::string ask(const std::string& message) {
    send(udp_.get(), message.data(), message.size(), 0);
    return receive(udp_);
  }
  std::string ask_by_tcp(const std::string& message) {
    const FileDescriptor tcp = connect_to_loopback(port());
    fcntl(tcp.get(), F_SETFL, 0);  // it may wait
    const std::string framed = "\0"s + static_cast<char>(message.size()) + message;
    send(tcp.get(), framed.data(), framed.size(), MSG_NOSIGNAL);
    return receive(tcp);
  }

 private:
  static std::string receive(const FileDescriptor& socket) {
    std::array<char, 65'536> buffer{};
    const ssize_t got = recv(socket.get(), buffer.data(), buffer.size(), 0);
    return {buffer.data(), static_cast<std::size_t>(got < 0 ? 0 : got)};
  }

 protected:
  DnsServer dns_;
  FileDescriptor udp_;
};

TEST_F(DnsServerTest, GivesTheAddressesThatWereSet) {
  dns_.set("a.test", DnsReply{.ips = {"192.0.2.1", "2001:db8::1"}, .ttl = 0x01020304});
  const std::string answer = ask(kAskA);
  EXPECT_EQ(answer.substr(0, 2), "\x12\x34");
  EXPECT_EQ(answer[kRecordsAt], 1);
  EXPECT_THAT(answer, EndsWith("\xc0\x0c\0\1\0\1\1\2\3\4\0\4\xc0\0\2\1"s));
  EXPECT_THAT(ask(question("\1a\4test", kTypeAaaa)),
              EndsWith("\0\x10\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1"s));
}

TEST_F(DnsServerTest, KnowsNoOtherName) { EXPECT_EQ(ask(kAskA)[kCodeAt] & 15, 3); }

TEST_F(DnsServerTest, KnowsNumberedNames) {
  EXPECT_EQ(DnsServer::numbered_name(0x20304), "n131844.hosts.test");
  EXPECT_EQ(DnsServer::numbered_address(0x20304), "127.3.3.4");
  EXPECT_THAT(ask(question("\7n131844\5hosts\4test")), EndsWith("\0\4\x7f\3\3\4"s));
  EXPECT_EQ(ask(question("\2nx\5hosts\4test"))[kCodeAt] & 15, 3);
}

TEST_F(DnsServerTest, GivesItsRepliesInTurn) {
  dns_.set_in_turn("a.test", {DnsReply{.ips = {"192.0.2.1"}}, DnsReply{.code = DnsCode::server_failure}});
  EXPECT_THAT(ask(kAskA), EndsWith("\0\4\xc0\0\2\1"s));
  EXPECT_EQ(ask(kAskA)[kCodeAt] & 15, 2);
  EXPECT_EQ(ask(kAskA)[kCodeAt] & 15, 2);
}

TEST_F(DnsServerTest, CountsWhatItWasAsked) {
  ask(kAskA);
  ask(kAskA);
  ask(question("\1a\4test", kTypeAaaa));
  EXPECT_EQ(dns_.questions("a.test"), 3);
  EXPECT_EQ(dns_.questions("a.test", kTypeA), 2);
  EXPECT_EQ(dns_.questions("b.test"), 0);
  EXPECT_EQ(dns_.all_questions(), 3);
  EXPECT_TRUE(dns_.wait_for_questions("a.test", 2));
}

TEST_F(DnsServerTest, SaysOverTcpWhatDoesNotFit) {
  dns_.set("a.test", DnsReply{.ips = std::vector<std::string>(100, "192.0.2.1")});
  const std::string truncated = ask(kAskA);
  EXPECT_NE(truncated[kTruncatedAt] & 2, 0);
  EXPECT_EQ(truncated[kRecordsAt], 0);
  const std::string whole = ask_by_tcp(kAskA);
  EXPECT_EQ(whole.size(), 2 + kAskA.size() + 100 * 16);
  EXPECT_THAT(whole, EndsWith("\0\4\xc0\0\2\1"s));
}

TEST_F(DnsServerTest, HangsUpWhereItIsToldTo) {
  dns_.set("a.test", DnsReply{.hangs_up_tcp = true});
  EXPECT_THAT(ask_by_tcp(kAskA), IsEmpty());
}

TEST_F(DnsServerTest, SkipsWhatItIsToldToAndWhatIsNoQuestion) {
  dns_.set("a.test", DnsReply{.is_silent = true});
  for (const std::string& skipped : {kAskA, ""s, "x"s, kAskA.substr(0, 14), std::string(20, '\xff')})
    send(udp_.get(), skipped.data(), skipped.size(), 0);
  EXPECT_THAT(ask(question("\2n0\5hosts\4test")), HasSubstr("hosts"));
}

TEST_F(DnsServerTest, AnswersWrongly) {
  dns_.set("a.test", DnsReply{.has_other_id = true});
  EXPECT_NE(ask(kAskA).substr(0, 2), "\x12\x34");
  dns_.set("a.test", DnsReply{.has_other_question = true});
  EXPECT_THAT(ask(kAskA), Not(HasSubstr("\1a\4TEST")));
  dns_.set("a.test", DnsReply{.is_garbage = true});
  EXPECT_THAT(ask(kAskA), EndsWith(std::string(40, '\xff')));
}

TEST_F(DnsServerTest, GivesTheAddressesOfAnAliasUnderItsName) {
  dns_.set("a.test", DnsReply{.ips = {"192.0.2.1"}, .alias = "b.test"});
  const std::string answer = ask(kAskA);
  EXPECT_EQ(answer[kRecordsAt], 2);
  EXPECT_THAT(answer, HasSubstr("\0\x08\1b\4test\0\1b\4test\0\0\1"s));
}

}  // namespace
}  // namespace test_support
