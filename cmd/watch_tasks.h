// What the program is at, on standard error: when SIGUSR1 asks for it and, with --verbose, after each step
// that held up the loop.
//
//   const async::TaskMonitor monitor = watch_tasks(command.is_verbose);
//
//   crawl: 4 tasks:
//     main waits for the tasks of a group
//     …
//
// Contract: as that of async::TaskMonitor. With --quiet too SIGUSR1 is answered: somebody asked.
#pragma once

#include "crawler/async/task_monitor.h"

namespace cmd {

crawler::async::TaskMonitor watch_tasks(bool tells_long_steps);

}  // namespace cmd
