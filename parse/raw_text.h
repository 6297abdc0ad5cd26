// Where text ends in which tags mean nothing: that of <title>, <style>, <script>.
//
//   end_of_raw_text(at, end, "title");  // the '<' of "</title>" or "</TITLE x"; `end` if there is none
//   end_of_script(at, end, "script");   // the same, but not within "<!-- <script>"
//
// Contract: pure, total, linear. `name` is that of the start tag, in any case; one that holds other than
// letters has no end tag. Source: https://html.spec.whatwg.org/#rcdata-less-than-sign-state and
// #script-data-state
#pragma once

#include <string_view>

namespace parse {

const char* end_of_raw_text(const char* at, const char* end, std::string_view name);

const char* end_of_script(const char* at, const char* end, std::string_view name);

}  // namespace parse
