#include "parse/tracking_parameters.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "parse/ascii.h"
#include "parse/percent_encode.h"

namespace parse {
namespace {

using namespace std::string_view_literals;

/// Campaigns, as Google Analytics and Matomo name them; sites add names of their own to these beginnings.
constexpr std::array kTrackingPrefixes{"utm_"sv, "mtm_"sv};

/// Names that a product made up to tell a click, a mail, its reader or a campaign. Nearly all are stripped on
/// every site by Brave, by Firefox or by ClearURLs. Names that some sites give to content are not here,
/// however often they track: "ref", "source", "cid", "si", "spm", "mc", "pk_id".
constexpr auto kTrackingNames = [] {
  std::array names{
      // Google Ads, Analytics, Display, Merchant Center
      "_ga"sv, "_gl"sv, "dclid"sv, "gad_campaignid"sv, "gad_source"sv, "gbraid"sv, "gclid"sv, "gclsrc"sv,
      "srsltid"sv, "wbraid"sv,
      // Facebook, Instagram
      "fb_action_ids"sv, "fb_action_types"sv, "fb_ref"sv, "fb_source"sv, "fbclid"sv, "igshid"sv,
      // Microsoft, X, TikTok, LinkedIn, Snapchat, Reddit
      "msclkid"sv, "twclid"sv, "ttclid"sv, "li_fat_id"sv, "sccid"sv, "rdt_cid"sv,
      // Yandex, Openstat
      "_openstat"sv, "yclid"sv, "ymclid"sv, "ysclid"sv,
      // Matomo, by its older names
      "pk_campaign"sv, "pk_cid"sv, "pk_keyword"sv, "pk_kwd"sv, "piwik_campaign"sv, "piwik_kwd"sv,
      // HubSpot
      "__hsfp"sv, "__hssc"sv, "__hstc"sv, "_hsenc"sv, "_hsmi"sv, "hsctatracking"sv,
      // Mailchimp, Marketo, Klaviyo, Drip, MailerLite, Vero, Omeda, beehiiv, Blueshift, Salesforce
      "mc_cid"sv, "mc_eid"sv, "mc_tc"sv, "mkt_tok"sv, "_kx"sv, "__s"sv, "ml_subscriber"sv,
      "ml_subscriber_hash"sv, "vero_conv"sv, "vero_id"sv, "oly_anon_id"sv, "oly_enc_id"sv, "_bhlid"sv,
      "bsft_clkid"sv, "bsft_uid"sv, "et_rid"sv,
      // Adobe, Branch, impact.com, Wicked Reports, Yahoo's consent page, and others
      "s_cid"sv, "_branch_match_id"sv, "_branch_referrer"sv, "irclickid"sv, "rb_clickid"sv, "wickedid"sv,
      "guce_referrer"sv, "guce_referrer_sig"sv};
  std::ranges::sort(names);
  return names;
}();

bool is_tracking(std::string_view parameter) {
  const std::string name = to_lower(percent_decode(parameter.substr(0, parameter.find('='))));
  return std::ranges::any_of(kTrackingPrefixes, [&](auto prefix) { return name.starts_with(prefix); }) ||
         std::ranges::binary_search(kTrackingNames, name);
}

}  // namespace

std::string key_without_tracking(const Url& url) {
  std::string_view query = url.query();
  std::string key(url.key().substr(0, url.key().size() - query.size()));
  const std::size_t begin = key.size();
  bool has_dropped = false;
  for (bool is_first = true, is_last = false; !is_last;) {
    const std::size_t size = std::min(query.find('&'), query.size());
    is_last = size == query.size();
    const std::string_view parameter = query.substr(0, size);
    query.remove_prefix(is_last ? size : size + 1);
    if (is_tracking(parameter)) {
      has_dropped = true;
      continue;
    }
    if (!is_first) key += '&';
    key += parameter;
    is_first = false;
  }
  if (has_dropped && key.size() == begin) key.pop_back();
  return key;
}

}  // namespace parse
