/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What the programs hand to user space. agent/probe alone reads it, through the
 * Go types that bpf2go generates from here. All counters are cumulative.
 */
#ifndef EGRESSOR_FLOW_H
#define EGRESSOR_FLOW_H

#include "kernel.h"

enum role {
	ROLE_UNKNOWN,
	ROLE_CLIENT,
	ROLE_SERVER,
};

/* Flags of a tcp_reading. */
enum tcp_flag {
	TCP_FINAL = 1 << 0,	   /* the socket closed: nothing follows */
	TCP_FIN_RECEIVED = 1 << 1, /* bytes_received counts the peer's FIN as one byte */
	TCP_ADOPTED = 1 << 2,	   /* open before the probe: counters start at adoption */
	TCP_REFUSED = 1 << 3,	   /* an active open that was never established */
	TCP_LAST_ACK_DUE = 1 << 4, /* closed before the peer's FIN: a time-wait socket answers it */
	TCP_WSCALE = 1 << 5,	   /* window scaling was negotiated */
	TCP_SACK = 1 << 6,	   /* selective acknowledgement was negotiated */
	TCP_RESET_DUE = 1 << 7,	   /* aborted by its owner: a reset follows the close */
	TCP_INTERCEPTED = 1 << 8,  /* a rule of its own namespace sends it to a local proxy */
};

/* One socket's counters, raw as the kernel keeps them. Addresses are IPv6 or
 * v4-mapped, ports in host order. */
struct tcp_reading {
	u64 id;		  /* unique for the life of the programs */
	u64 opened_ns;	  /* CLOCK_BOOTTIME */
	u64 cgroup;	  /* id of the socket's cgroup */
	u64 bytes_sent;	  /* payload, retransmissions included */
	u64 bytes_retrans;
	u64 bytes_received; /* payload without duplicates, plus the FIN */
	u64 segs_out;
	u64 segs_in;
	u32 total_retrans; /* segments sent again */
	u32 handshake;	   /* SYNs (client) or SYN-ACKs (server) sent */
	u32 srtt_us;	   /* smoothed round-trip time, times 8 */
	u32 netns;	   /* inode of the network namespace */
	u8 local[16];
	u8 remote[16];
	u8 dialled[16]; /* see note.dialled */
	u16 local_port;
	u16 remote_port;
	u16 dialled_port; /* 0 where the server did not ask for it */
	u16 header_len;	  /* of a TCP header without SACK blocks */
	u16 flags;	  /* enum tcp_flag */
	u8 role;	  /* enum role */
	u8 pad[5];
};

/* Key of the per-packet counters. */
struct flow_key {
	u64 cgroup;
	u8 local[16];
	u8 remote[16];
	u16 local_port; /* host order; 0 where the protocol has none */
	u16 remote_port;
	u8 protocol;
	u8 folded; /* 1: the higher port was folded to 0 because the table was full */
	u8 pad[2];
};

struct flow_counts {
	u64 sent_bytes;
	u64 sent_payload;
	u64 sent_packets;
	u64 received_bytes;
	u64 received_payload;
	u64 received_packets;
	u64 role; /* enum role, told by a SYN */
	u8 dialled[16];	  /* what the answers of a redirected connection come from */
	u16 dialled_port; /* 0 where they come from the socket's own end */
	u8 pad[6];
};

/* A cgroup that was made while the programs ran: its path from the real root. */
struct cgroup_path {
	char text[512];
};

/* Everything that is not counted, or counted in another way, by reason. */
enum tally {
	TALLY_RING_FULL_SOCKETS, /* final readings that found no room */
	TALLY_RING_FULL_BYTES,	 /* and their wire bytes since the last walk */
	TALLY_UNTRACKED_SOCKETS, /* sockets beyond the limit */
	TALLY_UNTRACKED_BYTES,	 /* and their wire bytes, known when they close */
	TALLY_MISSED_SOCKETS,	 /* open before the probe and not found by adoption */
	TALLY_FLOWS_FULL_PACKETS, /* packets whose flow found no room */
	TALLY_FLOWS_FULL_BYTES,
	TALLY_FLOWS_FOLDED,	 /* packets counted without their client port */
	TALLY_MALFORMED,	 /* packets too short for their headers */
	TALLY_SEGMENTS_ESTIMATED, /* packets whose segment count was worked out */
	TALLY_LOOPBACK_SOCKETS,
	TALLY_LOOPBACK_PACKETS,
	TALLY_LOOPBACK_BYTES,
	TALLY_CGROUP_PATHS_FULL,
	TALLY_COUNT,
};

#endif
