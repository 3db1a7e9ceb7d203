package neo4j

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/report"
)

const (
	// firstBackoff and longestBackoff bound the pause before a restart that follows
	// on another within a quiet while.
	firstBackoff   = 500 * time.Millisecond
	longestBackoff = 30 * time.Second
	quietWhile     = time.Minute
	// lockPatience is how long a store may stay locked by a predecessor that is
	// still going down.
	lockPatience = 15 * time.Second
)

// Child runs Neo4j Community as a child process, restarts it when it dies, and
// never lets it outlive this process.
type Child struct {
	cfg      ChildConfig
	log      *slog.Logger
	java     string
	class    string
	password string
	cancel   context.CancelFunc
	stopped  chan struct{}

	restarts *prometheus.CounterVec

	mu      sync.Mutex
	current *process // nil while none is ready
	down    error    // why current is nil
	address string   // the same over restarts, so that connections find their way back
	stopErr error
}

var _ component.Component = (*Child)(nil)

// NewChild returns an inert child; Start runs it.
func NewChild(reporter *report.Reporter, cfg ChildConfig) (*Child, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	c := &Child{cfg: cfg, log: reporter.Log("neo4j-embedded"), down: errors.New("not started"), address: cfg.Listen, stopped: make(chan struct{})}
	c.restarts = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "egressor_neo4j_embedded_restarts_total",
		Help: "How often the embedded Neo4j had to be started again, by why: died (the process ended), stopped (it answered, but took no transactions any more, as after a full disk).",
	}, []string{"reason"})
	reporter.Registry().MustRegister(c.restarts)
	reporter.Health("neo4j-embedded", c.healthy)
	return c, nil
}

// Start runs Neo4j and returns once it answers queries. A store that was
// killed recovers first.
func (c *Child) Start(ctx context.Context) error {
	if err := c.prepare(); err != nil {
		return err
	}
	ctx, cancelStart := context.WithTimeout(ctx, c.cfg.StartTimeout)
	defer cancelStart()
	first, err := c.launchPatiently(ctx)
	if err != nil {
		return err
	}
	life, cancel := context.WithCancel(context.WithoutCancel(ctx))
	c.cancel = cancel
	go c.supervise(life, first)
	return nil
}

// Stop ends Neo4j: SIGTERM, and SIGKILL after the stop timeout.
func (c *Child) Stop(ctx context.Context) error {
	if c.cancel == nil {
		return nil
	}
	c.cancel()
	select {
	case <-c.stopped:
		return c.stopErr
	case <-ctx.Done():
		return fmt.Errorf("embedded neo4j: %w", ctx.Err())
	}
}

// Address is Bolt's HOST:PORT, with the real port once Start returned.
func (c *Child) Address() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.address
}

// PID is the JVM's process id, 0 while none is ready.
func (c *Child) PID() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.current == nil {
		return 0
	}
	return c.current.cmd.Process.Pid
}

// connection is the configuration with which a DB reaches this child.
func (c *Child) connection(base Config) Config {
	base.URI = "bolt://" + c.Address()
	base.User, base.Password = "neo4j", c.password
	base.Database = "neo4j"
	return base
}

func (c *Child) home() string { return filepath.Join(c.cfg.Data, "neo4j") }

func (c *Child) prepare() (err error) {
	if c.java, c.class, err = locate(c.cfg); err != nil {
		return err
	}
	for _, dir := range []string{"conf", "tmp", "logs", "data"} {
		if err := os.MkdirAll(filepath.Join(c.home(), dir), 0o700); err != nil {
			return fmt.Errorf("embedded neo4j: %w", err)
		}
	}
	c.password, err = readOrMakePassword(c.cfg.Data)
	return err
}

// launchPatiently is launch, repeated for a while as long as another process
// holds the store: a predecessor may still be going down.
func (c *Child) launchPatiently(ctx context.Context) (*process, error) {
	deadline := time.Now().Add(lockPatience)
	for {
		p, err := c.launch(ctx)
		if err == nil || !strings.Contains(err.Error(), "store_lock") {
			return p, err
		}
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("another process uses the store in %s: stop it or choose another --data: %w", c.home(), err)
		}
		select {
		case <-time.After(firstBackoff):
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), err)
		}
	}
}

// launch starts one JVM and waits until a driver can log in.
func (c *Child) launch(ctx context.Context) (*process, error) {
	listen := c.Address()
	if err := checkFree(listen); err != nil {
		return nil, err
	}
	conf := filepath.Join(c.home(), "conf", "neo4j.conf")
	if err := os.WriteFile(conf, []byte(settings(c.cfg, listen)), 0o600); err != nil {
		return nil, fmt.Errorf("embedded neo4j: %w", err)
	}
	begin := time.Now()
	p, err := startProcess(c.java, javaFlags(c.cfg, c.home(), c.class), c.password)
	if err != nil {
		return nil, err
	}
	if err := c.awaitReady(ctx, p); err != nil {
		_ = p.stop(ctx, c.cfg.StopTimeout)
		return nil, err
	}
	c.log.Info("ready", "address", c.Address(), "pid", p.cmd.Process.Pid, "took", time.Since(begin).Round(time.Millisecond))
	return p, nil
}

func (c *Child) awaitReady(ctx context.Context, p *process) error {
	select {
	case address := <-p.ready:
		c.mu.Lock()
		c.address = address
		c.mu.Unlock()
	case <-p.exited:
		return p.failure()
	case <-ctx.Done():
		return fmt.Errorf("embedded neo4j was not ready in time (%w): see %s", ctx.Err(), filepath.Join(c.home(), "logs", "debug.log"))
	}
	if err := c.logIn(ctx, p); err != nil {
		return err
	}
	c.mu.Lock()
	c.current, c.down = p, nil
	c.mu.Unlock()
	return nil
}

// logIn does it as everyone else will. The server has said that it is ready: one
// that does not answer within the time of an attempt is slow, on a busy machine, and
// is asked again for as long as a start may take.
func (c *Child) logIn(ctx context.Context, p *process) error {
	for {
		err := c.tryLogIn(ctx)
		if err == nil || errors.As(err, new(*driver.Neo4jError)) || ctx.Err() != nil {
			return err
		}
		select {
		case <-p.exited:
			return p.failure()
		case <-ctx.Done():
			return err
		case <-time.After(firstBackoff):
		}
	}
}

func (c *Child) tryLogIn(ctx context.Context) error {
	cfg := c.connection(DefaultConfig())
	cfg.ConnectTimeout = c.cfg.StartTimeout / 4 // what is broken off has to be begun again
	connection, err := open(cfg)
	if err != nil {
		return explain(cfg, err)
	}
	defer func() { _ = connection.Close(context.WithoutCancel(ctx)) }()
	return verify(ctx, cfg, connection)
}

func (c *Child) setDown(reason error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.current, c.down = nil, reason
}

func (c *Child) healthy(context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.current == nil {
		return fmt.Errorf("embedded neo4j is down: %w", c.down)
	}
	return nil
}

// checkFree fails with the port's name when something else listens there: the
// JVM's own words for it do not say what to do.
func checkFree(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("embedded neo4j cannot listen on %s (another Neo4j or another egressor?): choose another address with --neo4j-listen: %w", address, err)
	}
	return listener.Close()
}
