// How the characters of an element's content are read.
//
//   content_model_of(GUMBO_TAG_TITLE);  // ContentModel::rcdata: references, but no tags
//   content_model_of(GUMBO_TAG_P);      // ContentModel::data
//
// Contract: pure. Of an HTML element, without scripting: <noscript> holds markup. Elements of SVG and MathML
// hold data, whatever their names. Source: https://html.spec.whatwg.org/#parsing-html-fragments (step 4) and
// https://html.spec.whatwg.org/#parsing-main-inbody
#pragma once

#include <cstdint>

#include <gumbo.h>

namespace parse {

enum class ContentModel : std::uint8_t { data, rcdata, rawtext, script_data, plaintext, cdata_section };

constexpr ContentModel content_model_of(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_TEXTAREA:
      return ContentModel::rcdata;
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_XMP:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_NOFRAMES:
      return ContentModel::rawtext;
    case GUMBO_TAG_SCRIPT:
      return ContentModel::script_data;
    case GUMBO_TAG_PLAINTEXT:
      return ContentModel::plaintext;
    default:
      return ContentModel::data;
  }
}

}  // namespace parse
