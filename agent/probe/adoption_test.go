package probe

import (
	"net"
	"testing"

	"github.com/egressor/egressor/internal/model"
)

func TestManyOldSocketsAreAdopted(t *testing.T) {
	const connections = 1_000
	b := newBench(t)
	listener := b.listen("tcp", "[::]:0")
	for range connections {
		b.connect(listener, families[0])
	}
	probe := b.open(Config{Mode: ModeSockets})
	all := newLatest()
	all.add(t, b.read(probe))
	client := all.of(clientUID, model.TCP, model.RoleUnknown)
	server := all.of(serverUID, model.TCP, model.RoleServer)
	if client.counters != connections || server.counters != connections {
		t.Errorf("%d clients and %d servers were adopted, want %d of each", client.counters, server.counters, connections)
	}
	if !client.sent.IsZero() || !server.sent.IsZero() {
		t.Errorf("bytes from before the probe are counted: client %+v, server %+v", client, server)
	}
}

// A connection that no process held when the probe looked cannot be adopted: that
// is said when it closes.
func TestSocketThatWasNotAdoptedIsALoss(t *testing.T) {
	b := newBench(t)
	listener := b.listen("tcp", "[::]:0")
	var near net.Conn
	b.asClient(func() {
		var err error
		near, err = net.Dial("tcp", address(listener, families[0]))
		check(t, err)
	})
	probe := b.open(Config{Mode: ModeSockets})
	far, err := listener.Accept()
	check(t, err)
	check(t, near.Close())
	check(t, far.Close())
	all := newLatest()
	b.await(probe, all, "the loss of one connection", func() bool {
		loss := all.lost(model.LossAgentRestart)
		return loss.Flows == 1 && !loss.BytesKnown
	})
}
