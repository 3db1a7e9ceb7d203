//go:build ignore

// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * TCP by the kernel's own counters: nothing runs per packet.
 *
 *   established  -> the socket gets a note (sk_storage): id, role, handshake
 *   every window -> the walk copies the counters of every socket with a note
 *   closed       -> the note goes, then the final counters go to the ring
 *
 * Readings are cumulative and carry the note's id, so that user space takes
 * each byte once whatever the order in which walk and close see a socket. The
 * note is deleted before the final reading is sent: once that was received, no
 * later walk can meet the socket again.
 */
#include "flow.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include "tally.h"
#include "note.h"
#include "reading.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Names their types in the object's BTF, from which the Go constants are made. */
const enum role *role_type __attribute__((unused));
const enum tcp_flag *flag_type __attribute__((unused));
const enum tally *tally_type __attribute__((unused));

/* Final readings. Sized at load time. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} finals SEC(".maps");

/* The walk's output, read through mmap. Sized at load time. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__type(key, u32);
	__type(value, struct tcp_reading);
	__uint(max_entries, 1);
} readings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, u64); /* cgroup id */
	__type(value, struct cgroup_path);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 4096);
} cgroup_paths SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__type(key, u32);
	__type(value, struct cgroup_path);
	__uint(max_entries, 1);
} path_scratch SEC(".maps");

struct listener {
	u32 netns;
	u32 port;
};

/* Ports listened on when the probe started: they tell who is the server of a
 * connection whose opening nobody saw. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, struct listener);
	__type(value, u8);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 16384);
} listeners SEC(".maps");

/* Wake the reader only when the ring is half full: it drains every window. */
volatile const u64 ring_bytes = 1 << 20;

/* Number of readings of the current walk; user space sets it to 0 before. */
u32 walked;

static __always_inline void send_final(const struct tcp_reading *r, u64 reported)
{
	u64 flags = BPF_RB_NO_WAKEUP;

	if (bpf_ringbuf_query(&finals, BPF_RB_AVAIL_DATA) >= ring_bytes / 2)
		flags = BPF_RB_FORCE_WAKEUP;
	if (!bpf_ringbuf_output(&finals, (void *)r, sizeof(*r), flags))
		return;
	tally(TALLY_RING_FULL_SOCKETS, 1);
	tally(TALLY_RING_FULL_BYTES, wire_bytes(r) - reported);
}

/* An active open that failed has no note: nothing was worth one. */
static __always_inline void closed_unestablished(struct sock *sk, struct tcp_sock *tp)
{
	struct tcp_reading r = {};
	struct note n = {};

	if (!in_scope(sk) || skip_loopback(sk))
		return;
	n.id = __sync_fetch_and_add(&next_id, 1);
	n.opened_ns = bpf_ktime_get_boot_ns();
	n.role = ROLE_CLIENT;
	n.flags = TCP_REFUSED | TCP_SACK | TCP_WSCALE;
	n.handshake = tp->segs_out;
	fill(&r, sk, tp, &n);
	r.flags |= TCP_FINAL;
	send_final(&r, 0);
}

/*
 * What the wire carries after the close, which the socket does not count:
 * - An orphan in FIN_WAIT2 hands over to a time-wait socket, which takes the peer's
 *   FIN and acknowledges it.
 * - A socket that its owner aborts (data left unread, no linger time) is closed
 *   first and sends its reset then. A reset or timeout that came from elsewhere
 *   has set sk_err.
 */
static __always_inline u8 still_due(struct sock *sk, int oldstate)
{
	if (sk->sk_err)
		return 0;
	switch (oldstate) {
	case TCP_FIN_WAIT2:
		if (fin_received(sk))
			return 0;
		return sk->__sk_common.skc_flags & (1UL << SOCK_DEAD) ? TCP_LAST_ACK_DUE : TCP_RESET_DUE;
	case TCP_ESTABLISHED:
	case TCP_FIN_WAIT1:
	case TCP_CLOSE_WAIT:
		return TCP_RESET_DUE;
	default:
		return 0;
	}
}

