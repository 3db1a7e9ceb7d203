// Package e2e tests the whole: the program as a user runs it, with its real
// databases, eBPF agents and a lab whose traffic is known to the byte. It holds
// tests only. Every test starts what it needs on free ports, so that a demo may
// run beside it.
package e2e
