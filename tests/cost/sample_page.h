// A page made by code, the same on every machine: 200 KB of a manual with what such pages have.
//
//   const SamplePage page = make_sample_page();
//   page.html; page.references.front();   // "../library/queue.html#waiting-1"
//
// Contract: pure; every call gives the same. The page is valid UTF-8; the references are those of its
// links and images, in source order.
#pragma once

#include <string>
#include <vector>

namespace cost {

struct SamplePage {
  std::string html;
  std::vector<std::string> references;
};

SamplePage make_sample_page();

}  // namespace cost
