//go:build linux

package e2e_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/neo4j"
)

// stopTime bounds the orderly end of a process before it is killed and the
// test fails.
const stopTime = time.Minute

// process is one run of the program.
type process struct {
	name   string
	cmd    *exec.Cmd
	stdout output
	stderr output
	// exited is closed when the process is gone; err is valid from then on.
	exited chan struct{}
	err    error
}

// output collects what a process writes.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// launch starts the program in dir. env comes on top of a clean environment.
func launch(tb testing.TB, name, dir string, env []string, args ...string) *process {
	tb.Helper()
	p := &process{name: name, cmd: exec.Command(binaryOf(tb), args...), exited: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env = dir, append(environment(), env...)
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	started := make(chan error)
	go p.run(started)
	if err := <-started; err != nil {
		tb.Fatalf("starting %s: %v", name, err)
	}
	return p
}

// run stays on its thread for the life of the process: the kernel sends the
// death signal when the thread that forked ends.
func (p *process) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := p.cmd.Start()
	started <- err
	if err != nil {
		return
	}
	p.err = p.cmd.Wait()
	close(p.exited)
}

// environment is what the program needs and nothing that this machine's user
// has set for it.
func environment() []string {
	env := []string{"EGRESSOR_DEPS=" + neo4j.FindDeps()}
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "EGRESSOR_") && !strings.HasPrefix(variable, "ANTHROPIC_") {
			env = append(env, variable)
		}
	}
	return env
}

func (p *process) pid() int { return p.cmd.Process.Pid }

// kill is kill -9, awaited.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may have ended already
	<-p.exited
}

// stop asks for an orderly end and fails the test when there is none.
func (p *process) stop(tb testing.TB) {
	tb.Helper()
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended already
	select {
	case <-p.exited:
		if p.err != nil {
			tb.Errorf("%s ended with %v:\n%s", p.name, p.err, lastLines(p.stderr.String()))
		}
	case <-time.After(stopTime):
		p.kill()
		tb.Errorf("%s did not end in %s:\n%s", p.name, stopTime, lastLines(p.stderr.String()))
	}
}

// outcome is a finished command line.
type outcome struct {
	code           int
	stdout, stderr string
}

// runFor runs the program to its end, which must come within the time.
func runFor(tb testing.TB, within time.Duration, dir string, env []string, args ...string) outcome {
	tb.Helper()
	p := launch(tb, "egressor "+args[0], dir, env, args...)
	select {
	case <-p.exited:
	case <-time.After(within):
		p.kill()
		tb.Fatalf("%s %v did not end within %s:\n%s", p.name, args[1:], within, lastLines(p.stderr.String()))
	}
	return outcome{code: p.cmd.ProcessState.ExitCode(), stdout: p.stdout.String(), stderr: p.stderr.String()}
}

// child returns the process that parent started whose command line has a word.
func child(parent int, word string) (int, error) {
	folders, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return 0, err
	}
	for _, folder := range folders {
		status, err := os.ReadFile(filepath.Join(folder, "status"))
		if err != nil || !strings.Contains(string(status), fmt.Sprintf("\nPPid:\t%d\n", parent)) {
			continue
		}
		if line, err := os.ReadFile(filepath.Join(folder, "cmdline")); err == nil && strings.Contains(string(line), word) {
			return strconv.Atoi(filepath.Base(folder))
		}
	}
	return 0, fmt.Errorf("process %d has no child %q", parent, word)
}

// lastLines is the end of a log, enough to see why a process failed.
func lastLines(text string) string {
	const most = 40
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-most):], "\n")
}
