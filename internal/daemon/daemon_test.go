package daemon_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/daemon"
	"github.com/egressor/egressor/internal/exitcode"
	"github.com/egressor/egressor/internal/report"
)

// start runs a daemon with a --grace setting to its end, and returns its exit
// code and what it said.
func start(t *testing.T, args []string, run func(ctx context.Context, grace time.Duration) error) (code int, said string) {
	t.Helper()
	var grace time.Duration
	cmd := daemon.Command("test", "Does nothing", func(ctx context.Context, reporter *report.Reporter) error {
		reporter.Log("test").Debug("a detail")
		return run(ctx, grace)
	})
	cmd.Flags().DurationVar(&grace, "grace", time.Minute, "")
	var stderr bytes.Buffer
	cmd.SetArgs(append([]string{}, args...)) // nil would be the test binary's own
	cmd.SetErr(&stderr)
	return daemon.Main(cmd), stderr.String()
}

func TestExitCodes(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		env  string
		ends error
		code int
		said string
	}{
		"ends well":         {nil, "", nil, exitcode.OK, ""},
		"fails":             {nil, "", errors.New("no disk"), exitcode.Failed, "egressor-test: no disk\n"},
		"unknown flag":      {[]string{"--nosuch"}, "", nil, exitcode.Usage, "unknown flag: --nosuch (see --help)"},
		"bad value":         {[]string{"--grace=soon"}, "", nil, exitcode.Usage, `invalid argument "soon"`},
		"bad environment":   {nil, "soon", nil, exitcode.Usage, "EGRESSOR_GRACE"},
		"no such file":      {[]string{"--config=none.yaml"}, "", nil, exitcode.Usage, "none.yaml"},
		"an argument":       {[]string{"extra"}, "", nil, exitcode.Usage, `unknown command "extra"`},
		"bad by its own":    {nil, "", exitcode.BadUsage(errors.New("no node")), exitcode.Usage, "egressor-test: no node (see --help)"},
		"details as wanted": {[]string{"--verbose"}, "", nil, exitcode.OK, "a detail"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.env != "" {
				t.Setenv("EGRESSOR_GRACE", c.env)
			}
			code, said := start(t, c.args, func(context.Context, time.Duration) error { return c.ends })
			if code != c.code || !strings.Contains(said, c.said) || c.said == "" && said != "" {
				t.Errorf("exit code %d and %q, want %d and %q", code, said, c.code, c.said)
			}
		})
	}
}

func TestSettingsAreFilled(t *testing.T) {
	t.Setenv("EGRESSOR_GRACE", "7s")
	code, said := start(t, nil, func(_ context.Context, grace time.Duration) error {
		if grace != 7*time.Second {
			t.Errorf("grace %s, the environment says 7s", grace)
		}
		return nil
	})
	if code != exitcode.OK {
		t.Error(said)
	}
}

func TestSignalEndsTheDaemon(t *testing.T) {
	code, said := start(t, nil, func(ctx context.Context, _ time.Duration) error {
		if err := syscall.Kill(syscall.Getpid(), syscall.SIGTERM); err != nil {
			return err
		}
		<-ctx.Done()
		return nil
	})
	if code != exitcode.OK {
		t.Error(said)
	}
}
