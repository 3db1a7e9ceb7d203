package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"

	"github.com/egressor/egressor/agent/metering"
	"github.com/egressor/egressor/agent/probe"
	"github.com/egressor/egressor/agent/probe/conntrack"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
)

// Open attaches to the kernel and returns an agent that has not started yet.
// The caller starts it, or closes it with Stop.
func Open(r *report.Reporter, config Config) (*Agent, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	log := r.Log("probe")
	addrs, err := nodeAddrs(config.NodeNetns)
	if err != nil {
		return nil, err
	}
	source := &kernel{log: log}
	if source.translations, err = openTranslations(log, config.NodeNetns); err != nil {
		return nil, err
	}
	source.probe, err = probe.Open(probe.Config{
		CgroupRoot: config.CgroupRoot, MapEntries: config.MapEntries, Mode: probe.Mode(config.Mode),
	})
	if err != nil {
		return nil, errors.Join(err, source.Close())
	}
	if why := source.probe.ModeReason(); why != "" {
		log.Warn("TCP is counted per packet", "why", why)
	}
	return New(r, config, Dependencies{
		Source: source, Translate: source.translate, NodeAddrs: addrs, Clock: clock.System{},
	})
}

// openTranslations watches the node's conntrack. Where nobody asked for a
// namespace, a kernel without conntrack is no error: nothing is translated then.
func openTranslations(log *slog.Logger, namespace string) (*conntrack.Tracker, error) {
	tracker, err := conntrack.Open(namespace, 0)
	if err == nil {
		return tracker, nil
	}
	if namespace != "" {
		return nil, err
	}
	log.Warn("Service addresses stay untranslated", "error", err)
	return nil, nil //nolint:nilnil // a nil tracker translates nothing
}

// kernel is the real source: the probe and the node's translations.
type kernel struct {
	log          *slog.Logger
	probe        *probe.Probe
	translations *conntrack.Tracker // nil where the kernel has none
	adopted      adoptedServers
	lost         conntrack.Stats
}

var _ Source = (*kernel)(nil)

// Mode is how TCP is counted.
func (k *kernel) Mode() model.CaptureMode { return k.probe.Mode() }

// Read reads the translations and then the counters.
func (k *kernel) Read(ctx context.Context) (Reading, error) {
	losses := k.refresh(ctx)
	reading, err := k.probe.Read(ctx)
	if err != nil {
		return Reading{}, err
	}
	if reading.Intercepting && k.translations != nil {
		if err := k.adopted.learn(ctx, k.translations, reading.Counters); err != nil {
			k.log.Warn("proxies' connections from before keep the proxy's port", "error", err)
		}
	}
	for _, loss := range reading.Losses {
		losses = append(losses, model.Loss{Reason: loss.Reason, Flows: loss.Flows, Bytes: loss.Bytes, BytesKnown: loss.BytesKnown})
	}
	counters := func(yield func(metering.Counter) bool) {
		for i := range reading.Counters {
			counter := counterOf(&reading.Counters[i])
			k.adopted.name(&counter)
			if !yield(counter) {
				return
			}
		}
	}
	return Reading{Counters: counters, Losses: losses}, nil
}

// refresh brings the translations up to date, and tells what was missed.
func (k *kernel) refresh(ctx context.Context) []model.Loss {
	if k.translations == nil {
		return nil
	}
	if err := k.translations.Refresh(ctx); err != nil {
		k.log.Warn("translations are those of the last window", "error", err)
	}
	now := k.translations.Stats()
	missed := now.Refused - k.lost.Refused
	some := missed > 0 || now.Overruns > k.lost.Overruns || now.Malformed > k.lost.Malformed
	k.lost = now
	if !some {
		return nil
	}
	return []model.Loss{{Reason: model.LossUntranslated, Flows: missed}}
}

// translate undoes Service translation at the client's end, and masquerading at
// the server's.
func (k *kernel) translate(key metering.Key) (metering.Translation, bool) {
	if k.translations == nil {
		return metering.Translation{}, false
	}
	local, remote := netip.AddrPortFrom(key.LocalAddr, key.LocalPort), netip.AddrPortFrom(key.RemoteAddr, key.RemotePort)
	if key.Role != model.RoleServer {
		if t, ok := k.translations.OfClient(conntrack.Flow{Protocol: key.Protocol, Client: local, Dialled: remote}); ok {
			return translation(t, t.Backend.Addr()), true
		}
	}
	if key.Role != model.RoleClient {
		if t, ok := k.translations.OfServer(conntrack.Flow{Protocol: key.Protocol, Client: remote, Dialled: local}); ok {
			return translation(t, t.Client.Addr()), true
		}
	}
	return metering.Translation{}, false
}

func translation(t conntrack.Translation, remote netip.Addr) metering.Translation {
	to := metering.Translation{RemoteAddr: remote, ServerPort: t.Backend.Port()}
	if t.Dialled != t.Backend {
		to.VirtualAddr, to.VirtualPort = t.Dialled.Addr(), t.Dialled.Port()
	}
	return to
}

func counterOf(c *probe.Counter) metering.Counter {
	return metering.Counter{
		ID: c.ID,
		Key: metering.Key{
			Local: c.Key.Local, LocalAddr: c.Key.LocalAddr, RemoteAddr: c.Key.RemoteAddr,
			LocalPort: c.Key.LocalPort, RemotePort: c.Key.RemotePort, ServerPort: c.Key.ServerPort,
			Protocol: c.Key.Protocol, Role: c.Key.Role,
		},
		Sent: c.Sent, Received: c.Received, Dialled: c.Dialled, RTTMicros: c.RTTMicros, Adopted: c.Adopted, Final: c.Final,
	}
}

// Close ends the capture.
func (k *kernel) Close() error {
	var errs []error
	if k.probe != nil {
		errs = append(errs, k.probe.Close())
	}
	if k.translations != nil {
		errs = append(errs, k.translations.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("end the capture: %w", err)
	}
	return nil
}
