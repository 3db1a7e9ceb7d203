package conntrack

import (
	"net/netip"
	"sync"

	"github.com/egressor/egressor/internal/model"
)

// Flow names a connection as the client's socket knows it.
type Flow struct {
	Protocol model.Protocol
	// Client is the client's own address and ephemeral port, Dialled what it
	// connected to.
	Client, Dialled netip.AddrPort
}

// Translation is a connection whose addresses the kernel translates.
type Translation struct {
	Flow
	// Backend is who answers in truth. It is Dialled where only the client's
	// address is translated.
	Backend netip.AddrPort
	// Seen is the client's address as the backend sees it. It is Client unless
	// the connection is masqueraded.
	Seen netip.AddrPort
}

// keptRefreshes is for how many refreshes a translation outlives its connection:
// the final counters of a socket arrive after its connection has gone.
const keptRefreshes = 3

// table holds the translations of one namespace by both ends' views.
type table struct {
	mu         sync.Mutex
	limit      int
	generation uint64
	byFlow     map[Flow]*entry
	byServer   map[Flow]*entry // Client is Seen, Dialled is Backend
	refused    uint64
}

type entry struct {
	Translation
	seen uint64 // generation of the last dump or event that had it
}

func newTable(limit int) *table {
	return &table{limit: limit, byFlow: map[Flow]*entry{}, byServer: map[Flow]*entry{}}
}

// add records a connection, if its addresses are translated.
func (t *table) add(original, reply tuple) {
	if original.source == reply.destination && original.destination == reply.source {
		return
	}
	translation := Translation{
		Flow:    Flow{Protocol: original.protocol, Client: original.source, Dialled: original.destination},
		Backend: reply.source,
		Seen:    reply.destination,
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if old, ok := t.byFlow[translation.Flow]; ok {
		t.remove(old) // the port was used again, perhaps with another backend
	} else if len(t.byFlow) >= t.limit {
		t.refused++
		return
	}
	added := &entry{Translation: translation, seen: t.generation}
	t.byFlow[translation.Flow] = added
	t.byServer[translation.serverView()] = added
}

func (t *table) remove(e *entry) {
	delete(t.byFlow, e.Flow)
	if t.byServer[e.serverView()] == e {
		delete(t.byServer, e.serverView())
	}
}

// serverView is the flow as the backend's socket knows it.
func (t Translation) serverView() Flow {
	return Flow{Protocol: t.Protocol, Client: t.Seen, Dialled: t.Backend}
}

// advance begins a new generation. It comes before a dump.
func (t *table) advance() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.generation++
}

// expire forgets what the last dumps and events did not have.
func (t *table) expire() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range t.byFlow {
		if t.generation-e.seen > keptRefreshes {
			t.remove(e)
		}
	}
}

func (t *table) ofClient(flow Flow) (Translation, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.byFlow[flow].translation()
}

func (t *table) ofServer(flow Flow) (Translation, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.byServer[flow].translation()
}

func (e *entry) translation() (Translation, bool) {
	if e == nil {
		return Translation{}, false
	}
	return e.Translation, true
}
