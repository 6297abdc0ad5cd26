// Why a turn ends without a request.
//
//   if (turn.obstacle() == PageError::robots && turn.is_robots_unreachable()) ++report.unreachable;
//
// Contract: a value.
#pragma once

#include "crawler/page_error.h"

namespace crawler {

struct Obstacle {
  PageError error = PageError::robots;
  bool may_pass = false;               // it may be gone by another turn
  bool is_robots_unreachable = false;  // no rule forbids the URL: there was no robots.txt to be had
};

}  // namespace crawler
