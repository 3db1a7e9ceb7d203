package app

import (
	"context"
	"net/netip"

	"github.com/egressor/egressor/agent/metering"
	"github.com/egressor/egressor/agent/probe"
	"github.com/egressor/egressor/agent/probe/conntrack"
	"github.com/egressor/egressor/internal/model"
)

// adoptedServers knows what the clients of connections dialled that a proxy had
// accepted before the agent ran: it asked its sockets before anybody listened. The
// node's conntrack passed the connections on to the proxy's network namespace and
// still has them.
type adoptedServers struct {
	learned bool
	// dialled is by counter; few live for long.
	dialled map[uint64]netip.AddrPort
}

// portFinder is the part of a conntrack.Tracker that is needed here.
type portFinder interface {
	Ports(context.Context, map[conntrack.Reached]bool) (map[conntrack.Reached]uint16, error)
}

// learn looks up every adopted server of a reading, once where that works: what
// is accepted later is asked for while the agent runs.
func (a *adoptedServers) learn(ctx context.Context, finder portFinder, counters []probe.Counter) error {
	if a.learned {
		return nil
	}
	servers := map[conntrack.Reached][]*probe.Counter{}
	wanted := map[conntrack.Reached]bool{}
	for i := range counters {
		c := &counters[i]
		if !c.Adopted || c.Key.Role != model.RoleServer || c.Dialled.IsValid() {
			continue
		}
		reached := conntrack.Reached{
			Protocol: c.Key.Protocol, Client: netip.AddrPortFrom(c.Key.RemoteAddr, c.Key.RemotePort), Server: c.Key.LocalAddr,
		}
		wanted[reached], servers[reached] = true, append(servers[reached], c)
	}
	if a.learned = len(wanted) == 0; a.learned {
		return nil
	}
	ports, err := finder.Ports(ctx, wanted)
	if err != nil {
		return err
	}
	a.learned, a.dialled = true, map[uint64]netip.AddrPort{}
	for reached, port := range ports {
		for _, c := range servers[reached] {
			if port != c.Key.LocalPort {
				a.dialled[c.ID] = netip.AddrPortFrom(reached.Server, port)
			}
		}
	}
	return nil
}

// name completes a counter.
func (a *adoptedServers) name(c *metering.Counter) {
	dialled, known := a.dialled[c.ID]
	if !known {
		return
	}
	c.Dialled = dialled
	if c.Final {
		delete(a.dialled, c.ID)
	}
}
