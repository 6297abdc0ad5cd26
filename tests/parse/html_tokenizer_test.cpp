#include "parse/html_tokenizer.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/ascii.h"
#include "parse/utf8.h"

namespace parse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::string_literals;

/// A token as markup: <a href="x" id="y">, text, </a>, <!--comment-->, <!name>.
std::string show(const HtmlToken& token) {
  const std::string text(token.text);
  switch (token.kind) {
    case HtmlToken::Kind::text:
      return text;
    case HtmlToken::Kind::end_tag:
      return "</" + text + ">";
    case HtmlToken::Kind::comment:
      return "<!--" + text + "-->";
    case HtmlToken::Kind::doctype:
      return "<!" + text + ">";
    case HtmlToken::Kind::start_tag:
      break;
  }
  std::string tag = "<" + text;
  for (const auto& [name, value] : token.attributes)
    tag.append(" ").append(name).append("=\"").append(value).append("\"");
  return tag + (token.is_self_closing ? "/>" : ">");
}

/// What its reader sees, which switches to each element's content model; a text's pieces are put together.
std::vector<std::string> tokens(const std::string& html, bool is_foreign = false) {
  HtmlTokenizer tokenizer(html);
  tokenizer.set_in_foreign_content(is_foreign);
  std::vector<std::string> shown;
  bool is_in_text = false;
  while (const HtmlToken* const token = tokenizer.next()) {
    const bool is_text = token->kind == HtmlToken::Kind::text;
    if (is_text && is_in_text)
      shown.back() += show(*token);
    else
      shown.push_back(show(*token));
    is_in_text = is_text;
    if (token->kind == HtmlToken::Kind::start_tag) tokenizer.switch_to(content_model_of(token->tag));
  }
  return shown;
}

std::vector<std::string> foreign_tokens(const std::string& html) { return tokens(html, true); }

/// Of a page that begins with a doctype.
bool forces_quirks(const std::string& html) {
  HtmlTokenizer tokenizer(html);
  EXPECT_EQ(tokenizer.next()->kind, HtmlToken::Kind::doctype);
  return tokenizer.doctype().forces_quirks;
}

std::string repeat(int count, std::string_view text) {
  std::string repeated;
  for (int i = 0; i < count; ++i) repeated += text;
  return repeated;
}

TEST(HtmlTokenizer, ReadsTagsTextsCommentsAndDoctypesInOrder) {
  EXPECT_THAT(tokens("<!doctype html><p class=x>a<!-- b -->c</p>d"),
              ElementsAre("<!html>", "<p class=\"x\">", "a", "<!-- b -->", "c", "</p>", "d"));
  EXPECT_THAT(tokens(""), IsEmpty());
}

TEST(HtmlTokenizer, ReadsAttributesInEachSpelling) {
  EXPECT_THAT(tokens("<a b='1' c = \"2\"d=3 e f= g=/h i/j>"),
              ElementsAre(R"(<a b="1" c="2" d="3" e="" f="g=/h" i="" j="">)"));
  EXPECT_THAT(tokens("<a b=\"<>'\" c='\">'>"), ElementsAre("<a b=\"<>'\" c=\"\">\">"));
  EXPECT_THAT(tokens("<a =b c =d=e \"=f g=>"), ElementsAre("<a =b=\"\" c=\"d=e\" \"=\"f\" g=\"\">"));
}

TEST(HtmlTokenizer, TellsSelfClosingTags) {
  EXPECT_THAT(tokens("<br/><br /><br a/><br a=/><br/ >"),
              ElementsAre("<br/>", "<br/>", "<br a=\"\"/>", "<br a=\"/\">", "<br>"));
}

TEST(HtmlTokenizer, LowersNamesButNotValues) {
  EXPECT_THAT(tokens("<DiV CLass=Ab></DIV>"), ElementsAre("<div class=\"Ab\">", "</div>"));
  EXPECT_THAT(tokens("<X-\u00C4>"), ElementsAre("<x-\u00C4>"));
}