static __always_inline void closed(struct sock *sk, struct tcp_sock *tp, int oldstate)
{
	struct tcp_reading r = {};
	struct note *found, n;

	found = bpf_sk_storage_get(&notes, sk, 0, 0);
	if (!found) {
		closed_without_note(sk, tp);
		return;
	}
	__builtin_memcpy(&n, found, sizeof(n));
	bpf_sk_storage_delete(&notes, sk);
	__sync_fetch_and_sub(&noted, 1);

	fill(&r, sk, tp, &n);
	r.flags |= TCP_FINAL;
	r.flags |= still_due(sk, oldstate);
	send_final(&r, n.reported);
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(on_state, struct sock *sk, int oldstate, int newstate)
{
	struct tcp_sock *tp;

	if (newstate != TCP_ESTABLISHED && newstate != TCP_CLOSE)
		return 0;
	if (newstate == TCP_CLOSE && (oldstate == TCP_LISTEN || oldstate == TCP_CLOSE))
		return 0;
	tp = bpf_skc_to_tcp_sock(sk);
	if (!tp)
		return 0;
	if (newstate == TCP_ESTABLISHED)
		established(sk, tp, oldstate);
	else if (oldstate == TCP_SYN_SENT)
		closed_unestablished(sk, tp);
	else
		closed(sk, tp, oldstate);
	return 0;
}

SEC("iter/bpf_sk_storage_map")
int walk(struct bpf_iter__bpf_sk_storage_map *ctx)
{
	struct sock *sk = ctx->sk;
	struct note *n = ctx->value;
	struct tcp_reading *r;
	struct tcp_sock *tp;
	u32 slot = walked;

	if (!sk || !n)
		return 0;
	tp = bpf_skc_to_tcp_sock(sk);
	if (!tp)
		return 0;
	r = bpf_map_lookup_elem(&readings, &slot);
	if (!r) /* for the verifier: there is room for every note */
		return 0;
	walked = slot + 1;
	r->flags = 0;
	fill(r, sk, tp, n);
	n->segs_out = r->segs_out + n->base.segs_out;
	n->segs_in = r->segs_in + n->base.segs_in;
	n->reported = wire_bytes(r);
	n->payload_sent = r->bytes_sent - r->bytes_retrans;
	n->payload_received = r->bytes_received - (r->flags & TCP_FIN_RECEIVED ? 1 : 0);
	return 0;
}

/* A listener may speak MPTCP and still accept plain TCP connections. */
SEC("iter/task_file")
int find_listeners(struct bpf_iter__task_file *ctx)
{
	struct file *file = ctx->file;
	struct listener key = {};
	struct socket *socket;
	struct sock *sk;
	u8 one = 1;

	if (!file)
		return 0;
	socket = bpf_sock_from_file(file);
	if (!socket)
		return 0;
	sk = socket->sk;
	if (!sk || (sk->sk_protocol != IPPROTO_TCP && sk->sk_protocol != IPPROTO_MPTCP) ||
	    sk->__sk_common.skc_state != TCP_LISTEN)
		return 0;
	key.netns = sk->__sk_common.skc_net.net->ns.inum;
	key.port = sk->__sk_common.skc_num;
	bpf_map_update_elem(&listeners, &key, &one, BPF_ANY);
	return 0;
}

static __always_inline bool connected(u8 state)
{
	return state != TCP_LISTEN && state != TCP_CLOSE && state != TCP_SYN_SENT &&
	       state != TCP_SYN_RECV && state <= TCP_CLOSING;
}

/* Gives a note to every connected socket that was open before the probe. Its
 * counters at this moment are the base that later readings are net of. */
SEC("iter/task_file")
int adopt(struct bpf_iter__task_file *ctx)
{
	struct file *file = ctx->file;
	struct listener key = {};
	struct socket *socket;
	struct tcp_sock *tp;
	struct sock *sk;
	struct note *n;

	if (!file)
		return 0;
	socket = bpf_sock_from_file(file);
	if (!socket)
		return 0;
	sk = socket->sk;
	tp = bpf_skc_to_tcp_sock(sk);
	if (!tp || !connected(sk->__sk_common.skc_state))
		return 0;
	if (!in_scope(sk) || bpf_sk_storage_get(&notes, sk, 0, 0))
		return 0;
	note_interception(sk, 1);
	if (skip_loopback(sk))
		return 0;
	key.netns = sk->__sk_common.skc_net.net->ns.inum;
	key.port = bpf_ntohs(tp->inet_conn.icsk_inet.inet_sport);
	n = new_note(sk, bpf_map_lookup_elem(&listeners, &key) ? ROLE_SERVER : ROLE_UNKNOWN);
	if (!n)
		return 0;
	n->flags |= TCP_ADOPTED;
	set_base(n, sk, tp);
	if (sk->__sk_common.skc_state != TCP_CLOSE)
		return 0;
	/* It closed meanwhile, and its close saw no note. */
	if (!bpf_sk_storage_delete(&notes, sk))
		__sync_fetch_and_sub(&noted, 1);
	return 0;
}

/* Runs behind every getsockopt() of the tree. What it leaves untouched with
 * optlen 0 is what the kernel answered, however long that is. */
SEC("cgroup/getsockopt")
int on_getsockopt(struct bpf_sockopt *ctx)
{
	struct sockaddr_in6 *asked6 = ctx->optval;
	struct sockaddr_in *asked = ctx->optval;
	void *end = ctx->optval_end;
	struct note *n;

	if (ctx->optname != SO_ORIGINAL_DST || ctx->retval || !ctx->sk ||
	    (ctx->level != IPPROTO_IP && ctx->level != IPPROTO_IPV6))
		goto out;
	n = bpf_sk_storage_get(&notes, ctx->sk, 0, 0);
	if (!n)
		goto out;
	if (ctx->level == IPPROTO_IP && (void *)(asked + 1) <= end) {
		map_v4((u32 *)n->dialled, asked->addr);
		n->dialled_port = bpf_ntohs(asked->port);
	} else if (ctx->level == IPPROTO_IPV6 && (void *)(asked6 + 1) <= end) {
		__builtin_memcpy(n->dialled, asked6->addr, sizeof(n->dialled));
		n->dialled_port = bpf_ntohs(asked6->port);
	}
out:
	ctx->optlen = 0;
	return 1;
}

/* The path of a new cgroup, kept so that the owner of a socket is known even
 * when the cgroup is gone before the next reading. */
SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(on_cgroup_mkdir, struct cgroup *cgroup, const char *path)
{
	struct cgroup_path *scratch;
	u32 zero = 0;
	u64 id;

	if (cgroup->root->hierarchy_id != 0) /* a cgroup v1 hierarchy */
		return 0;
	scratch = bpf_map_lookup_elem(&path_scratch, &zero);
	if (!scratch)
		return 0;
	id = cgroup->kn->id;
	bpf_probe_read_kernel_str(scratch->text, sizeof(scratch->text), path);
	if (bpf_map_update_elem(&cgroup_paths, &id, scratch, BPF_ANY))
		tally(TALLY_CGROUP_PATHS_FULL, 1);
	return 0;
}
