// SHA-256 of a body, as lower-case hex: what page.digest holds.
#pragma once

#include <string>
#include <string_view>

namespace parse {

std::string sha256_hex(std::string_view bytes);

}  // namespace parse
