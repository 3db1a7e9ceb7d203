package clickhouse

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/egressor/egressor/internal/clickhouse/handover"
)

// process is one run of the engine.
type process struct {
	command *exec.Cmd
	// exited is closed once it ended and failure is set.
	exited  chan struct{}
	failure error
	output  *tail
}

// startProcess starts the engine on a socket that this process already holds.
func startProcess(config ChildConfig, address, key string, listener *net.TCPListener) (*process, error) {
	command, err := engineCommand(config, address)
	if err != nil {
		return nil, err
	}
	socket, err := listener.File()
	if err != nil {
		return nil, fmt.Errorf("handing the listening socket to the embedded clickhouse: %w", err)
	}
	defer func() { _ = socket.Close() }()
	p := &process{command: command, exited: make(chan struct{}), output: &tail{next: config.Output}}
	handover.Give(command, socket)
	handover.GiveKey(command, handover.Key{Secret: key, File: KeyFile(config.DataDir)})
	command.Stdout, command.Stderr = p.output, p.output
	started := make(chan error)
	go p.run(started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("starting the embedded clickhouse (%s): %w", command.Path, err)
	}
	return p, nil
}

func engineCommand(config ChildConfig, address string) (*exec.Cmd, error) {
	argv := config.Command
	if len(argv) == 0 {
		self, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("finding this program to start the embedded clickhouse: %w", err)
		}
		argv = []string{self, "clickhouse-embedded"}
	}
	command := exec.Command(argv[0], argv[1:]...)
	command.Args = append(command.Args, "--data", config.DataDir, "--listen", address)
	command.Env = append(os.Environ(), "TZ=UTC")
	command.Env = append(command.Env, config.Env...)
	// A process group of its own: Ctrl-C reaches us alone, and we stop it last.
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	return command, nil
}

// run starts the process and waits for it, on one thread: Linux sends the death
// signal when the thread that started the child ends, so that thread must stay.
func (p *process) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := p.command.Start()
	started <- err
	if err != nil {
		return
	}
	p.failure = p.command.Wait()
	close(p.exited)
}

func (p *process) pid() int { return p.command.Process.Pid }

// reason says how it ended and what it said last. Call it once exited.
func (p *process) reason() error {
	failure := p.failure
	if failure == nil {
		failure = errors.New("it exited by itself")
	}
	if said := p.output.String(); said != "" {
		return fmt.Errorf("%w: %s", failure, said)
	}
	return failure
}

// end stops the process and returns when it is gone.
func (p *process) end(timeout time.Duration) {
	_ = p.command.Process.Signal(syscall.SIGTERM) // it may be gone already
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	select {
	case <-p.exited:
	case <-timer.C:
		_ = p.command.Process.Kill()
		<-p.exited
	}
}

// tail passes output on and remembers the end of it.
type tail struct {
	next io.Writer
	mu   sync.Mutex
	last []byte
}

const tailBytes = 2048

// Write never fails: a child must not die because nobody reads its logs.
func (t *tail) Write(data []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = append(t.last, data...)
	if excess := len(t.last) - tailBytes; excess > 0 {
		t.last = bytes.Clone(t.last[excess:])
	}
	_, _ = t.next.Write(data)
	return len(data), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.last))
}
