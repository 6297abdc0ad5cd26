// HTTP as something to await: one hop, one attempt; it follows no redirect and never tries again.
//
//   co_await async_with(HttpClient({.concurrency = 100}), [](HttpClient& client) -> Task<> {
//     Transfer transfer = client.get(Request("https://example.com/"));
//     const auto response = co_await transfer;          // std::expected<Response, TransferError>
//     if (response) std::cout << response->status;
//     transfer.attempt().total;                          // known however it ended, a cancellation too
//   });
//
// Contract: loop thread only. A cancelled await leaves libcurl at once: its socket is closed or goes back to the pool
// before the task runs again. A Transfer is awaited once, lives in the awaiting frame, and ends before its client.
// Requests go out as soon as they are awaited: how many at a time is the caller's to limit.
// Source: libcurl-multi(3), curl_multi_socket_action(3)
#pragma once
