package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/daemon"
	"github.com/egressor/egressor/internal/exitcode"
)

func TestBadSettingsAreBadUsage(t *testing.T) {
	for said, args := range map[string][]string{
		"unknown flag: --nosuch":                    {"--nosuch"},
		"give --clickhouse-address and --neo4j-uri": {},
		"--grace 2h0m0s: want 0s to 1h":             {"--clickhouse-address=127.0.0.1:1", "--neo4j-uri=bolt://127.0.0.1:1", "--grace=2h"},
		"no-such-book":                              {"--clickhouse-address=127.0.0.1:1", "--neo4j-uri=bolt://127.0.0.1:1", "--price-book=no-such-book"},
	} {
		cmd := command()
		var stderr bytes.Buffer
		cmd.SetArgs(args)
		cmd.SetErr(&stderr)
		if code := daemon.Main(cmd); code != exitcode.Usage || !strings.Contains(stderr.String(), said) {
			t.Errorf("%q exits with %d and %q, want %d and %q", args, code, stderr.String(), exitcode.Usage, said)
		}
	}
}
