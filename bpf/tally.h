/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Counters of what was not counted: see enum tally. */
#ifndef EGRESSOR_TALLY_H
#define EGRESSOR_TALLY_H

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__type(key, u32);
	__type(value, u64);
	__uint(max_entries, TALLY_COUNT);
} tallies SEC(".maps");

static __always_inline void tally(u32 reason, u64 amount)
{
	u64 *total = bpf_map_lookup_elem(&tallies, &reason);

	if (total)
		__sync_fetch_and_add(total, amount);
}

#endif
