package lab

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"time"

	"github.com/egressor/egressor/internal/lab/kernel"
	"github.com/egressor/egressor/internal/lab/workload"
)

// process is a running workload.
type process struct {
	stdin io.WriteCloser
	ended chan struct{}
}

// launch starts a workload process and returns when its listeners are bound.
// After an error the caller ends what was started by removing the cgroup.
func launch(ctx context.Context, binary string, log *slog.Logger, ns *kernel.Netns, cgroup string, spec workload.Spec) (*process, error) {
	cmd := exec.Command(binary, Subcommand, "run")
	cmd.Args[0] = "egressor"
	cmd.Env = environment()
	cmd.Stderr = &logWriter{log: log.With("pod", spec.Name)}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", spec.Name, err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", spec.Name, err)
	}
	if err := kernel.StartIn(ns, cgroup, cmd); err != nil {
		return nil, fmt.Errorf("%s: %w", spec.Name, err)
	}
	p := &process{stdin: stdin, ended: make(chan struct{})}
	ready := make(chan error, 1)
	go func() {
		ready <- workload.AwaitReady(bufio.NewReader(stdout))
		_, _ = io.Copy(io.Discard, stdout) // until it ends; Wait must not come before
		_ = cmd.Wait()                     // how it ended is in its own words on stderr
		close(p.ended)
	}()
	err = workload.SendSpec(stdin, spec)
	if err == nil {
		select {
		case err = <-ready:
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	if err != nil {
		stdin.Close()
		return nil, fmt.Errorf("%s: start of %s: %w", spec.Name, binary, err)
	}
	return p, nil
}

// environment is for all processes of the lab. One thread each is plenty, and
// keeps a dozen pods from crowding two cores. A binary that was built with the
// race detector would sleep for a second at its end.
func environment() []string {
	return append(os.Environ(), "GOMAXPROCS=1", "GORACE=atexit_sleep_ms=0")
}

// startCalls makes it begin to call others.
func (p *process) startCalls() error { return workload.Go(p.stdin) }

// end asks it to end, and returns when it has or ctx is over.
func (p *process) end(ctx context.Context) {
	p.stdin.Close()
	select {
	case <-p.ended:
	case <-ctx.Done():
	}
}

// graceful is how long a process may take to end before it is killed.
const graceful = 2 * time.Second

// logWriter passes what a process says on to the lab's log.
type logWriter struct{ log *slog.Logger }

func (w *logWriter) Write(text []byte) (int, error) {
	w.log.Debug("workload says", "text", string(text))
	return len(text), nil
}
