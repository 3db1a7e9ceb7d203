// Package chaos has no code, only tests: the service's loop and both stores as
// processes of their own, killed with SIGKILL, stopped in mid-write, cut off
// from one another and given a wrong clock, at points drawn at random. What is
// stored afterwards must be what an undisturbed run stores, digest by digest.
// `make chaos` runs the long versions.
package chaos
