package metering_test

import (
	"net/netip"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/agent/metering"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// kernel is the truth that the meter is held against: counters that move, close
// and come back, and an agent that starts anew now and then.
type kernel struct {
	meter   *metering.Meter
	live    map[uint64]metering.Counter
	closed  []metering.Counter          // final readings not delivered yet
	adopted map[uint64]metering.Counter // what older connections showed when this agent started
	seen    map[uint64]metering.Counter // what the last reading showed
	port    uint16
	moved   uint64 // wire bytes that the kernel counted
	counted uint64 // wire bytes in rows
	unread  uint64 // wire bytes that moved and no later meter could see
	clock   time.Time
}

func (k *kernel) open(t *rapid.T) {
	id := rapid.Uint64Range(1, 6).Draw(t, "id")
	if _, taken := k.live[id]; taken {
		return
	}
	for _, c := range k.closed { // an id is free again once its end was read
		if c.ID == id {
			return
		}
	}
	delete(k.adopted, id)
	delete(k.seen, id)
	k.port++ // socket cookies are not reused under one key within a boot
	k.live[id] = client(id, k.port, netip.AddrFrom4([4]byte{10, 0, 0, byte(id % 2)}), 0)
}

func (k *kernel) move(t *rapid.T) {
	c, ok := k.any(t)
	if !ok {
		return
	}
	bytes := 10 * rapid.Uint64Range(1, 1<<40).Draw(t, "bytes")
	direction := &c.Sent
	if rapid.Bool().Draw(t, "received") {
		direction = &c.Received
	}
	*direction = direction.Add(counts(bytes))
	k.live[c.ID] = c
	k.moved += bytes
}

func (k *kernel) close(t *rapid.T) {
	if c, ok := k.any(t); ok {
		delete(k.live, c.ID)
		k.closed = append(k.closed, final(c))
	}
}

// read delivers every counter once, in any order, a closed one perhaps after
// or before an older sight of itself.
func (k *kernel) read(t *rapid.T) {
	var reading []metering.Counter
	for _, c := range k.live {
		reading = append(reading, c)
	}
	for _, c := range k.closed {
		reading = append(reading, c)
		if rapid.Bool().Draw(t, "walked as well") {
			// The walk saw it at some time since the last reading.
			old := c
			if seen, ok := k.seen[c.ID]; ok && rapid.Bool().Draw(t, "early in the walk") {
				old = seen
			}
			old.Final = false
			reading = append(reading, old)
		}
	}
	for _, c := range k.live {
		k.seen[c.ID] = c
	}
	k.closed = nil
	for _, i := range rapid.Permutation(indices(len(reading))).Draw(t, "order") {
		c := reading[i]
		k.meter.Observe(k.sinceAdoption(c))
	}
	through := k.clock.Add(time.Duration(rapid.Int64Range(1, int64(3*time.Minute)).Draw(t, "window")))
	result := k.meter.Close(k.clock, through)
	k.clock = through
	for _, row := range result.Rows {
		k.counted += row.Sent.WireBytes + row.Received.WireBytes
		if model.MinuteOf(row.WindowStart) != model.MinuteOf(row.WindowStart.Add(row.WindowLength-1)) {
			t.Fatalf("window of %v from %v crosses a minute", row.WindowLength, row.WindowStart)
		}
	}
	if len(result.Losses) > 0 {
		t.Fatalf("losses in a history without any: %+v", result.Losses)
	}
}

// restart is a new agent: it counts what it finds from now on. What moved since
// the last reading is unread for ever.
func (k *kernel) restart(*rapid.T) {
	k.meter = metering.New(nil)
	for _, c := range k.closed {
		k.unread += wireBytes(c) - wireBytes(k.seen[c.ID])
	}
	k.closed = nil
	for id, c := range k.live {
		k.unread += wireBytes(c) - wireBytes(k.seen[id])
		k.adopted[id], k.seen[id] = c, c
	}
}

// sinceAdoption is what the probe reports of a connection older than itself.
func (k *kernel) sinceAdoption(c metering.Counter) metering.Counter {
	base, adopted := k.adopted[c.ID]
	if !adopted {
		return c
	}
	c.Adopted = true
	c.Sent, c.Received = minus(c.Sent, base.Sent), minus(c.Received, base.Received)
	return c
}

func minus(a, b model.Counts) model.Counts {
	return model.Counts{
		WireBytes: a.WireBytes - b.WireBytes, PayloadBytes: a.PayloadBytes - b.PayloadBytes, Packets: a.Packets - b.Packets,
	}
}

func wireBytes(c metering.Counter) uint64 { return c.Sent.WireBytes + c.Received.WireBytes }

func (k *kernel) any(t *rapid.T) (metering.Counter, bool) {
	if len(k.live) == 0 {
		return metering.Counter{}, false
	}
	var ids []uint64
	for id := range 7 {
		if _, ok := k.live[uint64(id)]; ok {
			ids = append(ids, uint64(id))
		}
	}
	return k.live[rapid.SampledFrom(ids).Draw(t, "counter")], true
}

func newKernel() *kernel {
	return &kernel{
		meter: metering.New(nil), live: map[uint64]metering.Counter{}, seen: map[uint64]metering.Counter{}, adopted: map[uint64]metering.Counter{}, clock: gen.Epoch,
	}
}

// What was counted, and what moved while no agent was there, is what the kernel
// counted: to the byte, however reads, moves, closes, reuses of ids and
// restarts of the agent interleave.
func TestEachByteOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := newKernel()
		t.Repeat(map[string]func(*rapid.T){
			"open": k.open, "move": k.move, "close": k.close, "read": k.read, "restart": k.restart,
		})
		k.read(t)
		if k.counted+k.unread != k.moved {
			t.Fatalf("counted %d and unread %d, but the kernel counted %d", k.counted, k.unread, k.moved)
		}
	})
}

