package app

import (
	"context"
	"errors"
	"net/netip"
	"testing"

	"github.com/egressor/egressor/agent/metering"
	"github.com/egressor/egressor/agent/probe"
	"github.com/egressor/egressor/agent/probe/conntrack"
	"github.com/egressor/egressor/internal/model"
)

// node is a conntrack that knows some connections.
type node struct {
	ports map[conntrack.Reached]uint16
	err   error
	asked int
}

func (n *node) Ports(_ context.Context, wanted map[conntrack.Reached]bool) (map[conntrack.Reached]uint16, error) {
	n.asked++
	found := map[conntrack.Reached]uint16{}
	for reached, port := range n.ports {
		if wanted[reached] {
			found[reached] = port
		}
	}
	return found, n.err
}

func accepted(id uint64, clientPort, port uint16) probe.Counter {
	return probe.Counter{ID: id, Adopted: true, Key: probe.Key{
		LocalAddr: netip.MustParseAddr("10.244.1.5"), RemoteAddr: netip.MustParseAddr("10.244.2.6"),
		LocalPort: port, RemotePort: clientPort, ServerPort: port, Protocol: model.TCP, Role: model.RoleServer,
	}}
}

func reached(clientPort uint16) conntrack.Reached {
	return conntrack.Reached{
		Protocol: model.TCP, Server: netip.MustParseAddr("10.244.1.5"), Client: netip.AddrPortFrom(netip.MustParseAddr("10.244.2.6"), clientPort),
	}
}

func TestAdoptedServersAreNamedByTheNode(t *testing.T) {
	fresh := accepted(4, 40004, 15006)
	fresh.Adopted = false
	counters := []probe.Counter{accepted(1, 40001, 15006), accepted(2, 40002, 9090), accepted(3, 40003, 15006), fresh}
	n := &node{ports: map[conntrack.Reached]uint16{reached(40001): 8080, reached(40002): 9090, reached(40004): 8080}}
	var a adoptedServers
	for range 2 { // the second reading asks nothing any more
		if err := a.learn(t.Context(), n, counters); err != nil {
			t.Fatal(err)
		}
	}
	if n.asked != 1 {
		t.Errorf("the node was asked %d times, want once", n.asked)
	}
	for id, want := range map[uint64]string{1: "10.244.1.5:8080", 2: "invalid AddrPort", 3: "invalid AddrPort", 4: "invalid AddrPort"} {
		counter := metering.Counter{ID: id, Final: true}
		a.name(&counter)
		if got := counter.Dialled.String(); got != want {
			t.Errorf("counter %d was dialled at %s, want %s", id, got, want)
		}
	}
	if len(a.dialled) != 0 {
		t.Errorf("%d closed connections are remembered", len(a.dialled))
	}
}

func TestANodeThatDoesNotAnswerIsAskedAgain(t *testing.T) {
	n := &node{ports: map[conntrack.Reached]uint16{reached(40001): 8080}, err: errors.New("no answer")}
	var a adoptedServers
	if err := a.learn(t.Context(), n, []probe.Counter{accepted(1, 40001, 15006)}); !errors.Is(err, n.err) {
		t.Errorf("error %v, want %v", err, n.err)
	}
	n.err = nil
	if err := a.learn(t.Context(), n, []probe.Counter{accepted(1, 40001, 15006)}); err != nil || len(a.dialled) != 1 {
		t.Errorf("learned of %d connections (%v), want one", len(a.dialled), err)
	}
}
