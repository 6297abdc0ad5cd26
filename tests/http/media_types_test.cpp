#include "crawler/http/media_types.h"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace crawler::http {
namespace {

TEST(MediaTypes, AcceptsTheTypeThatIsNamed) {
  const MediaTypes types({"text/html", "application/json"});
  EXPECT_TRUE(types.accepts("text/html"));
  EXPECT_TRUE(types.accepts("application/json"));
  EXPECT_FALSE(types.accepts("text/plain"));
  EXPECT_FALSE(types.accepts("application/html"));
  EXPECT_FALSE(types.accepts("text/html5"));
}

TEST(MediaTypes, AcceptsAllSubtypesOfAType) {
  const MediaTypes types({"text/*"});
  EXPECT_TRUE(types.accepts("text/plain"));
  EXPECT_FALSE(types.accepts("application/text"));
  EXPECT_FALSE(types.accepts("texts/plain"));
}

TEST(MediaTypes, AcceptsASuffix) {
  const MediaTypes types({"*/*+xml", "application/*+json"});
  EXPECT_TRUE(types.accepts("image/svg+xml"));
  EXPECT_TRUE(types.accepts("application/a+b+xml"));
  EXPECT_TRUE(types.accepts("application/ld+json"));
  EXPECT_FALSE(types.accepts("model/gltf+json"));
  EXPECT_FALSE(types.accepts("application/xml"));
  EXPECT_FALSE(types.accepts("application/x-xml"));
  EXPECT_FALSE(types.accepts("application/xml+zip"));
}

TEST(MediaTypes, AcceptsAnything) {
  EXPECT_TRUE(MediaTypes({"*/*"}).accepts("image/png"));
  EXPECT_TRUE(MediaTypes({"*/html"}).accepts("text/html"));
}

TEST(MediaTypes, IgnoresCase) {
  EXPECT_TRUE(MediaTypes({"text/html"}).accepts("Text/HTML"));
  EXPECT_TRUE(MediaTypes({"TEXT/*", "*/*+XML"}).accepts("text/html"));
  EXPECT_TRUE(MediaTypes({"*/*+XML"}).accepts("image/svg+Xml"));
}

TEST(MediaTypes, IgnoresParametersAndWhiteSpace) {
  const MediaTypes types({"text/html"});
  EXPECT_TRUE(types.accepts("text/html;charset=utf-8"));
  EXPECT_TRUE(types.accepts(" text/html \t; a=\"text/plain; b\""));
  EXPECT_FALSE(types.accepts("image/png; a=text/html"));
}

TEST(MediaTypes, AcceptsWhatDoesNotSayWhatItIs) {
  const MediaTypes types({"text/html"});
  EXPECT_TRUE(types.accepts(std::nullopt));
  for (const char* unclear :
       {"", ";", "image", "/", "image/", "/png", "image/png/2", "image/png charset=utf-8", "image/png, a/b"})
    EXPECT_TRUE(types.accepts(unclear)) << unclear;
}

TEST(MediaTypes, TakesBytesOfAnyKind) {
  const MediaTypes types({"text/html"});
  EXPECT_TRUE(types.accepts(std::string("image/\0png", 10)));
  EXPECT_TRUE(types.accepts("im\xE4ge/png"));
  EXPECT_FALSE(types.accepts("image/" + std::string(1'000'000, 'x')));
}

TEST(MediaTypes, KnowsWhatIsAPattern) {
  for (const char* good :
       {"text/html", "text/*", "*/*", "*/*+xml", "image/svg+xml", "application/vnd.a-b.c_d"})
    EXPECT_TRUE(MediaTypes::is_pattern(good)) << good;
  for (const char* bad : {"", "*", "html", "text/", "/html", "text/html/x", "text/h*", "te*t/html", "*/*+",
                          "*/*+x*", "text/html;a=b", " text/html", "text/html,text/plain"})
    EXPECT_FALSE(MediaTypes::is_pattern(bad)) << bad;
}

TEST(MediaTypes, ThrowsForWhatIsNoPattern) {
  EXPECT_THROW(MediaTypes({"text/html", "html"}), std::invalid_argument);
}

}  // namespace
}  // namespace crawler::http
