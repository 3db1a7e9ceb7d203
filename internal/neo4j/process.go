package neo4j

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// process is one run of the JVM.
type process struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
	// ready delivers the Bolt address once, when queries are answered.
	ready chan string
	// exited is closed when the process is gone; err is valid from then on.
	exited chan struct{}
	err    error
	words  *tail
}

// startProcess starts java with the flags and hands it the password.
func startProcess(java string, flags []string, password string) (*process, error) {
	p := &process{cmd: exec.Command(java, flags...), ready: make(chan string, 1), exited: make(chan struct{}), words: &tail{}}
	p.cmd.Env = environment()
	p.cmd.Stderr = p.words
	// A group of its own: Ctrl-C at the terminal must reach us alone, who stop
	// Neo4j in order. SIGKILL at our death, since a store survives that and an
	// orphan would hold the lock.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	stdin, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("embedded neo4j: %w", err)
	}
	p.stdin = stdin
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("embedded neo4j: %w", err)
	}
	started := make(chan error)
	go p.run(stdout, started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("embedded neo4j: starting %s: %w", java, err)
	}
	if _, err := io.WriteString(stdin, password+"\n"); err != nil {
		<-p.exited
		return nil, p.failure()
	}
	return p, nil
}

// run starts the process and stays until it ends. The kernel sends the parent
// death signal when the thread that forked ends, so this goroutine keeps its
// thread for as long as the child lives.
func (p *process) run(stdout io.Reader, started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := p.cmd.Start()
	started <- err
	if err != nil {
		return
	}
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		address, ok := strings.CutPrefix(lines.Text(), "bolt ")
		if !ok {
			// A JVM that cannot start complains on standard output.
			_, _ = p.words.Write(append(lines.Bytes(), '\n'))
			continue
		}
		p.ready <- address
	}
	_, _ = io.Copy(io.Discard, stdout)
	p.err = p.cmd.Wait()
	close(p.exited)
}

// stop asks with SIGTERM, and kills after the timeout or when ctx ends.
func (p *process) stop(ctx context.Context, timeout time.Duration) error {
	_ = p.stdin.Close()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("embedded neo4j: %w", err)
	}
	select {
	case <-p.exited:
		return nil
	case <-time.After(timeout):
	case <-ctx.Done():
	}
	_ = p.cmd.Process.Kill()
	<-p.exited
	return fmt.Errorf("embedded neo4j did not stop in time and was killed; its store recovers at the next start")
}

// kill ends a process whose database has stopped. An orderly end would write what
// was left of the failed transaction into the log once there is room, at another
// place than where it was cut off, and such a log is never read again: Neo4j 5.26
// takes a number of it for the length of a list and runs out of heap at each start.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.exited
	_ = p.stdin.Close()
}

// failure says why the process ended, in its own last words.
func (p *process) failure() error {
	ended := p.err
	if ended == nil {
		ended = errors.New("exit status 0")
	}
	if words := p.words.String(); words != "" {
		return fmt.Errorf("embedded neo4j ended (%w): %s", ended, words)
	}
	return fmt.Errorf("embedded neo4j ended: %w", ended)
}

// environment passes on what a JVM needs and none of our secrets.
func environment() []string {
	kept := []string{"TZ=UTC", "LC_ALL=C.UTF-8"}
	for _, name := range []string{"PATH", "HOME", "JAVA_HOME"} {
		if value, ok := os.LookupEnv(name); ok {
			kept = append(kept, name+"="+value)
		}
	}
	return kept
}
