package handover_test

import (
	"os/exec"
	"slices"
	"testing"

	"github.com/egressor/egressor/internal/clickhouse/handover"
)

func TestKeyGoesByEnvironment(t *testing.T) {
	want := handover.Key{Secret: "s3cret", File: "data/clickhouse-key"}
	command := exec.Command("child")
	command.Env = []string{"TZ=UTC"}
	handover.GiveKey(command, want)
	if environ := command.Environ(); !slices.Contains(environ, "TZ=UTC") || !slices.Contains(environ, "EGRESSOR_CLICKHOUSE_KEY=s3cret") {
		t.Errorf("the child's environment is %q", environ)
	}
	if slices.Contains(command.Args, want.Secret) {
		t.Errorf("the key is among the arguments %q", command.Args)
	}
	t.Setenv("EGRESSOR_CLICKHOUSE_KEY", want.Secret)
	t.Setenv("EGRESSOR_CLICKHOUSE_KEY_FILE", want.File)
	if got, err := handover.TakeKey(); err != nil || got != want {
		t.Errorf("took %+v (%v), want %+v", got, err, want)
	}
	t.Setenv("EGRESSOR_CLICKHOUSE_KEY", "")
	if _, err := handover.TakeKey(); err == nil {
		t.Error("no key was given, yet one was taken")
	}
}
