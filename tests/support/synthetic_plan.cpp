#include "tests/support/synthetic_plan.h"

#include <array>

namespace test_support {
namespace {

constexpr std::uint32_t kChildren = 4;  // of a page, and of a host, in their trees
constexpr std::uint32_t kMostHosts = 1'000'000;
constexpr std::uint32_t kForbiddenPages = 7;  // few, for they count among the pages of a host
constexpr std::string_view kOpenPage = "/private/open";
constexpr std::string_view kMovedRobots = "/robots-moved.txt";

/// The finalizer of SplitMix64: any change of a bit changes half of the others.
std::uint64_t scramble(std::uint64_t number) {
  number += 0x9e3779b97f4a7c15;
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
  number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
  return number ^ (number >> 31);
}

std::string url(std::string_view host, std::string_view port, std::string_view path) {
  return "http://" + std::string(host) + ":" + std::string(port) + std::string(path);
}

std::string page_path(std::uint32_t page) { return "/p/" + std::to_string(page); }

/// A link to a page of the same host, in one of the ways to write it; each works on a page two levels deep.
std::string written(std::uint32_t page, const SyntheticPlan::Origin& origin, std::uint64_t way) {
  const std::string number = std::to_string(page);
  const std::string authority = std::string(origin.host) + ":" + std::string(origin.port);
  switch (way % 8) {
    case 0:
      return "<a href=\"/p/" + number + "\">page</a>\n";
    case 1:
      return "<a href='../p/" + number + "'>page</a>\n";
    case 2:
      return "<a href=\"//" + authority + "/p/" + number + "\">page</a>\n";
    case 3:
      return "<A HREF=\"HTTP://N" + authority.substr(1) + "/p/./x/../" + number + "\">page</A>\n";
    case 4:
      return "<map name=m><area href=/p/" + number + " alt=page></map>\n";
    case 5:
      return "<iframe src=\"/p/" + number + "#top\"></iframe>\n";
    case 6:
      return "<a href=\" &#47;p&#x2f;" + number + "\n\">page</a>\n";
    default:
      return "<a href=\"/p/" + number + "#part\">page</a>\n";
  }
}

}  // namespace

std::optional<std::uint32_t> SyntheticPlan::number_of(std::string_view host) {
  constexpr std::string_view domain = ".hosts.test";
  if (!host.ends_with(domain)) return std::nullopt;
  const std::uint32_t number = number_after("n", host.substr(0, host.size() - domain.size()));
  if (number == 0 || number > kMostHosts) return std::nullopt;
  return number - 1;
}

SyntheticPlan::Rules SyntheticPlan::rules(std::uint32_t host) {
  constexpr std::array of_ten = {Rules::none, Rules::partial, Rules::delayed, Rules::redirected, Rules::none,
                                 Rules::none, Rules::partial, Rules::none,    Rules::none,       Rules::none};
  return of_ten[host % of_ten.size()];
}

std::uint64_t SyntheticPlan::random(const Place& at, std::uint64_t purpose) const {
  return scramble(scramble(size_.seed ^ purpose << 56) + (std::uint64_t{at.host} << 32 | at.page));
}

SyntheticPlan::Place SyntheticPlan::random_place(const Place& at, std::uint64_t purpose) const {
  const std::uint64_t number = random(at, purpose);
  return {.host = static_cast<std::uint32_t>(number % size_.hosts),
          .page = static_cast<std::uint32_t>((number >> 32) % pages_a_host())};
}

SyntheticPlan::Kind SyntheticPlan::kind(const Place& at) const {
  const std::uint64_t of_thousand = random(at, 0) % 1000;
  if (of_thousand < 10) return Kind::flaky;
  if (of_thousand < 20) return Kind::slow;
  // What has children leads to them: without it they could not be found.
  const bool is_leaf = at.page > 0 && at.page * kChildren + 1 >= pages_a_host();
  if (!is_leaf || of_thousand >= 100) return Kind::plain;
  if (of_thousand < 40) return Kind::missing;
  if (of_thousand < 70) return Kind::moved;
  if (of_thousand < 90) return Kind::elsewhere;
  return Kind::outside;
}

int SyntheticPlan::status(const Place& at) const {
  constexpr std::array redirects = {301, 302, 307};
  switch (kind(at)) {
    case Kind::missing:
      return 404;
    case Kind::moved:
    case Kind::elsewhere:
    case Kind::outside:
      return redirects[random(at, 2) % redirects.size()];
    default:
      return 200;
  }
}

bool SyntheticPlan::forbids_a_part(std::uint32_t host) {
  return rules(host) == Rules::partial || rules(host) == Rules::redirected;
}

Duty SyntheticPlan::duty(std::string_view host, std::string_view target) const {
  const auto number = number_of(host);
  if (!number || *number >= size_.hosts + kSnares) return Duty::never;
  if (*number >= size_.hosts) return snare_duty(snare(*number), target);
  if (target == "/robots.txt") return Duty::robots;
  if (target == kMovedRobots) return rules(*number) == Rules::redirected ? Duty::robots : Duty::never;
  if (target == kOpenPage) return forbids_a_part(*number) ? Duty::once : Duty::never;
  if (const std::uint32_t page = number_after("/p/", target); page < pages_a_host())
    return kind({*number, page}) == Kind::flaky ? Duty::twice : Duty::once;
  if (const std::uint32_t page = number_after("/new/", target); page < pages_a_host())
    return kind({*number, page}) == Kind::moved ? Duty::once : Duty::never;
  return Duty::never;
}

std::vector<SyntheticPlan::Page> SyntheticPlan::pages() const {
  std::vector<Page> pages;
  for (std::uint32_t host = 0; host < size_.hosts; ++host) {
    const std::string host_name = name(host);
    for (std::uint32_t page = 0; page < pages_a_host(); ++page) {
      const Place at{host, page};
      pages.push_back({host_name, page_path(page), status(at)});
      if (kind(at) == Kind::moved) pages.push_back({host_name, "/new/" + std::to_string(page), 200});
    }
    if (forbids_a_part(host)) pages.push_back({host_name, std::string(kOpenPage), 200});
  }
  for (std::uint32_t snare = 0; snare < kSnares; ++snare)
    if (static_cast<Snare>(snare) != Snare::closed) pages.push_back({name(size_.hosts + snare), "/", 200});
  for (std::uint32_t page = 0; page < kBusyPages; ++page)
    pages.push_back({host_of(Snare::busy), std::string(kBusyFolder) + std::to_string(page), 200});
  return pages;
}

std::vector<std::string> SyntheticPlan::hosts_with_delay() const {
  std::vector<std::string> names;
  for (std::uint32_t host = 0; host < size_.hosts; ++host)
    if (rules(host) == Rules::delayed) names.push_back(name(host));
  return names;
}

Answer SyntheticPlan::answer(const Origin& origin, std::string_view target,
                             std::uint32_t asked_before) const {
  const auto host = number_of(origin.host);
  Answer answer{.status = 404};
  if (host && *host >= size_.hosts && *host < size_.hosts + kSnares) {
    answer = snare_answer(snare(*host), target, asked_before);
  } else if (host && *host < size_.hosts) {
    const std::uint32_t page = number_after("/p/", target);
    if (target == "/robots.txt" || target == kMovedRobots)
      answer = robots(*host, origin, target);
    else if (page < pages_a_host())
      answer = this->page({*host, page}, origin, asked_before);
    else if (duty(origin.host, target) == Duty::once)
      answer = {.body = document({*host, 0}, origin, false)};
  }
  answer.delay += size_.delay;
  return answer;
}

Answer SyntheticPlan::robots(std::uint32_t host, const Origin& origin, std::string_view target) const {
  const Rules rules = this->rules(host);
  if (rules == Rules::none) return {.status = 404};
  if (rules == Rules::redirected && target != kMovedRobots)
    return {.status = 301, .headers = {"Location: " + url(origin.host, origin.port, kMovedRobots)}};
  if (rules == Rules::delayed) {
    const std::string thousandths = std::to_string(1000 + size_.crawl_delay.count() % 1000).substr(1);
    return {.body = "User-agent: *\nCrawl-delay: " + std::to_string(size_.crawl_delay.count() / 1000) + "." +
                    thousandths + "\n",
            .content_type = "text/plain"};
  }
  return {.body =
              "User-agent: *\nDisallow: /\n\n"
              "User-agent: crawl  # the longest rule decides\nDisallow: /private/\nAllow: /private/open\n",
          .content_type = "text/plain"};
}

Answer SyntheticPlan::page(const Place& at, const Origin& origin, std::uint32_t asked_before) const {
  switch (kind(at)) {
    case Kind::missing:
      return {.status = 404, .body = "<p><a href=/never/missing>not followed</a></p>"};
    case Kind::moved:
    case Kind::elsewhere:
    case Kind::outside:
      return redirect(at, origin);
    case Kind::flaky:
      if (asked_before == 0) return {.status = 500, .body = "<p><a href=/never/flaky>not followed</a></p>"};
      break;
    case Kind::slow:
      return {.body = document(at, origin, true),
              .delay = std::chrono::milliseconds(50 + random(at, 1) % 450)};
    case Kind::plain:
      break;
  }
  return {.body = document(at, origin, true)};
}

Answer SyntheticPlan::redirect(const Place& at, const Origin& origin) const {
  Answer answer{.status = status(at)};
  std::string location;
  switch (kind(at)) {
    case Kind::moved:
      location = "../new/" + std::to_string(at.page);
      break;
    case Kind::elsewhere: {
      const Place target = random_place(at, 3);
      location = url(name(target.host), origin.port, page_path(target.page));
      break;
    }
    default:
      location = "http://outside.test/from/" + std::to_string(at.page);
  }
  answer.headers.push_back("Location: " + location);
  return answer;
}

/// `leads_on`: it is a page of the tree, and links to its children.
std::string SyntheticPlan::document(const Place& at, const Origin& origin, bool leads_on) const {
  const std::string number = std::to_string(at.page);
  std::string head;
  std::string body = "<a href=/p/0#top>home</a>\n";
  for (std::uint32_t i = 1; leads_on && i <= kChildren; ++i) {
    const std::uint32_t child = at.page * kChildren + i;
    const std::uint64_t way = random(at, 3 + i);
    if (child >= pages_a_host()) break;
    if (i == 1 && way % 4 == 0) {
      head += "<link rel=\"prefetch next\" href=\"" + page_path(child) + "\">\n";
    } else if (i == 1 && way % 4 == 1) {
      head += "<meta http-equiv=refresh content=\"60; url=" + page_path(child) + "\">\n";
    } else {
      body += written(child, origin, way);
      if (way % 16 == 9) body += written(child, origin, way / 16);  // and once more
    }
  }
  for (std::uint32_t i = 1; leads_on && at.page == 0 && i <= kChildren; ++i)
    if (const std::uint32_t host = at.host * kChildren + i; host < size_.hosts)
      body += "<a href=\"" + url(name(host), origin.port, "/p/0") + "\">host</a>\n";
  for (std::uint32_t snare = 0; leads_on && at.page == 0 && at.host == 0 && snare < kSnares; ++snare)
    body += "<a href=\"" + url(name(size_.hosts + snare), origin.port, "/") + "\">snare</a>\n";
  for (std::uint64_t purpose = 10; purpose < 12; ++purpose)
    body += written(random_place(at, purpose).page, origin, random(at, purpose + 2));
  const Place anywhere = random_place(at, 14);
  body += "<a href=\"" + url(name(anywhere.host), origin.port, page_path(anywhere.page)) + "\">far</a>\n";
  if (forbids_a_part(at.host))
    body += "<a href=/private/" + std::to_string(at.page % kForbiddenPages) +
            ">forbidden</a> <a href=" + std::string(kOpenPage) + ">open</a>\n";
  body += "<a href=http://outside.test/" + number + ">out</a> <a href=mailto:a@outside.test>mail</a>\n" +
          "<img src=/never/" + number + ".png alt=''><script src=/never/" + number + ".js></script>\n" +
          "<form action=/never/form><input name=q></form><template><a href=/never/t>no</a></template>\n<p>";
  for (std::uint64_t word = random(at, 15), i = 0; i < 40; ++i, word = scramble(word))
    body += "word" + std::to_string(word % 10'000) + ' ';
  return "<!doctype html><html lang=en><head><title>Page " + number + " of " + std::string(origin.host) +
         "</title>\n" + head + "</head><body>\n" + body + "</p></body></html>\n";
}

}  // namespace test_support
