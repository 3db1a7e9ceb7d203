//go:build linux

package e2e_test

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// sizes of transfers: nothing, one byte, either side of a segment, and much.
var sizes = []int64{0, 1, 1448, 1449, 1_000_000, 40_000_003}

// testBytes moves known numbers of bytes between two zones and follows them
// through every store to the API and to what they cost.
func testBytes(t *testing.T, w *world, s *stores) {
	capture, err := w.lab.Capture(w.pod(t, senderKey).Key())
	if err != nil {
		t.Fatal(err)
	}
	sent := &moved{begin: time.Now()}
	for _, size := range sizes {
		clearOfMinutesEnds(t)
		sent.add(w.transfer(t, size))
	}
	seen, err := capture.Stop()
	if err != nil {
		t.Fatal(err)
	}
	w.awaitTotals(t, s, sent, sent.transfers)
	head, _, err := s.head(t)
	if err != nil {
		t.Fatal(err)
	}
	of := since(sent.begin)
	found, err := w.transfers(t, of, head.Number)
	if err != nil {
		t.Fatal(err)
	}
	for _, done := range sent.transfers {
		t.Run(fmt.Sprint(done.Bytes), func(t *testing.T) {
			both, err := edgesOf(found, done)
			if err != nil {
				t.Fatal(err)
			}
			c := checked{w: w, s: s, done: done, both: both, of: of, version: head.Number}
			c.againstRaw(t)
			c.againstCapture(t, seen)
			for _, edge := range []apiTransfer{both.request, both.response} {
				c.againstStores(t, edge)
				c.againstPrices(t, edge)
			}
		})
	}
	checkNothingElse(t, s, sent)
	checkNothingUnknown(t, s, of, head.Number)
}

// checked is one transfer with the two edges that it became.
type checked struct {
	w       *world
	s       *stores
	done    lab.Transferred
	both    edges
	of      span
	version uint64
}

// againstRaw compares the edges with the raw rows of the end that sent.
func (c checked) againstRaw(t *testing.T) {
	t.Helper()
	client, server := c.done.Client.Addr(), c.done.Server.Addr()
	there, _, err := c.s.raw(t, model.RoleClient, client, server, c.done.Server.Port())
	if err != nil {
		t.Fatal(err)
	}
	back, arrived, err := c.s.raw(t, model.RoleServer, client, server, c.done.Server.Port())
	if err != nil {
		t.Fatal(err)
	}
	if uint64(c.done.Bytes) != there.PayloadBytes || uint64(c.done.Bytes) != arrived.PayloadBytes {
		t.Errorf("raw rows hold %d bytes of payload at the sender and %d at the receiver, want %d", there.PayloadBytes, arrived.PayloadBytes, c.done.Bytes)
	}
	for _, pair := range []struct {
		edge apiTransfer
		raw  model.Counts
	}{{c.both.request, there}, {c.both.response, back}} {
		e := pair.edge
		if uint64(e.Bytes) != pair.raw.WireBytes || uint64(e.PayloadBytes) != pair.raw.PayloadBytes || uint64(e.Packets) != pair.raw.Packets {
			t.Errorf("edge from %s: %d bytes, %d payload, %d packets; its raw rows say %+v", e.Source, e.Bytes, e.PayloadBytes, e.Packets, pair.raw)
		}
	}
}

// againstCapture compares wire bytes with a packet capture, which shares no
// code with the agents. The direction of the payload agrees within one in a
// thousand; so does the other, but for the options of selective
// acknowledgements, 12 to 36 bytes for each packet that saw others overtake it,
// which no counter of the kernel has.
func (c checked) againstCapture(t *testing.T, seen map[lab.Tuple]lab.Seen) {
	t.Helper()
	const mostOptions = 36
	there := seen[lab.Tuple{Source: c.done.Client, Destination: c.done.Server, Protocol: unix.IPPROTO_TCP}]
	back := seen[lab.Tuple{Source: c.done.Server, Destination: c.done.Client, Protocol: unix.IPPROTO_TCP}]
	if got := uint64(c.both.request.Bytes); !withinThousandth(got, there.Bytes) {
		t.Errorf("the payload's direction: %d wire bytes, the capture has %d (%d packets)", got, there.Bytes, there.Packets)
	}
	got := c.both.response
	options := uint64(c.done.Bytes) / 1448 * mostOptions
	if uint64(got.Packets) != back.Packets || uint64(got.Bytes) > back.Bytes || uint64(got.Bytes)+options < back.Bytes {
		t.Errorf("the answers' direction: %d wire bytes in %d packets, the capture has %d in %d", got.Bytes, got.Packets, back.Bytes, back.Packets)
	}
	if both := uint64(c.both.request.Bytes + got.Bytes); !withinThousandth(both, there.Bytes+back.Bytes) {
		t.Errorf("both directions: %d wire bytes, the capture has %d", both, there.Bytes+back.Bytes)
	}
	t.Logf("payload's direction %d of %d wire bytes, answers' direction %d of %d", c.both.request.Bytes, there.Bytes, got.Bytes, back.Bytes)
}

