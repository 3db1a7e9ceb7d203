//go:build ignore

// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * What no TCP socket counts (UDP, QUIC, ICMP, raw), packet by packet at the
 * cgroup's IP hooks; and, where the kernel is too old for sockets.bpf.c, TCP as
 * well. Every packet is let through.
 *
 * User space swaps the table each window. The kernel waits, in that update, for
 * every program that still sees the old table, so that draining it afterwards
 * races with nobody. No kernel type is read here: no BTF is needed.
 */
#include "flow.h"

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "tally.h"

#define ALLOW 1
#define ETH_P_IP 0x0800
#define ETH_P_IPV6 0x86dd

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Names their types in the object's BTF, from which the Go types are made. */
const struct flow_key *key_type __attribute__((unused));
const struct flow_counts *counts_type __attribute__((unused));

/* Whether TCP is counted here too. */
volatile const bool count_tcp;

struct flow_table {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, struct flow_key);
	__type(value, struct flow_counts);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 65536);
};

/* Slot 0: flows with both ports. Slot 1: the smaller table that takes flows
 * without their client port when slot 0 is full. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__type(key, u32);
	__uint(max_entries, 2);
	__array(values, struct flow_table);
} flow_tables SEC(".maps");

/* One packet as the hook shows it. */
struct packet {
	u8 source[16];
	u8 destination[16];
	u16 source_port;
	u16 destination_port;
	u8 protocol;
	u8 tcp_flags;
	u16 headers; /* bytes of IP and transport headers */
};

#define TCP_SYN 0x02
#define TCP_ACK 0x10

static __always_inline void map_v4(u8 *to, u32 addr)
{
	u32 *words = (u32 *)to;

	words[0] = words[1] = 0;
	words[2] = bpf_htonl(0xffff);
	words[3] = addr;
}

static __always_inline bool loopback(const u8 *addr)
{
	const u32 *w = (const u32 *)addr;

	if (w[0] | w[1])
		return false;
	if (w[2] == bpf_htonl(0xffff))
		return (w[3] & bpf_htonl(0xff000000)) == bpf_htonl(0x7f000000);
	return !w[2] && w[3] == bpf_htonl(1);
}

/* The loopback interface, in every network namespace. */
#define LOOPBACK_IFINDEX 1

/* Whether a packet leaves its network namespace nowhere. Beside loopback addresses
 * that is one of a connection that a rule sent to a local proxy: the proxy's answers
 * go over the loopback interface under the address that was dialled, which is nobody's
 * here. Who talks to an address of its own has it at both ends. */
static __always_inline bool stays(const struct __sk_buff *skb, const struct packet *p)
{
	const u32 *from = (const u32 *)p->source, *to = (const u32 *)p->destination;

	if (loopback(p->source) || loopback(p->destination))
		return true;
	return skb->ifindex == LOOPBACK_IFINDEX &&
	       ((from[0] ^ to[0]) | (from[1] ^ to[1]) | (from[2] ^ to[2]) | (from[3] ^ to[3]));
}

static __always_inline bool parse_ip(struct __sk_buff *skb, struct packet *p)
{
	u8 header[40];

	if (skb->protocol == bpf_htons(ETH_P_IP)) {
		if (bpf_skb_load_bytes(skb, 0, header, 20))
			return false;
		p->headers = (header[0] & 0x0f) * 4;
		p->protocol = header[9];
		map_v4(p->source, *(u32 *)(header + 12));
		map_v4(p->destination, *(u32 *)(header + 16));
		return true;
	}
	if (skb->protocol != bpf_htons(ETH_P_IPV6) || bpf_skb_load_bytes(skb, 0, header, 40))
		return false;
	p->headers = 40;
	p->protocol = header[6];
	__builtin_memcpy(p->source, header + 8, 16);
	__builtin_memcpy(p->destination, header + 24, 16);
	return true;
}

static __always_inline bool parse_transport(struct __sk_buff *skb, struct packet *p)
{
	u16 ports[2];
	u8 tcp[2]; /* data offset, flags */

	if (p->protocol == IPPROTO_ICMP || p->protocol == IPPROTO_ICMPV6) {
		p->headers += 8;
		return true;
	}
	if (p->protocol != IPPROTO_UDP && p->protocol != IPPROTO_TCP)
		return true;
	if (bpf_skb_load_bytes(skb, p->headers, ports, sizeof(ports)))
		return false;
	p->source_port = bpf_ntohs(ports[0]);
	p->destination_port = bpf_ntohs(ports[1]);
	if (p->protocol == IPPROTO_UDP) {
		p->headers += 8;
		return true;
	}
	if (bpf_skb_load_bytes(skb, p->headers + 12, tcp, sizeof(tcp)))
		return false;
	p->tcp_flags = tcp[1];
	p->headers += (tcp[0] >> 4) * 4;
	return true;
}

/* One buffer is gso_segs packets on the wire. A buffer from a guest or a tunnel
 * may not say how many: then its payload and segment size do. */
static __always_inline u64 segments(struct __sk_buff *skb, const struct packet *p)
{
	u32 payload;

	if (!skb->gso_size)
		return 1;
	if (skb->gso_segs)
		return skb->gso_segs;
	tally(TALLY_SEGMENTS_ESTIMATED, 1);
	payload = skb->len > p->headers ? skb->len - p->headers : 0;
	if (payload <= skb->gso_size)
		return 1;
	return (payload + skb->gso_size - 1) / skb->gso_size;
}

