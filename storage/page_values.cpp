#include "storage/page_values.h"

#include <concepts>
#include <optional>
#include <string>

namespace storage {
namespace {

PageValue value_of(std::integral auto number) { return static_cast<std::int64_t>(number); }
PageValue value_of(const std::string& text) { return std::string_view(text); }
template <class Value>
PageValue value_of(const std::optional<Value>& value) {
  return value ? value_of(*value) : PageValue();
}

}  // namespace

PageValues values_of(const PageOutcome& page) {
  const PageValue null;
  const std::optional<Content>& content = page.content;
  const auto known = [&content, &null](auto member) { return content ? value_of((*content).*member) : null; };
  const PageValue at = value_of(page.at);
  const PageValue at_content = content ? at : null;
  const bool is_gone = !content && (page.status == 404 || page.status == 410);
  return {value_of(page.url),
          known(&Content::final_url),
          value_of(page.status),
          value_of(page.error),
          known(&Content::title),
          known(&Content::description),
          known(&Content::canonical),
          known(&Content::lang),
          known(&Content::charset),
          known(&Content::content_type),
          known(&Content::text),
          known(&Content::meta),
          known(&Content::headers),
          known(&Content::body_size),
          known(&Content::digest),
          /* previous_digest */ null,
          known(&Content::link_count),
          known(&Content::hops),
          known(&Content::etag),
          known(&Content::last_modified),
          value_of(page.depth),
          value_of(page.referrer),
          value_of(page.attempts),
          /* run_id */ null,
          /* fetched_at */ at_content,
          /* checked_at */ at,
          /* changed_at */ at_content,
          /* gone_at */ is_gone ? at : null,
          known(&Content::fields)};
}

}  // namespace storage
