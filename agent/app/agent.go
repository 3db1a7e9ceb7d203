package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/egressor/egressor/agent/metering"
	"github.com/egressor/egressor/agent/spool"
	"github.com/egressor/egressor/agent/uplink"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/version"
)

// Dependencies of the agent: the parts that touch the kernel.
type Dependencies struct {
	Source Source
	// Translate undoes Service translations, nil for none.
	Translate metering.Translator
	// NodeAddrs are the node's own addresses.
	NodeAddrs []netip.Addr
	Clock     clock.Clock
}

// Agent counts one node.
type Agent struct {
	config  Config
	deps    Dependencies
	report  *report.Reporter
	log     *slog.Logger
	metrics *metrics

	meter    *metering.Meter
	timeline *metering.Timeline
	began    time.Time
	boot     *boot
	pods     *pods
	keeper   *keeper
	spool    *spool.Spool
	uplink   *uplink.Uplink
	page     *page
	stop     context.CancelFunc
	running  sync.WaitGroup
	// first is what the agent has to say about the time before it, nil once said.
	first *model.Loss
}

var _ component.Component = (*Agent)(nil)

// New returns an agent that does nothing yet. From here on the agent owns the
// source and closes it when it stops.
func New(r *report.Reporter, config Config, deps Dependencies) (*Agent, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	id := model.AgentID{Cluster: config.Cluster, Node: config.Node}
	return &Agent{
		config: config, deps: deps, report: r, log: r.Log("agent"), metrics: newMetrics(r.Registry()),
		meter: metering.New(deps.Translate), pods: newPods(id, deps.NodeAddrs), boot: newBoot(),
	}, nil
}

// Start opens the spool, begins to send, and begins to count.
func (a *Agent) Start(ctx context.Context) error {
	if err := a.open(ctx); err != nil {
		return err
	}
	loopCtx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	a.stop = cancel
	a.running.Go(func() { a.loop(loopCtx) })
	a.log.Info("counting", "mode", a.deps.Source.Mode(), "window", a.config.Window, "server", a.config.Server, "boot", a.boot.id)
	return nil
}

// open starts every part but the loop, and opens the first window.
func (a *Agent) open(ctx context.Context) (err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, a.deps.Source.Close())
		}
	}()
	if a.spool, err = spool.Open(a.config.spool()); err != nil {
		return err
	}
	a.keeper = newKeeper(a.spool, a.log)
	a.uplink, err = uplink.New(a.report, a.config.uplink(), uplink.Dependencies{
		Spool: a.spool, Clock: a.deps.Clock, SetAside: a.keeper.setAside,
	})
	if err == nil {
		err = a.uplink.Start(ctx)
	}
	if err != nil {
		return errors.Join(err, a.spool.Close())
	}
	if a.page, err = startPage(ctx, a.config.MetricsListen, a.report); err != nil {
		return errors.Join(err, a.uplink.Stop(ctx), a.spool.Close())
	}
	a.began = a.deps.Clock.Now()
	a.timeline = metering.NewTimeline(a.wall(), 0, a.config.Window)
	a.first = a.lossBefore()
	if err = a.spool.Begin(a.timeline.From()); err != nil {
		return errors.Join(err, a.page.close(ctx), a.uplink.Stop(ctx), a.spool.Close())
	}
	return nil
}

// Stop reads a last time, spools it, and waits a while for the last answers.
func (a *Agent) Stop(ctx context.Context) error {
	a.stop()
	a.running.Wait()
	drainCtx, cancel := context.WithTimeout(ctx, a.config.StopTimeout)
	defer cancel()
	if err := a.uplink.Drain(drainCtx); err != nil {
		a.log.Warn("stopped before the last answer; the next start sends what is left", "error", err)
	}
	return errors.Join(a.uplink.Stop(ctx), a.spool.Close(), a.page.close(ctx), a.deps.Source.Close())
}

// wall is the wall clock alone: its difference to an earlier reading shows
// when somebody set it.
func (a *Agent) wall() time.Time { return a.deps.Clock.Now().Round(0) }

// elapsed is the monotonic time since the start.
func (a *Agent) elapsed() time.Duration { return a.deps.Clock.Now().Sub(a.began) }

// loop runs one window after the other, and a last one when ctx ends.
func (a *Agent) loop(ctx context.Context) {
	for {
		select {
		case <-a.deps.Clock.After(a.timeline.Wait(a.wall())):
			a.window(ctx, false)
		case <-ctx.Done():
			lastCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			a.window(lastCtx, true)
			return
		}
	}
}

