package metering

import (
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Meter remembers what every living counter showed last. Between two calls of
// Close it observes one reading of the kernel. It is not safe for concurrent
// use.
type Meter struct {
	translate Translator
	lives     map[uint64]life
	tallies   map[rowKey]tally
	reading   uint64
	stats     Stats
}

// life is one counter from its first reading to its last.
type life struct {
	key            Key
	row            rowKey
	sent, received model.Counts
	reading        uint64 // the reading that saw it last
	dialled        netip.AddrPort
	translated     bool
	final          bool
}

// Stats count what a reading met beside plain growth.
type Stats struct {
	// Counters is how many readings of counters there were.
	Counters uint64
	// Reset counters fell, Reused ones came back under another key: the earlier
	// life may have lost a tail of unknown size.
	Reset, Reused uint64
	// Vanished counters were absent for long without a final reading. Whoever
	// lost that reading has reported it.
	Vanished uint64
	// Stale readings were older than the final one and were ignored.
	Stale uint64
}

// Result is one window's count.
type Result struct {
	// Rows are in a fixed order, each within one minute.
	Rows []model.FlowRow
	// Losses are the tails that Stats counts, as one entry of unknown bytes.
	Losses []model.Loss
	Stats  Stats
}

// New returns a meter that has seen nothing. A nil translator translates nothing.
func New(translate Translator) *Meter {
	if translate == nil {
		translate = func(Key) (Translation, bool) { return Translation{}, false }
	}
	return &Meter{translate: translate, lives: map[uint64]life{}, tallies: map[rowKey]tally{}, reading: 1}
}

// Living is the number of counters that the meter remembers.
func (m *Meter) Living() int { return len(m.lives) }

// Observe takes one counter of the current reading. A counter may come more
// than once in a reading, in any order around its final one.
func (m *Meter) Observe(c Counter) {
	m.stats.Counters++
	l, known := m.lives[c.ID]
	isNew := false
	switch {
	case !known:
		l, isNew = newLife(c.Key), !c.Adopted
	case l.key != c.Key:
		m.stats.Reused += tail(l)
		l, isNew = newLife(c.Key), true
	case falls(c.Sent, l.sent) || falls(c.Received, l.received):
		if l.final && l.reading == m.reading {
			// A walk over the sockets is slower than the close event that passed it.
			m.stats.Stale++
			return
		}
		m.stats.Reset += tail(l)
		l, isNew = newLife(c.Key), true
	}
	var sent, received model.Counts
	sent, l.sent = since(c.Sent, l.sent)
	received, l.received = since(c.Received, l.received)
	l.reading = m.reading
	l.final = l.final || c.Final
	if l.dialled != c.Dialled && c.Dialled.IsValid() {
		l.reach(c.Dialled)
	}
	m.count(&l, sent, received, isNew, c.RTTMicros)
	m.lives[c.ID] = l
}

// newLife starts at zero: all that its counter shows is news.
func newLife(key Key) life {
	return life{key: key, row: rowKey{
		Local: key.Local, LocalAddr: key.LocalAddr, RemoteAddr: key.RemoteAddr,
		ServerPort: key.ServerPort, Protocol: key.Protocol, Role: key.Role,
	}}
}

// reach names a server by what its client dialled, as the client's end reports it:
// by the port where a rule changed that alone, else as an address that was translated.
func (l *life) reach(dialled netip.AddrPort) {
	l.dialled = dialled
	if dialled.Addr() == l.key.LocalAddr {
		l.row.ServerPort = dialled.Port()
		return
	}
	l.row.VirtualAddr, l.row.VirtualPort = dialled.Addr(), dialled.Port()
}

// tail is 1 for a life that ended without its final reading.
func tail(l life) uint64 {
	if l.final {
		return 0
	}
	return 1
}

// count adds what is new of one life to its row.
func (m *Meter) count(l *life, sent, received model.Counts, isNew bool, rttMicros uint32) {
	if sent.IsZero() && received.IsZero() && !isNew {
		return
	}
	if !l.translated {
		if to, ok := m.translate(l.key.asDialled(l.dialled)); ok {
			l.translated = true
			l.row.RemoteAddr, l.row.ServerPort = to.RemoteAddr, to.ServerPort
			l.row.VirtualAddr, l.row.VirtualPort = to.VirtualAddr, to.VirtualPort
		}
	}
	t := m.tallies[l.row]
	t.sent, t.received = t.sent.Add(sent), t.received.Add(received)
	if isNew {
		t.connections++
	}
	if rttMicros != 0 {
		t.rttMicros = rttMicros
	}
	m.tallies[l.row] = t
}

// Close ends the reading and returns what it counted, as moved in [from, through).
func (m *Meter) Close(from, through time.Time) Result {
	m.forget()
	result := Result{Rows: m.rows(from, through), Stats: m.stats}
	if lost := m.stats.Reset + m.stats.Reused; lost > 0 {
		result.Losses = append(result.Losses, model.Loss{Reason: model.LossReadFailed, From: from, To: through, Flows: lost})
	}
	clear(m.tallies)
	m.stats = Stats{}
	m.reading++
	return result
}

// forgetAfter is how many readings an unfinished counter may miss. It is high,
// because a counter that returns after being forgotten would be counted again.
const forgetAfter = 60

// forget drops the lives that are over. A closed socket that a process still
// holds keeps being visited, and must stay known until it is not.
func (m *Meter) forget() {
	for id, l := range m.lives {
		missed := m.reading - l.reading
		switch {
		case l.final && missed > 0:
			delete(m.lives, id)
		case missed >= forgetAfter:
			m.stats.Vanished++
			delete(m.lives, id)
		}
	}
}
