// Gathers PageFacts from a page's tags and texts in document order.
//
//   FactCollector facts(url, html.size());
//   facts.open(GUMBO_TAG_A, attributes);   facts.add_text("home");   facts.close(GUMBO_TAG_A);
//   return facts.finish();
//
// Contract: total, in time and memory bounded by the page's size, whatever the order of calls. Links are
// resolved by finish(), since the <base> that they go by may come late; beyond a budget of bytes the rest is
// dropped and `beyond_bounds` set.
// Source: https://html.spec.whatwg.org/
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

#include "parse/attribute.h"
#include "parse/page_facts.h"
#include "parse/tag_layout.h"
#include "parse/url.h"
#include "parse/visible_text.h"

namespace parse {

class FactCollector {
 public:
  FactCollector(const Url& page, std::size_t page_size, LinkReading links = LinkReading::list);

  /// `place` is where the tag stands in the page, for who does not call in the order of tags: links are
  /// sorted by it.
  void open(GumboTag tag, std::span<const Attribute> attributes, std::size_t place = 0);
  void close(GumboTag tag);

  /// The link of the innermost <a> that is open, if it is one.
  std::optional<std::size_t> open_anchor() const {
    return open_anchors_.empty() ? std::nullopt : open_anchors_.back();
  }
  /// Goes on with what open_anchor() named after a tag <a> was opened: one that is closed out of turn becomes
  /// several elements, but stays one link. Closed as any <a>.
  void reopen_anchor(std::optional<std::size_t> anchor) { open_anchors_.push_back(anchor); }

  /// The texts of a <title> and of JSON-LD count even where they are hidden, as all of <head> is.
  void add_text(std::string_view text, bool is_hidden);

  PageFacts finish() &&;

 private:
  using Attributes = std::span<const Attribute>;

  /// What a <link rel=alternate> says besides.
  struct Alternation {
    std::string lang;
    std::string feed_type;  // empty: no feed
    std::string title;
  };

  struct Reference {
    LinkKind kind;
    std::size_t href_begin;  // in hrefs_
    std::size_t href_size;
    std::string rel;
    std::string text;
    std::size_t place;
    std::unique_ptr<Alternation> alternation = nullptr;
  };

  /// The text within an element, or else the alternative texts of its images.
  class Label {
   public:
    void add(std::string_view text) { text_.add(text); }
    void add_alternative(std::string_view text) {
      alternative_.add_space();
      alternative_.add(text);
    }
    void add_space() { text_.add_space(); }
    /// Starts anew in the same memory: most pages have many short ones.
    std::string take();

   private:
    VisibleText text_;
    VisibleText alternative_;
  };

  void lay_out(const TagLayout& layout);
  void read_meta(Attributes attributes);
  void read_link(Attributes attributes);
  void read_input(Attributes attributes);
  void read_image(Attributes attributes);
  /// False if there is nothing to add, or no room.
  bool add_reference(LinkKind kind, std::optional<std::string_view> href, std::string_view rel = {},
                     std::string_view text = {});
  void add_srcset(std::optional<std::string_view> srcset);
  void add_property(std::vector<Property>& properties, std::string name, std::string_view content);
  void close_heading();
  void close_anchor();
  /// The label that text goes to now, or null; links that are but counted have none.
  Label* find_anchor_label();
  void settle_anchor();
  void close_script();
  bool spend(std::size_t bytes);
  void sort_references();
  void resolve_references();
  /// Whether an anchor leads where the newest link does, or to the page itself. `target` is its address
  /// before the fragment, and `last` that of the newest link.
  bool repeats_target(const Reference& reference, std::string_view target, std::string_view last) const;
  void add_alternate(Alternation& given, const Url& url);

  const Url& page_;
  const LinkReading reading_;
  /// Bytes that facts may take as they are found, and links again once resolved: small ones to a long base
  /// could fill any memory.
  std::size_t budget_;
  std::size_t left_;
  PageFacts facts_;
  VisibleText visible_;
  std::optional<std::string> base_;
  std::optional<std::string> pragma_lang_;
  std::string hrefs_;  // as the page has them, one behind the other
  std::vector<Reference> references_;
  std::vector<std::optional<std::size_t>> open_anchors_;  // their references, the innermost last
  std::optional<std::size_t> anchor_;  // that text went to last, also when it is closed: it may be reopened
  Label anchor_label_;
  std::optional<int> open_heading_;  // its level
  Label heading_label_;
  std::size_t place_ = 0;  // of the newest tag
  std::optional<std::string> open_json_ld_;
  bool is_in_title_ = false;
  std::size_t preformatted_depth_ = 0;
};

}  // namespace parse