// window is the pipeline: read, meter, batch, spool. The uplink takes it from
// there. A reading that fails leaves the window open: the next one has it all.
func (a *Agent) window(ctx context.Context, last bool) {
	begin := a.elapsed()
	reading, err := a.deps.Source.Read(ctx)
	if err != nil {
		a.metrics.failed.WithLabelValues("read").Inc()
		a.log.Error("counters not read, the next window will have them", "error", err)
		return
	}
	adopted := uint64(0)
	for counter := range reading.Counters {
		counter.Key.Local.ID = strings.ToValidUTF8(counter.Key.Local.ID, "\uFFFD") // a process may have any name
		a.meter.Observe(counter)
		if counter.Adopted {
			adopted++
		}
	}
	span := a.timeline.Cut(a.wall(), a.elapsed(), last)
	counted := a.meter.Close(span.From, span.Through)
	losses := append(stamp(reading.Losses, span), counted.Losses...)
	losses = append(losses, a.takeFirst(adopted)...)
	facts := a.pods.observe(counted.Rows, model.Period{From: span.From, To: span.Through})
	if a.keeper.factsLost {
		a.keeper.factsLost = false
		facts = append(facts, a.pods.again()...)
	}
	batches := a.batches(span, counted.Rows, losses, facts)
	if err := a.keeper.keep(batches...); err != nil {
		a.metrics.failed.WithLabelValues("spool").Inc()
		a.log.Error("batch not spooled, it waits in memory", "waiting", len(a.keeper.unspooled), "error", err)
	}
	if span.Stepped {
		a.log.Warn("the wall clock was set, a new boot begins", "at", span.Through)
		a.boot = newBoot()
	}
	a.metrics.observe(counted, a.meter.Living(), a.elapsed()-begin)
}

// lossBefore is what moved before this agent and after the one before it.
func (a *Agent) lossBefore() *model.Loss {
	now := a.timeline.From()
	loss := model.Loss{Reason: model.LossAgentRestart, From: a.spool.Through(), To: now}
	switch {
	case loss.From.IsZero(): // the first start of all
		loss.Reason, loss.From = model.LossBeforeAgentStarted, now
	case loss.From.After(now):
		loss.From = now
	}
	return &loss
}

// takeFirst returns the loss before the first window, once. It names the number
// of connections that were open then.
func (a *Agent) takeFirst(adopted uint64) []model.Loss {
	if a.first == nil {
		return nil
	}
	loss := *a.first
	a.first = nil
	if loss.Flows = adopted; adopted == 0 && loss.Reason == model.LossBeforeAgentStarted {
		return nil
	}
	return []model.Loss{loss}
}

// stamp gives the source's losses the window's times.
func stamp(losses []model.Loss, span metering.Span) []model.Loss {
	stamped := make([]model.Loss, len(losses))
	for i, loss := range losses {
		loss.From, loss.To = span.From, span.Through
		stamped[i] = loss
	}
	return stamped
}

// maxRows bounds the flow rows of one batch: about 700 kB.
const maxRows = 16_000

// batches cuts a window into batches. Only the last one covers the window's
// time: the agent has reported past it when all of them have arrived.
func (a *Agent) batches(span metering.Span, rows []model.FlowRow, losses []model.Loss, facts []model.Fact) []pending {
	id := model.AgentID{Cluster: a.config.Cluster, Node: a.config.Node}
	var list []pending
	for {
		b := model.Batch{
			BatchKey: model.BatchKey{Agent: id}, Mode: a.deps.Source.Mode(), Build: version.Version,
			CoveredFrom: span.From, CoveredThrough: span.From, Facts: facts,
		}
		facts = nil // they go with the first, so that they are there before the rows
		if len(rows) <= maxRows {
			b.CoveredThrough, b.Flows, b.Losses = span.Through, rows, losses
			return append(list, pending{a.boot, b})
		}
		b.Flows, rows = rows[:maxRows], rows[maxRows:]
		list = append(list, pending{a.boot, b})
	}
}

// Address of the metrics page, "" where it is off.
func (a *Agent) Address() string { return a.page.address() }

// String names the agent.
func (a *Agent) String() string { return fmt.Sprintf("%s/%s", a.config.Cluster, a.config.Node) }
