#include "crawler/page_reader.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/digest.h"

namespace crawler {
namespace {

using namespace std::string_literals;
using storage::Content;
using storage::PageOutcome;

constexpr std::string_view kHtml =
    "<!doctype html><html lang=en><title>A page</title><meta name=description content=About>"
    "<link rel=canonical href=/canonical><body><p>Some text <a href='/next#part' rel=Next>on</a>";

Answer answer(int status, std::string body, const std::string& header_lines) {
  Answer made(*parse::Url::parse("http://a.example/page"));
  made.response = http::Response{.status = status,
                                 .headers = "HTTP/1.1 " + std::to_string(status) + " X\r\n" + header_lines,
                                 .body = std::move(body)};
  made.fetches.emplace_back();
  return made;
}

Answer answer(std::string body, const std::string& content_type) {
  return answer(200, std::move(body), "Content-Type: " + content_type + "\r\n");
}

PageOutcome read(Answer of, Keep keep = {}) {
  Reading reading;
  reading.keep = keep;
  return read_page(std::move(of), reading, "now").row;
}

Content content(std::string body, const std::string& content_type, Keep keep = {}) {
  return read(answer(std::move(body), content_type), keep).content.value();
}

TEST(PageReader, TellsHowItEnded) {
  const PageOutcome page = read(answer(std::string(kHtml), "text/html"));
  EXPECT_EQ(page.url, "http://a.example/page");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.error, std::nullopt);
  EXPECT_EQ(page.attempts, 1);
  EXPECT_EQ(page.at, "now");
  EXPECT_EQ(page.fetches.size(), 1U);
}

TEST(PageReader, TellsWhyThereIsNoAnswer) {
  Answer failed(*parse::Url::parse("http://a.example/page"));
  failed.response = std::unexpected(PageError::timeout);
  const PageOutcome page = read(std::move(failed));
  EXPECT_EQ(page.error, "timeout");
  EXPECT_EQ(page.status, std::nullopt);
  EXPECT_EQ(page.attempts, 0);
  EXPECT_FALSE(page.content);
}

TEST(PageReader, ReadsTheFactsOfHtml) {
  const Content html = content(std::string(kHtml), "text/html; charset=utf-8");
  EXPECT_EQ(html.title, "A page");
  EXPECT_EQ(html.description, "About");
  EXPECT_EQ(html.canonical, "http://a.example/canonical");
  EXPECT_EQ(html.lang, "en");
  EXPECT_EQ(html.charset, "UTF-8");
  EXPECT_EQ(html.text, "Some text on");
  EXPECT_EQ(html.link_count, 2);
  EXPECT_EQ(html.body_size, static_cast<std::int64_t>(kHtml.size()));
  EXPECT_EQ(html.digest, parse::sha256_hex(kHtml));
}

TEST(PageReader, TakesMediaTypesWithoutRegardToCase) {
  EXPECT_EQ(content(std::string(kHtml), "Text/HTML ; Charset=UTF-8").title, "A page");
  EXPECT_EQ(content(std::string(kHtml), "application/xhtml+xml").title, "A page");
}

TEST(PageReader, KeepsTheTextOfOtherTextualTypes) {
  for (const char* type : {"text/plain", "text/css", "application/json", "application/ld+json",
                           "application/rss+xml", "application/xml", "application/javascript"})
    EXPECT_EQ(content("<title>x</title>", type).text, "<title>x</title>") << type;
}

TEST(PageReader, ReadsNothingInWhatIsNoText) {
  for (const char* type : {"image/png", "application/octet-stream", "nonsense", ";", "text"}) {
    const Content binary = content(std::string(kHtml), type);
    EXPECT_EQ(binary.title, std::nullopt) << type;
    EXPECT_EQ(binary.text, std::nullopt) << type;
    EXPECT_EQ(binary.charset, std::nullopt) << type;
    EXPECT_EQ(binary.body_size, static_cast<std::int64_t>(kHtml.size())) << type;
  }
}

TEST(PageReader, LooksIntoWhatHasNoType) {
  EXPECT_EQ(read(answer(200, std::string(kHtml), "")).content->title, "A page");
  EXPECT_EQ(read(answer(200, "\xEF\xBB\xBF \n<HTML><title>x</title>", "")).content->title, "x");
  EXPECT_EQ(content("<title>x</title>", "").title, "x");
  EXPECT_EQ(read(answer(200, "no markup", "")).content->text, std::nullopt);
  EXPECT_EQ(read(answer(200, "", "")).content->text, std::nullopt);
}

TEST(PageReader, DecodesByTheCharset) {
  EXPECT_EQ(content("<title>caf\xE9</title>", "text/html; charset=latin1").title, "café");
  EXPECT_EQ(content("caf\xE9", "text/plain; charset=latin1").text, "café");
}

TEST(PageReader, KeepsWhatItIsToldTo) {
  const std::string html(kHtml);
  const Content nothing = content(html, "text/html", {.body = false, .text = false, .links = false});
  EXPECT_EQ(nothing.text, std::nullopt);
  EXPECT_EQ(nothing.body, std::nullopt);
  EXPECT_EQ(nothing.link_count, 2);
  EXPECT_EQ(content("x", "text/plain", {.body = false, .text = false, .links = false}).text, std::nullopt);
  EXPECT_EQ(content(html, "text/html", {.body = true, .text = false, .links = false}).body, html);
  EXPECT_EQ(content("\0\1"s, "image/png", {.body = true, .text = true, .links = true}).body, "\0\1"s);
}

TEST(PageReader, KeepsLinksWithTheirFragments) {
  const auto links =
      read(answer(std::string(kHtml), "text/html"), {.body = false, .text = false, .links = true}).links;
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(links[0].kind, "link");
  EXPECT_EQ(links[1].url, "http://a.example/next");
  EXPECT_EQ(links[1].fragment, "part");
  EXPECT_EQ(links[1].kind, "a");
  EXPECT_EQ(links[1].rel, "next");
  EXPECT_EQ(links[1].text, "on");
}

TEST(PageReader, ResolvesLinksAgainstWhereRedirectsLed) {
  Answer redirected = answer("<a href=x>", "text/html");
  redirected.redirected_to = *parse::Url::parse("http://b.example/dir/");
  const PageOutcome page = read(std::move(redirected), {.body = false, .text = true, .links = true});
  EXPECT_EQ(page.content->final_url, "http://b.example/dir/");
  EXPECT_EQ(page.links.front().url, "http://b.example/dir/x");
}

TEST(PageReader, WritesTheHopsAsJson) {
  EXPECT_EQ(content("", "text/html").hops, "[]");
  Answer redirected = answer("", "text/html");
  redirected.hops = {"http://a.example/1", "http://a.example/?a\\b"};
  EXPECT_EQ(read(std::move(redirected)).content->hops, R"(["http://a.example/1","http://a.example/?a\\b"])");
}

TEST(PageReader, KeepsTheHeadersAsTheyCame) {
  const std::string lines =
      "Content-Type: text/plain\r\nETag:  \"1\" \r\nLast-Modified: today\r\nX: \xFF\r\n";
  const Content page = read(answer(200, "", lines)).content.value();
  EXPECT_EQ(page.headers, "HTTP/1.1 200 X\r\n" + lines);
  EXPECT_EQ(page.content_type, "text/plain");
  EXPECT_EQ(page.etag, "\"1\"");
  EXPECT_EQ(page.last_modified, "today");
}

TEST(PageReader, GivesTextForAnyOctetsInHeaders) {
  const Content page =
      read(answer(200, "x", "Content-Type: text/plain; \xE9\r\nETag: \xFF\r\nLast-Modified: \xC3\r\n"))
          .content.value();
  EXPECT_EQ(page.content_type, "text/plain; \uFFFD");
  EXPECT_EQ(page.etag, "\uFFFD");
  EXPECT_EQ(page.last_modified, "\uFFFD");
}

TEST(PageReader, MarksNulBytesInText) { EXPECT_EQ(content("a\0b"s, "text/plain").text, "a\uFFFDb"); }

TEST(PageReader, MarksNulBytesInFactsHoweverThePageIsRead) {
  std::string nested;
  for (int i = 0; i < 1000; ++i) nested += "<div>";
  for (const std::string& before : {""s, nested}) {
    const PageOutcome page =
        read(answer("<title>a\0b</title>"s + before + "<a href=x rel='c\0d'>e\0f</a>"s, "text/html"),
             {.body = false, .text = true, .links = true});
    EXPECT_EQ(page.content->title, "a\uFFFDb");
    EXPECT_EQ(page.content->text, "e\uFFFDf");
    EXPECT_EQ(page.links.at(0).rel, "c\uFFFDd");
    EXPECT_EQ(page.links.at(0).text, "e\uFFFDf");
  }
}

TEST(PageReader, TakesHugeHeaders) {
  const std::string huge(200'000, 'x');
  EXPECT_EQ(content("<title>t</title>", "text/html; " + huge).content_type, "text/html; " + huge);
}

TEST(PageReader, HasNoContentOfARefusal) {
  for (const int status : {400, 404, 500, 999}) {
    const PageOutcome page = read(answer(status, std::string(kHtml), "Content-Type: text/html\r\n"));
    EXPECT_EQ(page.status, status);
    EXPECT_EQ(page.error, std::nullopt);
    EXPECT_FALSE(page.content);
  }
}

// The last good answer stands, even if a server says so without being asked.
TEST(PageReader, HasNoContentOfA304) {
  const PageOutcome page = read(answer(304, "", "ETag: \"2\"\r\n"));
  EXPECT_EQ(page.status, 304);
  EXPECT_FALSE(page.content);
}

TEST(PageReader, FindsTheSameByEitherParser) {
  Reading by_gumbo;
  by_gumbo.parser = Parser::gumbo;
  const auto read_by = [](const Reading& reading, const std::string& html) {
    return read_page(answer(html, "text/html"), reading, "now").row.content.value();
  };
  const Content tokens = read_by(Reading(), std::string(kHtml));
  const Content gumbo = read_by(by_gumbo, std::string(kHtml));
  EXPECT_EQ(tokens.title, gumbo.title);
  EXPECT_EQ(tokens.text, gumbo.text);
  EXPECT_EQ(tokens.link_count, gumbo.link_count);
}

TEST(PageReader, SaysWhatGumboDoesNotTake) {
  std::string nested;
  for (int i = 0; i < 600; ++i) nested += "<div>";
  Reading by_gumbo;
  by_gumbo.parser = Parser::gumbo;
  const Content page =
      read_page(answer("<title>t</title>" + nested, "text/html"), by_gumbo, "now").row.content.value();
  EXPECT_EQ(page.title, "t");
  EXPECT_THAT(page.meta.value_or(""), testing::HasSubstr("beyond_bounds"));
}

TEST(PageReader, IsSlowForLargePagesThatAreRead) {
  const Reading reading;
  EXPECT_FALSE(is_slow_to_read(answer("small", "text/html"), reading));
  const std::string large(100'000, 'x');
  EXPECT_TRUE(is_slow_to_read(answer(large, "text/html"), reading));
  EXPECT_FALSE(is_slow_to_read(answer(404, large, ""), reading));
  EXPECT_FALSE(is_slow_to_read(Answer(*parse::Url::parse("http://a/")), reading));
}

TEST(PageReader, IsSlowerForMarkupThanForWhatIsOnlyDecodedOrDigested) {
  const std::string body(100'000, 'x'), larger(1'000'000, 'x'), huge(3'000'000, 'x');
  EXPECT_FALSE(is_slow_to_read(answer(body, "text/plain"), Reading()));
  EXPECT_TRUE(is_slow_to_read(answer(larger, "text/plain"), Reading()));
  EXPECT_FALSE(is_slow_to_read(answer(larger, "image/png"), Reading()));
  EXPECT_TRUE(is_slow_to_read(answer(huge, "image/png"), Reading()));
}

// A deep page of 8 KiB took gumbo 15 ms on the loop.
TEST(PageReader, IsSlowerForATreeThanForTokens) {
  const std::string page(6'000, 'x');
  EXPECT_FALSE(is_slow_to_read(answer(page, "text/html"), Reading()));
  Reading by_gumbo;
  by_gumbo.parser = Parser::gumbo;
  EXPECT_TRUE(is_slow_to_read(answer(page, "text/html"), by_gumbo));
  EXPECT_FALSE(is_slow_to_read(answer(page.substr(0, 4'000), "text/html"), by_gumbo));
  Reading with_fields;
  with_fields.extraction = std::make_shared<const parse::Extraction>();
  EXPECT_TRUE(is_slow_to_read(answer(page, "text/html"), with_fields));
}

// Text of 256 KiB that is half NUL and half no UTF-8 took 10 ms on the loop.
TEST(PageReader, IsSlowForTextThatMayBeAllWrong) {
  EXPECT_FALSE(is_slow_to_read(answer(std::string(190'000, '\0'), "text/plain"), Reading()));
  EXPECT_TRUE(is_slow_to_read(answer(std::string(220'000, '\0'), "text/plain"), Reading()));
}

}  // namespace
}  // namespace crawler
