/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What a tracked socket carries in its sk_storage, and which sockets get it. */
#ifndef EGRESSOR_NOTE_H
#define EGRESSOR_NOTE_H

#include "intercept.h"

struct base {
	u64 bytes_sent;
	u64 bytes_retrans;
	u64 bytes_received;
	u64 segs_out;
	u64 segs_in;
	u32 total_retrans;
	u32 fin; /* the FIN was already in bytes_received */
};

struct note {
	u64 id;
	u64 opened_ns;
	/* segs_out and segs_in of the last walk, widened to 64 bits: the kernel's
	 * wrap at 2^32, which is 6 TB. */
	u64 segs_out;
	u64 segs_in;
	u64 reported; /* wire bytes both ways of the last walk */
	/* Payload of the last walk: see keep_payload(). */
	u64 payload_sent;
	u64 payload_received;
	struct base base;
	/* What the client dialled before a REDIRECT or DNAT rule sent it here, as a
	 * proxy that is the server asked for it: see on_getsockopt(). */
	u8 dialled[16];
	u32 handshake;
	u16 dialled_port; /* host order, 0 where it did not ask */
	u16 flags;
	u8 role;
	u8 pad[7];
};

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct note);
} notes SEC(".maps");

/* sk_storage knows no limit of its own. */
volatile const u64 max_notes = 65536;
/* Id of the cgroup whose subtree is counted, 0 for every cgroup. */
volatile const u64 root_cgroup;

u64 noted;
u64 next_id = 1;
u64 untracked; /* sockets open now that got no note because of the limit */

#define CGROUP_DEPTH 24

static __always_inline bool in_scope(struct sock *sk)
{
	struct cgroup_subsys_state *css;
	struct cgroup *cgroup;

	if (!root_cgroup)
		return true;
	cgroup = BPF_CORE_READ(sk, sk_cgrp_data.cgroup);
	for (int i = 0; i < CGROUP_DEPTH && cgroup; i++) {
		if (BPF_CORE_READ(cgroup, kn, id) == root_cgroup)
			return true;
		css = BPF_CORE_READ(cgroup, self.parent);
		if (!css)
			return false;
		cgroup = BPF_CORE_READ(css, cgroup);
	}
	return false;
}

/* True, and counted, for a connection that stays on the loopback interface: one
 * loopback end is enough, as the kernel routes it nowhere else. A sidecar's proxy
 * is dialled, or dials its application, between such an address and the pod's. */
static __always_inline bool skip_loopback(struct sock *sk)
{
	if (!remote_is_loopback(sk) && !local_is_loopback(sk))
		return false;
	tally(TALLY_LOOPBACK_SOCKETS, 1);
	return true;
}

static __always_inline struct note *new_note(struct sock *sk, u8 role)
{
	struct note *n = 0;

	if (noted < max_notes)
		n = bpf_sk_storage_get(&notes, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!n) {
		tally(TALLY_UNTRACKED_SOCKETS, 1);
		__sync_fetch_and_add(&untracked, 1);
		return 0;
	}
	__sync_fetch_and_add(&noted, 1);
	n->id = __sync_fetch_and_add(&next_id, 1);
	n->opened_ns = bpf_ktime_get_boot_ns();
	n->role = role;
	return n;
}

/* The transition itself tells who opened the connection. At this moment
 * segs_out of a client is the number of SYNs that it took, and total_retrans
 * of an accepted socket is the number of SYN-ACKs sent again. */
static __always_inline void established(struct sock *sk, struct tcp_sock *tp, int oldstate)
{
	bool client = oldstate == TCP_SYN_SENT;
	struct note *n;

	if (!in_scope(sk))
		return;
	if (!client)
		note_interception(sk, 0);
	if (skip_loopback(sk))
		return;
	n = new_note(sk, client ? ROLE_CLIENT : ROLE_SERVER);
	if (!n)
		return;
	n->handshake = client ? tp->segs_out : 1 + tp->total_retrans;
	if (BPF_CORE_READ_BITFIELD_PROBED(tp, rx_opt.wscale_ok))
		n->flags |= TCP_WSCALE;
	if (BPF_CORE_READ_BITFIELD_PROBED(tp, rx_opt.sack_ok))
		n->flags |= TCP_SACK;
}

#endif
