package attribution_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// Two agents that read the same traffic a little apart in time, over three minutes.
const (
	borderWindow  = 10 * time.Second
	borderMinutes = 3
)

// reader is an agent's readings: when it really looked, by window.
type reader []time.Duration

// drawReader looks at each end of a window up to a second too early or too late.
func drawReader(t *rapid.T, who string, off time.Duration) reader {
	ends := make(reader, borderMinutes*time.Minute/borderWindow)
	for i := range ends {
		wrong := rapid.Int64Range(-off.Milliseconds(), off.Milliseconds()).Draw(t, fmt.Sprintf("%s is off at %d", who, i))
		ends[i] = time.Duration(i+1)*borderWindow + time.Duration(wrong)*time.Millisecond
	}
	return ends
}

// window is where the reader counts what happened at a moment.
func (r reader) window(at time.Duration) int {
	for i, end := range r {
		if at < end {
			return i
		}
	}
	return len(r) - 1 // all that is drawn happens before the last reading's own end
}

// sending is one packet of a pair.
type sending struct {
	pair  int
	at    time.Duration
	bytes uint64
}

func drawSendings(t *rapid.T) []sending {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) sending {
		s := sending{pair: rapid.IntRange(0, 2).Draw(t, "pair"), bytes: rapid.Uint64Range(1, 1<<30).Draw(t, "bytes")}
		border := time.Duration(rapid.IntRange(0, borderMinutes-1).Draw(t, "minute")) * time.Minute
		s.at = border + time.Duration(rapid.Int64Range(0, 57_000).Draw(t, "ms"))*time.Millisecond
		if border > 0 && rapid.Bool().Draw(t, "about the border") {
			s.at = border + time.Duration(rapid.Int64Range(-1500, 1500).Draw(t, "ms off"))*time.Millisecond
		}
		return s
	}), 0, 12).Draw(t, "sendings")
}

// reported are both agents' rows of each minute.
func reported(all []sending, sender, receiver reader, onTheWay time.Duration) [borderMinutes][]attribution.ReportedRow {
	type cell struct {
		pair, window int
		bySender     bool
	}
	sums := map[cell]uint64{}
	for _, s := range all {
		sums[cell{s.pair, sender.window(s.at), true}] += s.bytes
		sums[cell{s.pair, receiver.window(s.at + onTheWay), false}] += s.bytes
	}
	var minutes [borderMinutes][]attribution.ReportedRow
	for of, bytes := range sums {
		r, counted := row("a", pod("web"), "10.244.1.5", "10.244.2.5"), model.Counts{WireBytes: bytes, Packets: 1}
		r.Row.Sent, r.Row.Received = counted, model.Counts{}
		if !of.bySender {
			r = row("b", pod("api"), "10.244.2.5", "10.244.1.5")
			r.Row.Role, r.Row.Sent, r.Row.Received = model.RoleServer, model.Counts{}, counted
		}
		r.Row.ServerPort = uint16(8000 + of.pair)
		r.Row.WindowStart, r.Row.WindowLength = start.Add(time.Duration(of.window)*borderWindow), borderWindow
		at := int(time.Duration(of.window) * borderWindow / time.Minute)
		minutes[at] = append(minutes[at], r)
	}
	return minutes
}

// TestWhatABorderCountsTwiceIsBounded: however far apart two agents read, all
// minutes together hold every byte that was sent, and nothing beyond it but what
// SilentAtBorderBytes says. Agents that read at one moment count nothing twice.
func TestWhatABorderCountsTwiceIsBounded(t *testing.T) {
	index, err := attribution.NewIndex(cluster())
	if err != nil {
		t.Fatal(err)
	}
	var coverage attribution.Coverage
	for _, node := range []string{"a", "b"} {
		coverage.Add(agent(node), model.Period{From: start, To: start.Add(borderMinutes * time.Minute)})
	}
	rapid.Check(t, func(t *rapid.T) {
		off := rapid.SampledFrom([]time.Duration{0, 10 * time.Millisecond, time.Second}).Draw(t, "how far off")
		onTheWay := time.Duration(rapid.Int64Range(0, off.Milliseconds()).Draw(t, "ms on the way")) * time.Millisecond
		all := drawSendings(t)
		var sent, counted, atBorder uint64
		for _, s := range all {
			sent += s.bytes
		}
		for _, rows := range reported(all, drawReader(t, "sender", off), drawReader(t, "receiver", off), onTheWay) {
			flows, check := attribution.Attribute(index, &coverage, rows)
			counted += total(flows).WireBytes
			atBorder += check.SilentAtBorderBytes
			if check.SilentAtBorderBytes != check.SenderSilentBytes {
				t.Fatalf("%+v: with agents read in time, a sender is silent at a border alone", check)
			}
		}
		if counted < sent || counted-sent > atBorder {
			t.Fatalf("%d bytes were sent and %d counted, of which %d may be there twice", sent, counted, atBorder)
		}
		if off == 0 && counted != sent {
			t.Fatalf("%d bytes were sent and %d counted by agents that read at one moment", sent, counted)
		}
	})
}