// Timelines tile: a span begins where the one before ended, unless the clock
// was set, and measured time is never stretched by the wall clock.
func TestTimelineTiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		window := rapid.SampledFrom([]time.Duration{time.Second, 10 * time.Second, time.Minute}).Draw(t, "window")
		wall, mono := gen.Time().Draw(t, "start"), time.Duration(0)
		line := metering.NewTimeline(wall, mono, window)
		expectFrom := wall
		for range rapid.IntRange(1, 20).Draw(t, "cuts") {
			elapsed := time.Duration(rapid.Int64Range(1, int64(2*time.Minute)).Draw(t, "elapsed"))
			step := rapid.SampledFrom([]time.Duration{0, 0, 300 * time.Millisecond, -300 * time.Millisecond, time.Hour, -24 * time.Hour}).Draw(t, "clock set by")
			wall, mono = wall.Add(elapsed+step), mono+elapsed
			span := line.Cut(wall, mono, rapid.Bool().Draw(t, "last"))
			if !span.From.Equal(expectFrom) || !span.Through.After(span.From) {
				t.Fatalf("span %v to %v does not continue %v", span.From, span.Through, expectFrom)
			}
			if want := step > time.Second || step < -time.Second; span.Stepped != want {
				t.Fatalf("a step of %v gave Stepped = %v", step, span.Stepped)
			}
			if longest := elapsed + window + 20*time.Second; span.Through.Sub(span.From) > longest {
				t.Fatalf("a span of %v after %v", span.Through.Sub(span.From), elapsed)
			}
			expectFrom = span.Through
			if span.Stepped {
				expectFrom = wall
			}
		}
	})
}

func TestTimelineAlignsToTheWallClock(t *testing.T) {
	start := gen.Epoch.Add(3 * time.Second)
	line := metering.NewTimeline(start, 0, 10*time.Second)
	if wait := line.Wait(start); wait != 7*time.Second {
		t.Fatalf("waits %v, want the 7s to the boundary", wait)
	}
	late := 40 * time.Millisecond
	span := line.Cut(start.Add(7*time.Second+late), 7*time.Second+late, false)
	if want := gen.Epoch.Add(10 * time.Second); !span.Through.Equal(want) {
		t.Fatalf("ends at %v, want the boundary %v", span.Through, want)
	}
	span = line.Cut(start.Add(9*time.Second), 9*time.Second, true)
	if want := start.Add(9 * time.Second); !span.Through.Equal(want) {
		t.Fatalf("the last span ends at %v, want now, %v", span.Through, want)
	}
}

func indices(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
