// Package lab builds a small cloud on one Linux machine, for the demo and for
// end-to-end tests: nodes in several zones, pods that really talk, services, a
// NAT gateway, gateway endpoints, and stand-ins for what is outside.
//
//	pod ─ veth ─ node (bridge, services by nftables) ─ vpc (route table per subnet)
//	                                                    ├─ nat (masquerade) ─ cloud
//	                                                    └─ gateway endpoint ── cloud
//
// Every box is a network namespace without a way out of the machine; every
// container has a cgroup v2 folder named as kubelet and containerd name it,
// below one folder per node. The lab knows the truth about itself and tells it
// as facts. It needs Linux and root: Preflight says what is missing.
package lab
