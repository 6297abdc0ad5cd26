// The encoding that a document declares in its own first bytes.
//
//   prescan_meta("<meta charset=latin1>");                    // "windows-1252"
//   prescan_xml("<?xml version='1.0' encoding='euc-jp'?>");   // "EUC-JP"
//
// Contract: pure and total; looks at 1,024 bytes. A declared UTF-16 means UTF-8, since bytes that can be read
// as a tag are not UTF-16; a <meta> with x-user-defined means windows-1252. Source:
// https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding
#pragma once

#include <optional>
#include <string_view>

namespace parse {

std::optional<std::string_view> prescan_meta(std::string_view bytes);
std::optional<std::string_view> prescan_xml(std::string_view bytes);

/// The label after "charset" in the text of a <meta http-equiv=content-type>.
std::optional<std::string_view> charset_in_meta_content(std::string_view content);

}  // namespace parse
