#include "crawler/without_credentials.h"

#include <gtest/gtest.h>

namespace crawler {
namespace {

TEST(WithoutCredentials, MarksThemInAUrl) {
  EXPECT_EQ(without_credentials("http://me:secret@a.example/x@y"), "http://***@a.example/x@y");
  EXPECT_EQ(without_credentials("http://me@a.example"), "http://***@a.example");
}

TEST(WithoutCredentials, MarksThemWhateverTheSlashes) {
  EXPECT_EQ(without_credentials("https:/me:secret@a.example/"), "https:/***@a.example/");
  EXPECT_EQ(without_credentials("https:\\\\me:secret@a.example/"), "https:\\\\***@a.example/");
}

TEST(WithoutCredentials, MarksAPasswordThatShouldHaveBeenEscaped) {
  EXPECT_EQ(without_credentials("https://me:sec/ret@a.example/"), "https://***@a.example/");
  EXPECT_EQ(without_credentials("https://me:sec#ret?@a.example/"), "https://***@a.example/");
}

TEST(WithoutCredentials, LeavesWhatHasNone) {
  for (const char* text : {"", "http://a.example/", "http://a.example:80/x@y", "http://[::1]:80/x@y", "a@b",
                           "x:a@b", "title=a:contains('x')@href"})
    EXPECT_EQ(without_credentials(text), text);
}

TEST(WithoutCredentials, MarksAPasswordInALineThatIsNoUrl) {
  EXPECT_EQ(without_credentials_of_line("me:secret@a.example/"), "me:***@a.example/");
  EXPECT_EQ(without_credentials_of_line("https:/me:secret@exa mple/"), "https:/***@exa mple/");
  EXPECT_EQ(without_credentials_of_line("mailto:me@a.example"), "mailto:me@a.example");
  EXPECT_EQ(without_credentials_of_line("no address"), "no address");
}

}  // namespace
}  // namespace crawler
