/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* From a socket and its note to a reading. */
#ifndef EGRESSOR_READING_H
#define EGRESSOR_READING_H

static __always_inline bool fin_received(struct sock *sk)
{
	return sk->__sk_common.skc_flags & (1UL << SOCK_DONE);
}

/* The 64-bit value of a wrapping 32-bit counter that was `seen` at the last walk. */
static __always_inline u64 widen(u64 seen, u32 now)
{
	return seen + (u32)(now - (u32)seen);
}

static __always_inline void set_base(struct note *n, struct sock *sk, struct tcp_sock *tp)
{
	n->base.bytes_sent = tp->bytes_sent;
	n->base.bytes_retrans = tp->bytes_retrans;
	n->base.bytes_received = tp->bytes_received;
	n->base.segs_out = n->segs_out = tp->segs_out;
	n->base.segs_in = n->segs_in = tp->segs_in;
	n->base.total_retrans = tp->total_retrans;
	n->base.fin = fin_received(sk);
}

/* The walk holds no lock. It may see bytes_retrans of a retransmission whose
 * bytes_sent is not added yet, or the FIN in bytes_received before its flag:
 * payload is then wrong for some nanoseconds. It must never fall. */
static __always_inline void keep_payload(struct tcp_reading *r, const struct note *n)
{
	u64 fin = r->flags & TCP_FIN_RECEIVED ? 1 : 0;

	if (r->bytes_sent < n->payload_sent + r->bytes_retrans)
		r->bytes_retrans = r->bytes_sent - n->payload_sent;
	if (r->bytes_received < n->payload_received + fin)
		r->bytes_received = n->payload_received + fin;
}

/* Writes every field. What a race can only make low is read first. */
static __always_inline void fill(struct tcp_reading *r, struct sock *sk, struct tcp_sock *tp,
				 struct note *n)
{
	r->id = n->id;
	r->opened_ns = n->opened_ns;
	r->cgroup = BPF_CORE_READ(sk, sk_cgrp_data.cgroup, kn, id);
	r->bytes_received = tp->bytes_received - n->base.bytes_received;
	r->bytes_sent = tp->bytes_sent - n->base.bytes_sent;
	barrier();
	r->bytes_retrans = tp->bytes_retrans - n->base.bytes_retrans;
	r->segs_out = widen(n->segs_out, tp->segs_out) - n->base.segs_out;
	r->segs_in = widen(n->segs_in, tp->segs_in) - n->base.segs_in;
	r->total_retrans = tp->total_retrans - n->base.total_retrans;
	r->handshake = n->handshake;
	r->srtt_us = tp->srtt_us;
	r->netns = BPF_CORE_READ(sk, __sk_common.skc_net.net, ns.inum);
	local_address((u32 *)r->local, sk);
	remote_address((u32 *)r->remote, sk);
	__builtin_memcpy(r->dialled, n->dialled, sizeof(r->dialled));
	r->dialled_port = n->dialled_port;
	/* skc_num is 0 once the port was put back, which is before the close. */
	r->local_port = bpf_ntohs(tp->inet_conn.icsk_inet.inet_sport);
	r->remote_port = bpf_ntohs(sk->__sk_common.skc_dport);
	r->header_len = tp->tcp_header_len;
	r->role = n->role;
	if (n->role != ROLE_SERVER && !(n->flags & TCP_INTERCEPTED) &&
	    is_intercepted(sk, r->netns, r->local_port, n->opened_ns, n->flags & TCP_ADOPTED))
		n->flags |= TCP_INTERCEPTED;
	r->flags = n->flags;
	if (fin_received(sk) && !n->base.fin)
		r->flags |= TCP_FIN_RECEIVED;
	keep_payload(r, n);
}

/* Wire bytes both ways as nearly as the kernel needs them: for losses only.
 * The exact arithmetic is user space's. */
static __always_inline u64 wire_bytes(const struct tcp_reading *r)
{
	u64 header = 20 + r->header_len;

	if (((const u32 *)r->local)[2] != bpf_htonl(0xffff))
		header += 20;
	return r->bytes_sent + r->bytes_received + (r->segs_out + r->segs_in) * header;
}

/* A socket without a note was beyond the limit, or open before the probe and
 * not held by any process when it looked. */
static __always_inline void closed_without_note(struct sock *sk, struct tcp_sock *tp)
{
	struct tcp_reading r = {};
	struct note n = {};

	if (!in_scope(sk) || skip_loopback(sk))
		return;
	if (!untracked) {
		tally(TALLY_MISSED_SOCKETS, 1);
		return;
	}
	__sync_fetch_and_sub(&untracked, 1);
	fill(&r, sk, tp, &n);
	tally(TALLY_UNTRACKED_BYTES, wire_bytes(&r));
}

#endif