func withinThousandth(got, want uint64) bool {
	return want > 0 && (max(got, want)-min(got, want))*1000 <= want
}

// againstStores compares what the API says of an edge with Neo4j and with
// edge_minutes.
func (c checked) againstStores(t *testing.T, edge apiTransfer) {
	t.Helper()
	found, err := c.s.graph.Transfers(t.Context(), graphstore.Window{From: c.of.from, To: c.of.to, AsOf: c.version}, edge.Source)
	if err != nil {
		t.Fatal(err)
	}
	for i := range found {
		if found[i].ID.String() != edge.ID {
			continue
		}
		held := found[i]
		if held.Sent.WireBytes != uint64(edge.Bytes) || held.Sent.PayloadBytes != uint64(edge.PayloadBytes) || held.Cost.Decimal() != edge.Cost.Amount {
			t.Errorf("the API says %+v of an edge of which Neo4j says %+v", edge, held)
		}
		series, err := c.s.series(t, held.ID, c.of, c.version)
		if err != nil || series != held.Sent {
			t.Errorf("edge_minutes say %+v (%v) of an edge of which Neo4j says %+v", series, err, held.Sent)
		}
		return
	}
	t.Errorf("Neo4j has no edge %s", edge.ID)
}

// againstPrices prices an edge's minutes anew, by the engine and by hand.
func (c checked) againstPrices(t *testing.T, edge apiTransfer) {
	t.Helper()
	if edge.SourceZone == edge.DestinationZone || edge.Path != "vpc" || edge.PathAssumed {
		t.Errorf("edge %+v is not one between two zones of one VPC", edge)
	}
	cost, err := money.ParseDecimal(edge.Cost.Amount)
	if err != nil {
		t.Fatal(err)
	}
	if want := c.engine(t, edge); cost != want {
		t.Errorf("edge from %s costs %s, the pricing of its minutes says %s", edge.Source, edge.Cost.Amount, want.Decimal())
	}
	// By hand: 0.01 USD per GiB at either end.
	byHand := new(big.Rat).SetFrac(new(big.Int).SetUint64(2*uint64(edge.Bytes)), big.NewInt(100<<30))
	if got, _ := new(big.Rat).SetString(edge.Cost.Amount); got == nil || got.Cmp(byHand) != 0 || edge.Cost.Currency != "USD" {
		t.Errorf("edge from %s of %d bytes costs %s %s, by hand it is %s", edge.Source, edge.Bytes, edge.Cost.Amount, edge.Cost.Currency, byHand.FloatString(30))
	}
}

// engine prices each minute of an edge with costsvc.
func (c checked) engine(t *testing.T, edge apiTransfer) money.Amount {
	t.Helper()
	book, err := pricebooks.Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	var total money.Amount
	for minute := c.of.from; minute < c.of.to; minute++ {
		found, err := c.s.graph.Transfers(t.Context(), graphstore.Window{From: minute, To: minute + 1, AsOf: c.version}, edge.Source)
		if err != nil {
			t.Fatal(err)
		}
		for i := range found {
			if found[i].ID.String() != edge.ID {
				continue
			}
			of := model.EdgeMinute{Minute: minute, Key: found[i].Key, Sent: found[i].Sent, CheckBytes: found[i].CheckBytes, Checked: found[i].Checked}
			statement, _, err := pricing.Price(book, pricing.List, []model.EdgeMinute{of}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if total, err = total.Add(statement.Total); err != nil {
				t.Fatal(err)
			}
		}
	}
	return total
}

// checkNothingUnknown wants both ends of everything identified and priced in
// the newest version of every minute.
func checkNothingUnknown(t *testing.T, s *stores, of span, version uint64) {
	t.Helper()
	versions, err := s.flows.Versions(t.Context(), of.from, of.to, version)
	if err != nil {
		t.Fatal(err)
	}
	if len(versions) == 0 {
		t.Fatal("no version in the window")
	}
	newest := map[model.Minute]model.GraphVersion{}
	for _, v := range versions {
		newest[v.From] = v
	}
	for minute, v := range newest {
		if v.Totals.UnknownBytes != 0 || v.Totals.UnpricedBytes != 0 {
			t.Errorf("minute %s, version %d: %d of %d bytes have an unknown end and %d no price",
				minute, v.Number, v.Totals.UnknownBytes, v.Totals.Sent.WireBytes, v.Totals.UnpricedBytes)
		}
	}
}