TEST(HtmlTokenizer, KnowsEveryElementOfHtmlInAnyCase) {
  for (int i = 0; i < GUMBO_TAG_UNKNOWN; ++i) {
    const auto tag = static_cast<GumboTag>(i);
    std::string name = gumbo_normalized_tagname(tag);
    if (name.empty()) continue;
    const std::string lower = "<" + name + ">";
    EXPECT_EQ(HtmlTokenizer(lower).next()->tag, tag) << name;
    for (char& c : name) c = is_letter(c) ? static_cast<char>(c - 'a' + 'A') : c;
    const std::string upper = "</" + name + ">";
    EXPECT_EQ(HtmlTokenizer(upper).next()->tag, tag) << name;
  }
}

TEST(HtmlTokenizer, KnowsNoOtherElements) {
  for (const char* const html :
       {"<x>", "<ab>", "<divs>", "<blockquotes>", "<x-element-of-their-own>", "<p\u00E9>"})
    EXPECT_EQ(HtmlTokenizer(html).next()->tag, GUMBO_TAG_UNKNOWN) << html;
}

TEST(HtmlTokenizer, DecodesReferencesInTextsAndValues) {
  EXPECT_THAT(tokens("<a href='?a&amp;b&copy=1&#33;'>&lt;b&gt; & &c; &notit;"),
              ElementsAre("<a href=\"?a&b&copy=1!\">", "<b> & &c; \u00ACit;"));
}

TEST(HtmlTokenizer, NormalizesLineEnds) {
  EXPECT_THAT(tokens("a\r\nb\rc\n\r\r\n<!--\r\n-->"), ElementsAre("a\nb\nc\n\n\n", "<!--\n-->"));
  EXPECT_THAT(tokens("<a\rb='\r\n\r'\r\nc>"), ElementsAre("<a b=\"\n\n\" c=\"\">"));
  EXPECT_THAT(tokens("<title>\r\n&#13;"), ElementsAre("<title>", "\n\r"));
}

TEST(HtmlTokenizer, KeepsNulsOfDataForTheTreeAndReplacesOthers) {
  EXPECT_THAT(tokens("a\0b"s), ElementsAre("a\0b"s));
  EXPECT_THAT(tokens("<title>\0</title><style>\0</style>"s),
              ElementsAre("<title>", kReplacement, "</title>", "<style>", kReplacement, "</style>"));
  EXPECT_THAT(tokens("<a\0 b\0=c\0 d='\0'><!--\0--><?\0>"s),
              ElementsAre("<a\uFFFD b\uFFFD=\"c\uFFFD\" d=\"\uFFFD\">", "<!--\uFFFD-->", "<!--?\uFFFD-->"));
}

TEST(HtmlTokenizer, TakesWhatIsNoMarkupForText) {
  EXPECT_THAT(tokens("a < b <1> <<p>"), ElementsAre("a < b <1> <", "<p>"));
  for (const char* const text : {"<", "</", "&", "a<", "a</"}) EXPECT_THAT(tokens(text), ElementsAre(text));
}

TEST(HtmlTokenizer, DropsATagThatTheEndCutsOff) {
  for (const char* const tag :
       {"<p", "<p ", "<p/", "<p a", "<p a ", "<p a=", "<p a='", "<p a=b", "<p a='b'", "</p"})
    EXPECT_THAT(tokens("a"s + tag), ElementsAre("a")) << tag;
}

TEST(HtmlTokenizer, EndsACommentWhereBrowsersDo) {
  EXPECT_THAT(tokens("<!--><!---><!----><!--a--!><!--a-->"),
              ElementsAre("<!---->", "<!---->", "<!---->", "<!--a-->", "<!--a-->"));
  EXPECT_THAT(tokens("<!--a->--b<!--c--->"), ElementsAre("<!--a->--b<!--c--->"));
  EXPECT_THAT(tokens("<!-- <p> >-->x"), ElementsAre("<!-- <p> >-->", "x"));
}

