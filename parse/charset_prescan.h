// The encoding that a document declares in its own first bytes.
//
//   prescan_meta("<meta charset=latin1>");                    // "windows-1252"
//   prescan_xml("<?xml version='1.0' encoding='euc-jp'?>");   // "EUC-JP"
//   prescan_utf16({"<\0?\0x\0", 6});                          // "UTF-16LE"
//
// Contract: pure and total; looks at 1,024 bytes, if nothing else is said. A declared UTF-16 means UTF-8,
// since bytes that can be read as a tag are not UTF-16; a <meta> with x-user-defined means windows-1252.
// Source: https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding and
// https://html.spec.whatwg.org/#concept-get-xml-encoding-when-sniffing
#pragma once

#include <optional>
#include <string_view>

namespace parse {

/// UTF-16 that begins, without a byte order mark, with an XML declaration.
std::optional<std::string_view> prescan_utf16(std::string_view bytes);
std::optional<std::string_view> prescan_meta(std::string_view bytes);
/// Of a <meta> behind those bytes, which browsers heed once they come to it; looks at 64 KiB.
std::optional<std::string_view> prescan_late_meta(std::string_view bytes);
std::optional<std::string_view> prescan_xml(std::string_view bytes);

/// The label after "charset" in the text of a <meta http-equiv=content-type>.
std::optional<std::string_view> charset_in_meta_content(std::string_view content);

}  // namespace parse
