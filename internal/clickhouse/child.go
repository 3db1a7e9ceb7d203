package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"syscall"
	"time"
)

// ChildConfig says how to run the embedded engine.
type ChildConfig struct {
	// DataDir holds the engine's data. One process at a time may use it. Beside it
	// is the key that callers must know, in KeyFile(DataDir).
	DataDir string
	// Listen is host:port on loopback; port 0 takes a free one.
	Listen string
	// Command starts the engine, given --data DIR --listen ADDR behind it. Empty
	// means this executable's own clickhouse-embedded command.
	Command []string
	// Env is added to this process's environment.
	Env []string
	// ReadyTimeout bounds the wait for the first answer; 0 means two minutes.
	ReadyTimeout time.Duration
	// StopTimeout bounds the orderly stop before a kill; 0 means 15 s.
	StopTimeout time.Duration
	// Output receives what the child writes to stdout and stderr; nil means
	// this process's stderr.
	Output io.Writer
}

// Backoff of restarts: doubled after each death, forgotten after a quiet while.
const (
	firstBackoff = 100 * time.Millisecond
	lastBackoff  = 30 * time.Second
	quietWhile   = time.Minute
	// maxDeaths without a single answer between them mean that it cannot work.
	maxDeaths = 8
)

// Child runs the embedded engine in a process of its own, and starts it again
// when it dies. This process holds the listening socket, so that callers wait
// during a restart instead of failing.
type Child struct {
	config   ChildConfig
	log      *slog.Logger
	listener *net.TCPListener
	address  string
	key      string
	dead     chan error
	stop     context.CancelFunc
	done     sync.WaitGroup

	mu      sync.Mutex
	process *process
	deaths  int
}

// NewChild returns an inert child.
func NewChild(log *slog.Logger, config ChildConfig) *Child {
	if config.ReadyTimeout == 0 {
		config.ReadyTimeout = 2 * time.Minute
	}
	if config.StopTimeout == 0 {
		config.StopTimeout = 15 * time.Second
	}
	if config.Output == nil {
		config.Output = os.Stderr
	}
	return &Child{config: config, log: log, address: config.Listen, dead: make(chan error, 1)}
}

// URL is the address for Config. With port 0 it is right once Start returned.
func (c *Child) URL() string { return "http://" + c.address }

// Dead delivers the reason when the engine cannot be kept alive.
func (c *Child) Dead() <-chan error { return c.dead }

// Restarts is how often the engine died and was started again.
func (c *Child) Restarts() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.deaths
}

// PID is the engine's process id, 0 before the first has answered.
func (c *Child) PID() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.process == nil {
		return 0
	}
	return c.process.pid()
}

// Start makes the key where there is none, starts the engine and returns when it
// answers.
func (c *Child) Start(ctx context.Context) error {
	if err := c.listen(); err != nil {
		return err
	}
	var err error
	if c.key, err = readOrMakeKey(KeyFile(c.config.DataDir)); err != nil {
		return errors.Join(err, c.listener.Close())
	}
	p, err := c.launch(ctx)
	if err != nil {
		return errors.Join(err, c.listener.Close())
	}
	supervise, stop := context.WithCancel(context.WithoutCancel(ctx))
	c.stop = stop
	c.done.Go(func() { c.keepAlive(supervise, p) })
	return nil
}

// Stop ends the engine: by SIGTERM, and by SIGKILL when that takes too long.
func (c *Child) Stop(context.Context) error {
	if c.stop == nil {
		return nil
	}
	c.stop()
	c.done.Wait()
	return c.listener.Close()
}

func (c *Child) listen() error {
	host, _, err := net.SplitHostPort(c.config.Listen)
	if err != nil {
		return fmt.Errorf("listen address of the embedded clickhouse: %w", err)
	}
	if !isLoopback(host) {
		return fmt.Errorf("embedded clickhouse refuses to listen on %s: its connections are not encrypted, so it listens on loopback addresses only; change --clickhouse-listen", c.config.Listen)
	}
	listener, err := net.Listen("tcp", c.config.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("embedded clickhouse cannot listen on %s: another process has this port: stop it, or choose another with --clickhouse-listen: %w", c.config.Listen, err)
	}
	if err != nil {
		return fmt.Errorf("embedded clickhouse cannot listen on %s: %w", c.config.Listen, err)
	}
	c.listener = listener.(*net.TCPListener)
	c.address = listener.Addr().String()
	return nil
}

// launch starts one process and waits until it answers.
func (c *Child) launch(ctx context.Context) (*process, error) {
	begin := time.Now()
	p, err := startProcess(c.config, c.address, c.key, c.listener)
	if err != nil {
		return nil, err
	}
	if err := c.awaitReady(ctx, p); err != nil {
		p.end(c.config.StopTimeout)
		return nil, err
	}
	c.mu.Lock()
	c.process = p
	c.mu.Unlock()
	c.log.Info("embedded clickhouse runs", "listen", c.address, "data", c.config.DataDir, "pid", p.pid(), "took", time.Since(begin).Round(time.Millisecond))
	return p, nil
}

// pingEvery is the pause between two questions whether the engine is ready.
const pingEvery = 50 * time.Millisecond

func (c *Child) awaitReady(ctx context.Context, p *process) error {
	ctx, cancel := context.WithTimeout(ctx, c.config.ReadyTimeout)
	defer cancel()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: 5 * pingEvery}
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for !ping(ctx, client, c.URL()) {
		select {
		case <-p.exited:
			return fmt.Errorf("embedded clickhouse ended before it was ready: %w", p.reason())
		case <-ctx.Done():
			return fmt.Errorf("embedded clickhouse on %s was not ready within %s: %w", c.address, c.config.ReadyTimeout, ctx.Err())
		case <-tick.C:
		}
	}
	return nil
}

func ping(ctx context.Context, client *http.Client, url string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/ping", nil)
	if err != nil {
		return false
	}
	response, err := client.Do(request)
	if err != nil {
		return false
	}
	return response.Body.Close() == nil && response.StatusCode == http.StatusOK
}

// keepAlive starts the engine again whenever it dies, until ctx ends.
func (c *Child) keepAlive(ctx context.Context, p *process) {
	backoff, failures, launched := firstBackoff, 0, time.Now()
	for {
		var reason error
		if p != nil {
			select {
			case <-ctx.Done():
				p.end(c.config.StopTimeout)
				return
			case <-p.exited:
			}
			reason, failures = p.reason(), 0
			if time.Since(launched) > quietWhile {
				backoff = firstBackoff
			}
		}
		c.log.Error("embedded clickhouse died, starting it again", "reason", reason, "in", backoff)
		if !pause(ctx, backoff) {
			return
		}
		backoff = min(2*backoff, lastBackoff)
		c.mu.Lock()
		c.deaths++
		c.mu.Unlock()
		var err error
		launched = time.Now()
		if p, err = c.launch(ctx); err == nil {
			continue
		}
		if failures++; failures == maxDeaths {
			c.dead <- fmt.Errorf("embedded clickhouse could not be started again %d times: %w", failures, err)
			return
		}
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
