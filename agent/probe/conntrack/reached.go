package conntrack

import (
	"context"
	"fmt"
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// Reached names a connection by its client and by the address that it reached: all
// of it that a rule of the server's own network namespace leaves alone.
type Reached struct {
	Protocol model.Protocol
	Client   netip.AddrPort
	Server   netip.Addr
}

// Ports looks up at which port the wanted connections arrived at their server's
// network namespace, before rules in there: this namespace has passed them on. One
// that is not known, or that two connections answer to, is left out. It reads the
// whole table of connections, some 200 bytes each: it is for once, not for every
// window.
func (t *Tracker) Ports(ctx context.Context, wanted map[Reached]bool) (map[Reached]uint16, error) {
	deadline, _ := ctx.Deadline() // the zero time sets none
	if err := t.dumps.SetReadDeadline(deadline); err != nil {
		return nil, fmt.Errorf("conntrack dump: %w", err)
	}
	connections, err := t.connections(0)
	if err != nil {
		return nil, fmt.Errorf("conntrack dump: %w", err)
	}
	found, ambiguous := map[Reached]uint16{}, map[Reached]bool{}
	for _, connection := range connections {
		_, reply, err := parse(connection.Data)
		if err != nil {
			continue // Refresh counts these
		}
		reached := Reached{Protocol: reply.protocol, Client: reply.destination, Server: reply.source.Addr()}
		if !wanted[reached] {
			continue
		}
		if port, known := found[reached]; known && port != reply.source.Port() {
			ambiguous[reached] = true
		}
		found[reached] = reply.source.Port()
	}
	for reached := range ambiguous {
		delete(found, reached)
	}
	return found, nil
}
