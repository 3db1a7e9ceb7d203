// Package archtest holds the rules of the repository as tests: which package
// may import which, how long a file may be, and what may not appear where. The
// tests parse the source themselves, so that a cached result is used exactly
// until a file changes.
package archtest