TEST(HtmlTokenizer, EmitsACommentThatTheEndCutsOff) {
  for (const char* const html : {"<!--a", "<!--a-", "<!--a--", "<!--a--!"})
    EXPECT_THAT(tokens(html), ElementsAre("<!--a-->")) << html;
}

TEST(HtmlTokenizer, TakesOtherDeclarationsForComments) {
  EXPECT_THAT(tokens("<?xml a='>'?><!x></ y></><!>"),
              ElementsAre("<!--?xml a='-->", "'?>", "<!--x-->", "<!-- y-->", "<!---->"));
}

TEST(HtmlTokenizer, ReadsTheIdsOfADoctype) {
  HtmlTokenizer tokenizer("<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN' \"a'b\">");
  EXPECT_EQ(tokenizer.next()->text, "html");
  EXPECT_EQ(tokenizer.doctype().name, "html");
  EXPECT_EQ(tokenizer.doctype().public_id, "-//W3C//DTD HTML 4.01//EN");
  EXPECT_EQ(tokenizer.doctype().system_id, "a'b");
}

TEST(HtmlTokenizer, ForcesQuirksForADoctypeThatIsAmiss) {
  for (const char* const html : {"<!doctype html>", "<!DOCTYPEhtml>", "<!doctype html system 'a' b>",
                                 "<!doctype html public 'a''b'>", "<!doctype html system 'a' b"})
    EXPECT_FALSE(forces_quirks(html)) << html;
  for (const char* const html :
       {"<!doctype>", "<!doctype html", "<!doctype html b>", "<!doctype html public>",
        "<!doctype html public 'a>", "<!doctype html public 'a' b>", "<!doctype html system 'a'"})
    EXPECT_TRUE(forces_quirks(html)) << html;
}

TEST(HtmlTokenizer, EndsRawTextAtItsOwnEndTagOnly) {
  EXPECT_THAT(tokens("<style><p>&amp;</p></styles></STYLE a>b"),
              ElementsAre("<style>", "<p>&amp;</p></styles>", "</style>", "b"));
  EXPECT_THAT(tokens("<script>a</script"), ElementsAre("<script>", "a</script"));
  EXPECT_THAT(tokens("<script>a</script "), ElementsAre("<script>", "a"));
}

TEST(HtmlTokenizer, ReadsReferencesButNoTagsInTitles) {
  EXPECT_THAT(tokens("<title>a <b> &amp; &am</title/>c"),
              ElementsAre("<title>", "a <b> & &am", "</title>", "c"));
}

TEST(HtmlTokenizer, KeepsAScriptWithinACommentTogether) {
  EXPECT_THAT(tokens("<script><!--<script></script>--></script>a"),
              ElementsAre("<script>", "<!--<script></script>-->", "</script>", "a"));
  EXPECT_THAT(tokens("<script><!--<script>--></script>a"),
              ElementsAre("<script>", "<!--<script>-->", "</script>", "a"));
  EXPECT_THAT(tokens("<script><!--</script>a"), ElementsAre("<script>", "<!--", "</script>", "a"));
  EXPECT_THAT(tokens("<script><!--<scripts></script>a"),
              ElementsAre("<script>", "<!--<scripts>", "</script>", "a"));
  EXPECT_THAT(tokens("<script><!--><script></script>a"),
              ElementsAre("<script>", "<!--><script>", "</script>", "a"));
  EXPECT_THAT(tokens("<script><!--<script></script></script>a"),
              ElementsAre("<script>", "<!--<script></script>", "</script>", "a"));
  EXPECT_THAT(tokens("<script><!--<script></script><script></script></script>a"),
              ElementsAre("<script>", "<!--<script></script><script></script>", "</script>", "a"));
}

