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

// edgesOf finds a transfer's two edges by its server's port, which no other
// transfer has.
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

// moved is what a test has sent, and since when.
type moved struct {
	begin     time.Time
	transfers []lab.Transferred
}

func (m *moved) add(done lab.Transferred) { m.transfers = append(m.transfers, done) }

// reached reports whether the graph holds each transfer to the byte.
func (w *world) reached(t *testing.T, s *stores, m moved) error {
	t.Helper()
	head, ok, err := s.head(t)
	if err != nil || !ok {
		return fmt.Errorf("no version yet (%w)", err)
	}
	found, err := w.transfers(t, since(m.begin), head.Number)
	if err != nil {
		return err
	}
	wrong := 0
	var first error
	for _, done := range m.transfers {
		both, err := edgesOf(found, done)
		if err == nil && uint64(both.request.PayloadBytes) != uint64(done.Bytes) {
			err = fmt.Errorf("the graph has %d bytes of payload to port %d, %d were sent", both.request.PayloadBytes, done.Server.Port(), done.Bytes)
		}
		if err != nil {
			if wrong++; first == nil {
				first = err
			}
		}
	}
	if wrong > 0 {
		return fmt.Errorf("%d of %d transfers, as of version %d: %w", wrong, len(m.transfers), head.Number, first)
	}
	return nil
}

// awaitTotals waits until the graph holds each transfer to the byte.
func (w *world) awaitTotals(t *testing.T, s *stores, m moved) {
	t.Helper()
	eventually(t, foldTime, "the graph has what was sent", func() error { return w.reached(t, s, m) })
}

// checkNothingElse compares the sum over all edges of the sender with the sum
// of what was sent: nothing twice, nothing under another name.
func (w *world) checkNothingElse(t *testing.T, s *stores, m moved) {
	t.Helper()
	head, _, err := s.head(t)
	if err != nil {
		t.Fatal(err)
	}
	of := since(m.begin)
	found, err := s.graph.Transfers(t.Context(), graphstore.Window{From: of.from, To: of.to, AsOf: head.Number}, senderEntity)
	if err != nil {
		t.Fatal(err)
	}
	mine := map[uint16]bool{}
	var want, got uint64
	for _, done := range m.transfers {
		mine[done.Server.Port()] = true
		want += uint64(done.Bytes)
	}
	for i := range found {
		if mine[found[i].Key.ServerPort] {
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

// checkProven runs `egressor verify` and wants every version proven.
func (w *world) checkProven(t *testing.T) {
	t.Helper()
	if got := w.command(t, "verify"); got.code != 0 {
		t.Errorf("egressor verify exits with %d:\n%s%s", got.code, got.stdout, got.stderr)
	}
}
