package attribution

import (
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// resolver resolves the ends of many rows and remembers what it found: a minute
// names the same few thousand ends over and over.
type resolver struct {
	*Index
	locals   map[localKey]*end
	remotes  map[remoteKey]*end
	interned map[end]*end
}

type localKey struct {
	agent  model.AgentID
	local  model.LocalEnd
	addr   netip.Addr
	window span
}

type remoteKey struct {
	cluster string
	addr    netip.Addr
	window  span
}

func newResolver(index *Index) *resolver {
	return &resolver{
		Index: index, locals: map[localKey]*end{}, remotes: map[remoteKey]*end{}, interned: map[end]*end{},
	}
}

// ends resolves both ends of a row.
func (r *resolver) ends(agent model.AgentID, row *model.FlowRow, window span) (near, far *end) {
	nearKey := localKey{agent, row.Local, row.LocalAddr, window}
	near, known := r.locals[nearKey]
	if !known {
		near = r.intern(r.local(agent, row, window))
		r.locals[nearKey] = near
	}
	addr := row.RemoteAddr.Unmap()
	if addr.IsLoopback() || addr == near.addr && addr.IsValid() {
		same := *near
		same.addr, same.onHost = addr, true
		return near, r.intern(same)
	}
	farKey := remoteKey{agent.Cluster, addr, window}
	far, known = r.remotes[farKey]
	if !known {
		far = r.intern(r.remote(agent.Cluster, addr, window))
		r.remotes[farKey] = far
	}
	return near, far
}

func (r *resolver) intern(e end) *end {
	known := r.interned[e]
	if known == nil {
		known = &e
		r.interned[e] = known
	}
	return known
}