static __always_inline struct flow_counts *counts_of(u32 slot, struct flow_key *key)
{
	struct flow_counts *counts, none = {};
	void *table = bpf_map_lookup_elem(&flow_tables, &slot);

	if (!table)
		return 0;
	counts = bpf_map_lookup_elem(table, key);
	if (counts)
		return counts;
	bpf_map_update_elem(table, key, &none, BPF_NOEXIST);
	return bpf_map_lookup_elem(table, key);
}

static __always_inline struct flow_counts *find_counts(struct flow_key *key)
{
	struct flow_counts *counts = counts_of(0, key);

	if (counts)
		return counts;
	key->folded = 1;
	if (key->local_port > key->remote_port)
		key->local_port = 0;
	else
		key->remote_port = 0;
	counts = counts_of(1, key);
	if (counts)
		tally(TALLY_FLOWS_FOLDED, 1);
	return counts;
}

/* Names a packet's flow as its socket does. A proxy accepts at a port of its own what
 * a rule of its network namespace sent there, and answers leave from the port that was
 * dialled: that is how it becomes known. A listener answers for a connection that
 * is not made yet, and may be bound to no address. */
static __always_inline bool as_accepted(struct __sk_buff *skb, struct flow_key *key)
{
	struct bpf_sock *sk = skb->sk;
	u32 *local = (u32 *)key->local;
	u32 port;

	if (!sk)
		return false;
	port = sk->src_port;
	if (!port || port == key->local_port)
		return false;
	key->local_port = port;
	if (skb->protocol == bpf_htons(ETH_P_IP)) {
		if (sk->src_ip4)
			local[3] = sk->src_ip4;
	} else if (sk->src_ip6[0] | sk->src_ip6[1] | sk->src_ip6[2] | sk->src_ip6[3]) {
		local[0] = sk->src_ip6[0];
		local[1] = sk->src_ip6[1];
		local[2] = sk->src_ip6[2];
		local[3] = sk->src_ip6[3];
	}
	return true;
}

static __always_inline void count(struct __sk_buff *skb, const struct packet *p, bool egress)
{
	struct flow_key key = {};
	struct flow_counts *counts;
	u64 packets, bytes, payload;
	bool redirected;

	packets = segments(skb, p);
	bytes = skb->len + (packets - 1) * p->headers;
	payload = skb->len > p->headers ? skb->len - p->headers : 0;
	if (stays(skb, p)) {
		tally(TALLY_LOOPBACK_PACKETS, packets);
		tally(TALLY_LOOPBACK_BYTES, bytes);
		return;
	}
	key.cgroup = bpf_skb_cgroup_id(skb);
	key.protocol = p->protocol;
	__builtin_memcpy(key.local, egress ? p->source : p->destination, 16);
	__builtin_memcpy(key.remote, egress ? p->destination : p->source, 16);
	key.local_port = egress ? p->source_port : p->destination_port;
	key.remote_port = egress ? p->destination_port : p->source_port;
	redirected = egress && p->protocol == IPPROTO_TCP && as_accepted(skb, &key);

	counts = find_counts(&key);
	if (!counts) {
		tally(TALLY_FLOWS_FULL_PACKETS, packets);
		tally(TALLY_FLOWS_FULL_BYTES, bytes);
		return;
	}
	if ((p->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN)
		counts->role = egress ? ROLE_CLIENT : ROLE_SERVER;
	if (redirected) {
		__builtin_memcpy(counts->dialled, p->source, 16);
		counts->dialled_port = p->source_port;
	}
	if (egress) {
		__sync_fetch_and_add(&counts->sent_bytes, bytes);
		__sync_fetch_and_add(&counts->sent_payload, payload);
		__sync_fetch_and_add(&counts->sent_packets, packets);
	} else {
		__sync_fetch_and_add(&counts->received_bytes, bytes);
		__sync_fetch_and_add(&counts->received_payload, payload);
		__sync_fetch_and_add(&counts->received_packets, packets);
	}
}

/* A few instructions, because it runs for every TCP packet of the node. */
static __always_inline bool is_tcp(const struct __sk_buff *skb)
{
	const u8 *ip = (void *)(long)skb->data;

	if (ip + 20 > (const u8 *)(long)skb->data_end)
		return false;
	return (ip[0] >> 4 == 4 ? ip[9] : ip[6]) == IPPROTO_TCP;
}

static __always_inline int on_packet(struct __sk_buff *skb, bool egress)
{
	struct packet p = {};

	if (!count_tcp && is_tcp(skb))
		return ALLOW;
	if (!parse_ip(skb, &p)) {
		tally(TALLY_MALFORMED, 1);
		return ALLOW;
	}
	if (p.protocol == IPPROTO_TCP && !count_tcp)
		return ALLOW;
	if (!parse_transport(skb, &p)) {
		tally(TALLY_MALFORMED, 1);
		return ALLOW;
	}
	count(skb, &p, egress);
	return ALLOW;
}

SEC("cgroup_skb/egress")
int on_egress(struct __sk_buff *skb)
{
	return on_packet(skb, true);
}

SEC("cgroup_skb/ingress")
int on_ingress(struct __sk_buff *skb)
{
	return on_packet(skb, false);
}
