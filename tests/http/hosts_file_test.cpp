#include "crawler/http/hosts_file.h"

#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/http/addresses.h"
#include "tests/support/temp_dir.h"

namespace crawler::http {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsNull;
using testing::NotNull;
using testing::Pointee;
using testing::SizeIs;

class HostsFileTest : public testing::Test {
 protected:
  void write(const std::string& text) { test_support::write_file(path_, text); }

  test_support::TempDir dir_;
  const std::string path_ = dir_.path() / "hosts";
  HostsFile hosts_{path_};
  async::TimePoint now_{};
};

TEST_F(HostsFileTest, KnowsNamesAndTheirAliases) {
  write("192.0.2.1 a.test b c\n192.0.2.2\td # e\n  192.0.2.3 f");
  EXPECT_THAT(hosts_.find("a.test", now_), Pointee(ElementsAre("192.0.2.1")));
  EXPECT_THAT(hosts_.find("c", now_), Pointee(ElementsAre("192.0.2.1")));
  EXPECT_THAT(hosts_.find("d", now_), Pointee(ElementsAre("192.0.2.2")));
  EXPECT_THAT(hosts_.find("f", now_), Pointee(ElementsAre("192.0.2.3")));
  EXPECT_THAT(hosts_.find("e", now_), IsNull());
}

TEST_F(HostsFileTest, GathersTheAddressesOfAllLines) {
  write("192.0.2.1 A\n2001:DB8:0::1 a\n192.0.2.1 a\n");
  EXPECT_THAT(hosts_.find("a", now_), Pointee(ElementsAre("192.0.2.1", "2001:db8::1")));
}

TEST_F(HostsFileTest, SkipsLinesThatAreNone) {
  write("a b\n#192.0.2.1 b\n\n192.0.2 b\nfe80::1%lo b\n192.0.2.1\n\xff\xfe b\n192.0.2.2 c\n");
  EXPECT_THAT(hosts_.find("b", now_), IsNull());
  EXPECT_THAT(hosts_.find("c", now_), NotNull());
}

TEST_F(HostsFileTest, KeepsNoMoreAddressesThanAnAnswerHas) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "192.0.2." + std::to_string(i) + " a\n";
  write(text);
  EXPECT_THAT(hosts_.find("a", now_), Pointee(SizeIs(kMostAddresses)));
}

TEST_F(HostsFileTest, NoticesWithinASecondThatTheFileComesChangesAndGoes) {
  EXPECT_THAT(hosts_.find("a", now_), IsNull());
  write("192.0.2.1 a\n");
  EXPECT_THAT(hosts_.find("a", now_ + 999ms), IsNull());
  EXPECT_THAT(hosts_.find("a", now_ + 1s), Pointee(ElementsAre("192.0.2.1")));
  write("192.0.2.10 a\n");
  EXPECT_THAT(hosts_.find("a", now_ + 2s), Pointee(ElementsAre("192.0.2.10")));
  std::filesystem::remove(path_);
  EXPECT_THAT(hosts_.find("a", now_ + 3s), IsNull());
}

}  // namespace
}  // namespace crawler::http
