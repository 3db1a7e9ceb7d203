// Package bpf holds the kernel's side of the agent: two eBPF objects and the Go
// types generated from their C sources.
//
// The sockets object reads the kernel's own TCP counters when a socket opens,
// closes or is walked, and costs nothing per packet. The packets object counts
// everything else at the cgroup's IP hooks. Only agent/probe imports this
// package, so that a kernel struct never travels further.
//
// The generated Go files and the compiled objects are committed. To regenerate
// them, run "make generate" (clang 14 and libbpf headers: deploy/deps/bpf.sh).
package bpf

//go:generate go run github.com/cilium/ebpf/cmd/bpf2go -cc clang-14 -strip llvm-strip-14 -no-global-types -target bpfel -type tcp_reading -type tcp_flag -type role -type tally Sockets sockets.bpf.c -- -g -O2 -Wall -Werror -mcpu=v3 -I/usr/include/x86_64-linux-gnu -I/usr/include/aarch64-linux-gnu
//go:generate go run github.com/cilium/ebpf/cmd/bpf2go -cc clang-14 -strip llvm-strip-14 -no-global-types -target bpfel -type flow_key -type flow_counts Packets packets.bpf.c -- -g -O2 -Wall -Werror -mcpu=v2 -I/usr/include/x86_64-linux-gnu -I/usr/include/aarch64-linux-gnu
