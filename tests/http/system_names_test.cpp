#include "crawler/http/system_names.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace crawler::http {
namespace {

using testing::Contains;
using testing::ElementsAre;

class NsswitchTest : public testing::Test {
 protected:
  bool knows_more(const std::string& text) {
    const std::string path = dir_.path() / "nsswitch.conf";
    test_support::write_file(path, text);
    return knows_more_than_dns(path);
  }
  test_support::TempDir dir_;
};

TEST_F(NsswitchTest, FilesAndDnsAreNoMoreThanDns) {
  EXPECT_FALSE(knows_more("passwd: files systemd\nhosts:\tfiles dns # mdns\nnetworks: nis\n"));
  EXPECT_FALSE(knows_more("hosts:files [NOTFOUND=continue !UNAVAIL=return] dns\n"));
  EXPECT_FALSE(knows_more("  hosts : dns\n"));
}

TEST_F(NsswitchTest, AnyOtherSourceIsMore) {
  EXPECT_TRUE(knows_more("hosts: files mdns4_minimal [NOTFOUND=return] dns\n"));
  EXPECT_TRUE(knows_more("hosts: files [ NOTFOUND=continue ] dns myhostname\n"));
  EXPECT_TRUE(knows_more("hosts:mymachines\n"));
}

TEST_F(NsswitchTest, WithoutTheFileOrTheLineThereIsNoMore) {
  EXPECT_FALSE(knows_more(""));
  EXPECT_FALSE(knows_more("hosts\nghosts: mdns\n#hosts: mdns\n"));
  EXPECT_FALSE(knows_more_than_dns(dir_.path() / "missing"));
}

TEST(AskSystem, KnowsLoopback) {
  const SystemAnswer answer = ask_system("localhost");
  ASSERT_TRUE(answer);
  EXPECT_THAT(*answer, Contains("127.0.0.1"));
}

TEST(AskSystem, GivesEachAddressOnce) {
  const SystemAnswer answer = ask_system("127.0.0.3");
  ASSERT_TRUE(answer);
  EXPECT_THAT(*answer, ElementsAre("127.0.0.3"));
}

TEST(AskSystem, SaysThatANameIsNone) {
  const SystemAnswer answer = ask_system(std::string(300, 'a'));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error(), LookUpError::no_such_name);
}

}  // namespace
}  // namespace crawler::http
