/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * A sidecar's proxy takes its pod's connections by REDIRECT rules in the pod's
 * own network namespace. Two sockets are then named by what was dialled, not by
 * where the bytes go, and both would be counted beside the proxy's own:
 *
 *   application -> [OUTPUT: REDIRECT] -> proxy at 127.0.0.1 (or ::1)
 *     The application's socket knows nothing of it. The proxy's accepted socket
 *     betrays it: its own end is loopback, and its peer is not. What its peer
 *     is called is kept here, and the application's socket is found by that.
 *   client -> [PREROUTING: REDIRECT] -> proxy at the pod's address, another port
 *     The proxy asks its socket for what the client dialled (SO_ORIGINAL_DST),
 *     to know where to send it: the answer is kept in the socket's note.
 */
#ifndef EGRESSOR_INTERCEPT_H
#define EGRESSOR_INTERCEPT_H

#include "address.h"

/* An application's end of an intercepted connection. */
struct intercepted_end {
	u32 netns;
	u32 addr[4];
	u32 port; /* host order */
};

struct interception {
	u64 accepted_ns;
	u64 adopted; /* 1: it was there before the programs */
};

/* A port is used again: what is kept belongs to the connection that opened last
 * before it was accepted. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__type(key, struct intercepted_end);
	__type(value, struct interception);
	__uint(max_entries, 65536);
} interceptions SEC(".maps");

/* Whether there is any: most nodes have none, and look nothing up. */
u8 intercepts;

/* Keeps what an accepted socket tells of its peer. */
static __always_inline void note_interception(struct sock *sk, u8 adopted)
{
	struct interception seen = {.accepted_ns = bpf_ktime_get_boot_ns(), .adopted = adopted};
	struct intercepted_end end = {};

	remote_address(end.addr, sk);
	if (!local_is_loopback(sk) || is_loopback(end.addr))
		return;
	end.netns = BPF_CORE_READ(sk, __sk_common.skc_net.net, ns.inum);
	end.port = bpf_ntohs(sk->__sk_common.skc_dport);
	bpf_map_update_elem(&interceptions, &end, &seen, BPF_ANY);
	intercepts = 1;
}

/* Whether a socket that dialled out was sent to a proxy beside it. */
static __always_inline bool is_intercepted(struct sock *sk, u32 netns, u16 port, u64 opened_ns,
					   bool adopted)
{
	struct intercepted_end end = {.netns = netns, .port = port};
	struct interception *seen;

	if (!intercepts)
		return false;
	local_address(end.addr, sk);
	seen = bpf_map_lookup_elem(&interceptions, &end);
	if (!seen)
		return false;
	return adopted ? seen->adopted : seen->accepted_ns >= opened_ns;
}

#endif
