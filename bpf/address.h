/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* A socket's addresses, as IPv6 or v4-mapped. */
#ifndef EGRESSOR_ADDRESS_H
#define EGRESSOR_ADDRESS_H

static __always_inline void map_v4(u32 *to, u32 addr)
{
	to[0] = to[1] = 0;
	to[2] = bpf_htonl(0xffff);
	to[3] = addr;
}

static __always_inline void local_address(u32 *to, struct sock *sk)
{
	if (sk->__sk_common.skc_family == AF_INET) {
		map_v4(to, sk->__sk_common.skc_rcv_saddr);
		return;
	}
	for (int i = 0; i < 4; i++)
		to[i] = sk->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[i];
}

static __always_inline void remote_address(u32 *to, struct sock *sk)
{
	if (sk->__sk_common.skc_family == AF_INET) {
		map_v4(to, sk->__sk_common.skc_daddr);
		return;
	}
	for (int i = 0; i < 4; i++)
		to[i] = sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32[i];
}

/* 127.0.0.0/8 or ::1. */
static __always_inline bool is_loopback(const u32 *addr)
{
	if (addr[0] | addr[1])
		return false;
	if (addr[2] == bpf_htonl(0xffff))
		return (addr[3] & bpf_htonl(0xff000000)) == bpf_htonl(0x7f000000);
	return !addr[2] && addr[3] == bpf_htonl(1);
}

static __always_inline bool local_is_loopback(struct sock *sk)
{
	u32 addr[4];

	local_address(addr, sk);
	return is_loopback(addr);
}

static __always_inline bool remote_is_loopback(struct sock *sk)
{
	u32 addr[4];

	remote_address(addr, sk);
	return is_loopback(addr);
}

#endif
