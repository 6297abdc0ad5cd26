// Where a <meta http-equiv=refresh> leads.
//
//   refresh_target("5; url='/next'");  // "/next"
//   refresh_target("5");               // nullopt: the page itself
//
// Contract: pure and total; the target is a view into `content`, not resolved yet.
// Source: https://html.spec.whatwg.org/#shared-declarative-refresh-steps
#pragma once

#include <optional>
#include <string_view>

namespace parse {

std::optional<std::string_view> refresh_target(std::string_view content);

}  // namespace parse
