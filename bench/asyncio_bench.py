"""The programs of async_bench.cpp in asyncio, under the same names. Prints a line for each: name, ns, unit."""

import asyncio
import os
import time

BATCH = 1000
MANY = 1_000_000


async def nothing():
    pass


async def one():
    return 1


async def sleep_long():
    await asyncio.sleep(3600)


async def await_child(n):
    for _ in range(n):
        await one()


async def resume(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def resume_beside_a_timer(n):
    sleeper = asyncio.create_task(sleep_long())
    for _ in range(n):
        await asyncio.sleep(0)
    sleeper.cancel()


async def resume_of(tasks, n):
    async def yield_on():
        for _ in range(n // tasks):
            await asyncio.sleep(0)

    others = [asyncio.create_task(yield_on()) for _ in range(tasks)]
    for other in others:
        await other


async def resume_of_1000(n):
    await resume_of(1000, n)


async def resume_of_100000(n):
    await resume_of(100_000, n)


async def spawn_and_join(n):
    for _ in range(n):
        await asyncio.create_task(nothing())


async def spawn_many(n):
    for _ in range(n // BATCH):
        tasks = [asyncio.create_task(nothing()) for _ in range(BATCH)]
        for task in tasks:
            await task


async def spawn_in_group(n):
    for _ in range(n // BATCH):
        async with asyncio.TaskGroup() as group:
            for _ in range(BATCH):
                group.create_task(nothing())


async def ones():
    while True:
        yield 1


async def next_of_generator(n):
    stream = ones()
    for _ in range(n):
        await anext(stream)
    await stream.aclose()


async def acquire_permit(n):
    permits = asyncio.Semaphore(1)
    for _ in range(n):
        async with permits:
            pass


async def put_and_get(n):
    queue = asyncio.Queue(1)
    for _ in range(n):
        await queue.put(1)
        await queue.get()


async def await_in_timeout(n):
    for _ in range(n):
        async with asyncio.timeout(3600):
            await one()


async def fail():
    raise RuntimeError("no")


async def catch_from_child(n):
    for _ in range(n):
        try:
            await fail()
        except RuntimeError:
            pass


async def cancel_and_join(n):
    for _ in range(n):
        sleeper = asyncio.create_task(sleep_long())
        await asyncio.sleep(0)
        sleeper.cancel()
        try:
            await sleeper
        except asyncio.CancelledError:
            pass


def resident_bytes():
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")


async def sleep_many():
    """The bytes that a sleeping task takes, all that belongs to it included."""
    before = resident_bytes()
    tasks = [asyncio.create_task(sleep_long(), name="sleeper") for _ in range(MANY)]
    await asyncio.sleep(0)
    taken = (resident_bytes() - before) / MANY
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return taken


PROGRAMS = {
    await_child: 1_000_000,
    resume: 200_000,
    resume_beside_a_timer: 200_000,
    resume_of_1000: 300_000,
    resume_of_100000: 300_000,
    spawn_and_join: 100_000,
    spawn_many: 100_000,
    spawn_in_group: 100_000,
    next_of_generator: 1_000_000,
    acquire_permit: 300_000,
    put_and_get: 200_000,
    await_in_timeout: 100_000,
    catch_from_child: 300_000,
    cancel_and_join: 50_000,
}


def best_ns(program, n):
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        asyncio.run(program(n))
        best = min(best, time.perf_counter() - start)
    return best / n * 1e9


for program, n in PROGRAMS.items():
    print(program.__name__, f"{best_ns(program, n):.0f}", "ns", flush=True)
print("sleep_many", f"{asyncio.run(sleep_many()):.0f}", "bytes", flush=True)
