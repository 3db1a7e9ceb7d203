// Package testkit holds what tests of several packages share. Product code
// never imports it.
package testkit

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// Require skips the test when a part of the machine is missing, and fails it
// instead when EGRESSOR_REQUIRE (a comma-separated list of parts: bpf,
// clickhouse, neo4j, lab, browser, moto, node) names the part. A nil missing means that the part
// is there.
func Require(tb testing.TB, part string, missing error) {
	tb.Helper()
	if missing == nil {
		return
	}
	if slices.Contains(strings.Split(os.Getenv("EGRESSOR_REQUIRE"), ","), part) {
		tb.Fatalf("%s is required by EGRESSOR_REQUIRE but missing: %v", part, missing)
	}
	tb.Skipf("%s is missing: %v", part, missing)
}
