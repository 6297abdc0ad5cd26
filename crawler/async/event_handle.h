// An event of libevent, owned: freed, and watched no longer, when it goes.
//
//   const EventHandle readable(event_new(loop.base(), fd, EV_READ | EV_PERSIST, &on_readable, this));
//   if (!readable || event_add(readable.get(), nullptr) != 0) throw std::bad_alloc();
//
// Contract: goes before its loop does. Source: libevent's event_new, event_free
#pragma once

#include <memory>

#include <event2/event.h>

namespace crawler::async {

struct FreeEvent {
  void operator()(event* ev) const { event_free(ev); }
};
using EventHandle = std::unique_ptr<event, FreeEvent>;

}  // namespace crawler::async