TEST(HtmlTokenizer, ReadsAllBehindPlaintextAsText) {
  EXPECT_THAT(tokens("<plaintext>a</plaintext>&amp;<p>"),
              ElementsAre("<plaintext>", "a</plaintext>&amp;<p>"));
}

TEST(HtmlTokenizer, OpensACdataSectionInForeignContentOnly) {
  EXPECT_THAT(tokens("<![CDATA[<p>&amp;]]>a"), ElementsAre("<!--[CDATA[<p-->", "&]]>a"));
  EXPECT_THAT(foreign_tokens("<![CDATA[<p>&amp;\0]]]>a<b>"s), ElementsAre("<p>&amp;\0]a"s, "<b>"));
  EXPECT_THAT(foreign_tokens("<![CDATA[]]><![cdata[]]>"), ElementsAre("<!--[cdata[]]-->"));
  EXPECT_THAT(foreign_tokens("<![CDATA[a]]"), ElementsAre("a]]"));
}

TEST(HtmlTokenizer, KeepsTheFirstAttributesOfATag) {
  const std::string html = "<p" + repeat(2000, " a='&lt;'") + " b>";
  HtmlTokenizer tokenizer(html);
  EXPECT_THAT(tokenizer.next()->attributes, testing::SizeIs(TagReader::max_attributes));
  EXPECT_EQ(tokenizer.next(), nullptr);
}

TEST(HtmlTokenizer, CopiesNothingThatStandsInThePage) {
  const std::string html = "<p class='x'>text<!--a-->";
  HtmlTokenizer tokenizer(html);
  const auto is_in_page = [&](std::string_view text) {
    return text.data() >= html.data() && text.data() + text.size() <= html.data() + html.size();
  };
  const HtmlToken* token = tokenizer.next();
  EXPECT_TRUE(is_in_page(token->text) && is_in_page(token->attributes[0].name) &&
              is_in_page(token->attributes[0].value));
  while ((token = tokenizer.next()) != nullptr) EXPECT_TRUE(is_in_page(token->text));
}

TEST(HtmlTokenizer, KeepsAllThatATagDecodesUntilTheNextCall) {
  const std::string html = "<p" + repeat(300, " A='&amp;" + std::string(100, 'x') + "'") + ">";
  HtmlTokenizer tokenizer(html);
  for (const auto& [name, value] : tokenizer.next()->attributes) {
    EXPECT_EQ(name, "a");
    EXPECT_EQ(value, "&" + std::string(100, 'x'));
  }
}

/// More than linear time on a megabyte of it does not end within the test's.
TEST(HtmlTokenizer, ReadsHostileInputOnce) {
  for (const char* const unit : {"<!--",
                                 "<!-- >",
                                 "<a ",
                                 "<a b='",
                                 "<a b=\"",
                                 "</",
                                 "<!",
                                 "<?",
                                 "&",
                                 "&#",
                                 "&a",
                                 "&#1",
                                 "<![CDATA[",
                                 "\r",
                                 "<a &amp='&amp",
                                 "<!doctype '",
                                 "</script",
                                 "<script",
                                 "<script><!--",
                                 "<!--<script>",
                                 "</title>",
                                 "</script><script>",
                                 "-",
                                 "]]"})
    for (const char* const start : {"", "<a b='", "<script>", "<script><!--<script>", "<title>", "<!--"}) {
      const std::string html = start + repeat(200'000, unit);
      HtmlTokenizer tokenizer(html);
      tokenizer.set_in_foreign_content(true);
      std::size_t count = 0;
      while (const HtmlToken* const token = tokenizer.next()) {
        ++count;
        if (token->kind == HtmlToken::Kind::start_tag) tokenizer.switch_to(content_model_of(token->tag));
      }
      EXPECT_LE(count, html.size());
    }
}

}  // namespace
}  // namespace parse
