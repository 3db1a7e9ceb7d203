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
		"unknown flag: --nosuch": {"--nosuch"},
		"is open to the network": {"--listen=:4318"},
		"no-such-book":           {"--book=no-such-book"},
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
