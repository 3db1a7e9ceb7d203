package uplink

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"google.golang.org/grpc"
	grpcbackoff "google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"

	"github.com/egressor/egressor/agent/spool"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/wire"
)

// Dependencies of the uplink.
type Dependencies struct {
	Spool *spool.Spool
	Clock clock.Clock
	// SetAside takes a record that the ingest keeps refusing, and why. When it
	// returns nil the record must be superseded in the spool.
	SetAside func(record spool.Record, why string) error
}

// Uplink sends records.
type Uplink struct {
	config   Configuration
	spool    *spool.Spool
	clock    clock.Clock
	setAside func(spool.Record, string) error
	log      *slog.Logger
	metrics  *metrics
	backoff  backoff
	tries    map[uint64]int // refusals by record number

	conn     *grpc.ClientConn
	cancel   context.CancelFunc
	running  sync.WaitGroup
	released chan struct{}

	mu        sync.Mutex
	lastError error // of the last connection, nil while one is open
}

var _ component.Component = (*Uplink)(nil)

// New returns an uplink that does nothing yet.
func New(r *report.Reporter, config Configuration, deps Dependencies) (*Uplink, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	u := &Uplink{
		config: config, spool: deps.Spool, clock: deps.Clock, setAside: deps.SetAside,
		log: r.Log("uplink"), metrics: newMetrics(r.Registry()), tries: map[uint64]int{},
		backoff:   backoff{least: config.BackoffMin, most: config.BackoffMax},
		released:  make(chan struct{}, 1),
		lastError: errors.New("not connected yet"),
	}
	r.Health("uplink", u.check)
	return u, nil
}

// Start begins to send. A server that is not there is no error: the spool
// keeps what cannot be sent.
func (u *Uplink) Start(ctx context.Context) error {
	transport := insecure.NewCredentials()
	if u.config.TLS.Enabled() {
		config, err := u.config.TLS.Client()
		if err != nil {
			return fmt.Errorf("uplink: %w", err)
		}
		transport = credentials.NewTLS(config)
	}
	options := []grpc.DialOption{
		grpc.WithTransportCredentials(transport),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(wire.Codec())),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 30 * time.Second, Timeout: 20 * time.Second}),
		// The pauses are ours: see backoff. This one only bounds a dial.
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: grpcbackoff.DefaultConfig, MinConnectTimeout: 10 * time.Second}),
		grpc.WithDisableServiceConfig(),
	}
	if u.config.TokenFile != "" {
		secure := !u.config.Insecure && !wire.IsLoopback(u.config.Server)
		options = append(options, grpc.WithPerRPCCredentials(token{path: u.config.TokenFile, secure: secure}))
	}
	var err error
	if u.conn, err = grpc.NewClient(u.config.Server, options...); err != nil {
		return fmt.Errorf("uplink to %s: %w", u.config.Server, err)
	}
	ctx, u.cancel = context.WithCancel(context.WithoutCancel(ctx))
	u.running.Go(func() { u.run(ctx) })
	return nil
}

// Stop ends the connection. Records without an answer stay in the spool.
func (u *Uplink) Stop(context.Context) error {
	u.cancel()
	err := u.conn.Close()
	u.running.Wait()
	return err
}

// Drain waits until every record has its answer, or until ctx ends.
func (u *Uplink) Drain(ctx context.Context) error {
	for {
		waiting, _ := u.spool.Waiting()
		if waiting == 0 {
			return nil
		}
		select {
		case <-u.released:
		case <-ctx.Done():
			return fmt.Errorf("%d batches have no answer from %s yet, they stay in the spool: %w", waiting, u.config.Server, ctx.Err())
		}
	}
}

// run opens one stream after the other.
func (u *Uplink) run(ctx context.Context) {
	for ctx.Err() == nil {
		err := u.session(ctx)
		if ctx.Err() != nil {
			return
		}
		u.metrics.breaks.Inc()
		u.note(err)
		asked, _ := askedDelay(err)
		pause := u.backoff.pause(asked)
		u.log.Warn("no connection to the ingest, batches stay in the spool", "server", u.config.Server, "again_in", pause, "error", err)
		select {
		case <-u.clock.After(pause):
		case <-ctx.Done():
		}
		u.conn.ResetConnectBackoff()
	}
}

func (u *Uplink) note(err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.lastError = err
}

func (u *Uplink) check(context.Context) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.lastError != nil {
		return fmt.Errorf("no connection to the ingest at %s: %w", u.config.Server, u.lastError)
	}
	return nil
}
