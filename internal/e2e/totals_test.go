//go:build linux

package e2e_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/lab"
)

const (
	senderEntity   = "w/lab/shop/Deployment/sender"
	receiverEntity = "w/lab/data/Deployment/receiver"
)

// foldTime bounds the wait from a transfer's end to its bytes in the graph: the
// rest of its minute, the grace, a refold and a busy machine.
const foldTime = 3 * time.Minute

// edges are the two directions of one transfer.
type edges struct{ request, response apiTransfer }

// edgesOf finds a transfer's two edges by its server's port.
func edgesOf(found map[string]apiTransfer, done lab.Transferred) (edges, error) {
	var both edges
	for _, transfer := range found {
		if transfer.ServerPort != done.Server.Port() {
			continue
		}
		target := &both.request
		if transfer.Source == receiverEntity {
			target = &both.response
		}
		if target.ID != "" {
			return both, fmt.Errorf("two edges from %s on port %d: %+v and %+v", transfer.Source, transfer.ServerPort, *target, transfer)
		}
		*target = transfer
	}
	if both.request.ID == "" || both.response.ID == "" {
		return both, fmt.Errorf("no edge yet for a transfer of %d bytes to port %d: %+v", done.Bytes, done.Server.Port(), both)
	}
	return both, nil
}

// moved is everything that a test has sent, and since when.
type moved struct {
	begin     time.Time
	transfers []lab.Transferred
}

func (m *moved) add(done lab.Transferred) { m.transfers = append(m.transfers, done) }

// byPort is the payload per server's port: the kernel hands a port out again
// sooner or later.
func (m *moved) byPort() map[uint16]uint64 {
	sums := map[uint16]uint64{}
	for _, done := range m.transfers {
		sums[done.Server.Port()] += uint64(done.Bytes)
	}
	return sums
}

// awaitTotals waits until the graph holds some of what was sent, to the byte.
func (w *world) awaitTotals(t *testing.T, s *stores, m *moved, some []lab.Transferred) {
	t.Helper()
	eventually(t, foldTime, "the graph has what was sent", func() error {
		held, version, err := w.held(t, s, m.begin)
		if err != nil {
			return err
		}
		want, wrong, message := m.byPort(), 0, ""
		for _, done := range some {
			if port := done.Server.Port(); held[port] != want[port] {
				wrong++
				message = fmt.Sprintf("the graph has %d bytes of payload to port %d, %d were sent", held[port], port, want[port])
			}
		}
		if wrong > 0 {
			return fmt.Errorf("%d of %d transfers, as of version %d: %s", wrong, len(some), version, message)
		}
		return nil
	})
}

// held is the payload that the API says went from the sender to the receiver,
// per server's port, as of the newest version.
func (w *world) held(t *testing.T, s *stores, begin time.Time) (byPort map[uint16]uint64, version uint64, err error) {
	t.Helper()
	head, ok, err := s.head(t)
	if err != nil || !ok {
		return nil, 0, fmt.Errorf("no version yet (%w)", err)
	}
	found, err := w.transfers(t, since(begin), head.Number)
	byPort = map[uint16]uint64{}
	for _, transfer := range found {
		byPort[transfer.ServerPort] += uint64(transfer.PayloadBytes)
	}
	return byPort, head.Number, err
}

// checkNothingElse wants the whole graph to hold what was sent between the two
// and no more: nothing twice, nothing under another name.
func checkNothingElse(t *testing.T, s *stores, m *moved) {
	t.Helper()
	head, _, err := s.head(t)
	if err != nil {
		t.Fatal(err)
	}
	of, sums := since(m.begin), m.byPort()
	found, err := s.graph.Transfers(t.Context(), graphstore.Window{From: of.from, To: of.to, AsOf: head.Number}, "")
	if err != nil {
		t.Fatal(err)
	}
	var want, got uint64
	for _, payload := range sums {
		want += payload
	}
	for i := range found {
		if _, mine := sums[found[i].Key.ServerPort]; mine || found[i].Key.Source.ID() == senderEntity {
			got += found[i].Sent.PayloadBytes
		}
	}
	if got != want {
		t.Errorf("the graph holds %d bytes of payload in all, %d were sent", got, want)
	}
}

// checkVersions wants every number from 1 to the newest once, in both stores,
// each chained to the one before.
func checkVersions(t *testing.T, s *stores) {
	t.Helper()
	head, ok, err := s.head(t)
	if err != nil || !ok {
		t.Fatalf("no version (%v)", err)
	}
	stored, err := s.flows.Versions(t.Context(), 0, head.To+1, head.Number)
	if err != nil {
		t.Fatal(err)
	}
	if len(stored) != int(head.Number) {
		t.Errorf("clickhouse holds %d versions up to number %d", len(stored), head.Number)
	}
	previous := ""
	for i, version := range stored {
		if version.Number != uint64(i)+1 {
			t.Fatalf("version number %d stands where %d belongs", version.Number, i+1)
		}
		if string(version.Previous) != previous {
			t.Errorf("version %d does not follow the one before", version.Number)
		}
		previous = string(version.Digest)
		held, ok, err := s.graph.Version(t.Context(), version.Number)
		if err != nil || !ok || held.Digest != version.Digest {
			t.Errorf("version %d in the graph: %v %v, digest %s, want %s", version.Number, ok, err, held.Digest, version.Digest)
		}
	}
}

// logVersions tells which minutes were folded when, and from what.
func logVersions(t *testing.T, s *stores) {
	t.Helper()
	head, _, err := s.head(t)
	if err != nil {
		t.Log(err)
		return
	}
	versions, err := s.flows.Versions(t.Context(), 0, head.To+1, head.Number)
	if err != nil {
		t.Log(err)
	}
	for _, v := range versions {
		t.Logf("version %d, %s of %s, at %s from %v", v.Number, v.Kind, v.From, v.CommittedAt.Format("15:04:05"), v.Inputs)
	}
}

// checkProven runs `egressor verify` and wants every version proven.
func (w *world) checkProven(t *testing.T) {
	t.Helper()
	if got := w.command(t, "verify"); got.code != 0 {
		t.Errorf("egressor verify exits with %d:\n%s%s", got.code, got.stdout, got.stderr)
	}
}
