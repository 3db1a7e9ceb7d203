package chaos_test

import (
	"context"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/egressor/egressor/agent/spool"
	"github.com/egressor/egressor/agent/uplink"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit"
	"github.com/egressor/egressor/internal/wire"
)

// Between an agent and the service the network is cut, slow, silent and broken in
// mid-answer while batches are sent. In the end each is in the ledger once.
func TestNetworkOfTheAgentFails(t *testing.T) {
	random := testkit.Rand(t)
	db := clickhousetest.Open(t)
	if _, err := clickhouse.Migrate(t.Context(), report.Discard().Log("test"), db); err != nil {
		t.Fatal(err)
	}
	settings := ingest.DefaultConfiguration()
	settings.Listen = "127.0.0.1:0"
	server, err := ingest.New(report.Discard(), settings, ingest.Dependencies{Store: flowstore.New(db), Clock: clock.System{}})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop(context.Background()) })
	between := newProxy(t, "ingest", server.Address())
	queue, up := newUplink(t, between.Listen)

	const perFault, rows = 20, 50
	number := uint64(0)
	send := func() {
		for range perFault {
			number++
			batch := smallBatch(number, rows)
			payload, err := wire.Encode(batch)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := queue.Append(payload, spool.Summary{Flows: rows, From: batch.CoveredFrom, Through: batch.CoveredThrough}, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, fault := range netFaults() {
		send()
		wait(t.Context(), time.Duration(random.Int64N(int64(30*time.Millisecond))))
		fault.begin(t, between)
		send()
		wait(t.Context(), 1500*time.Millisecond) // more than the uplink waits for an answer
		fault.end(t, between)
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		begin := time.Now()
		if err := up.Drain(ctx); err != nil {
			t.Fatalf("%s: %v", fault.name, err)
		}
		cancel()
		t.Logf("%s: all %d batches acknowledged %s after it ended", fault.name, number, time.Since(begin).Round(10*time.Millisecond))
	}
	var ledger, batches, stored uint64
	err = db.QueryRow(t.Context(), `SELECT (SELECT count() FROM batches), uniqExact(sequence), count() FROM flows
		WHERE (sequence, attempt) IN (SELECT sequence, min(attempt) FROM batches GROUP BY sequence)`).Scan(&ledger, &batches, &stored)
	if err != nil || ledger != number || batches != number || stored != number*rows {
		t.Errorf("the ledger has %d rows, and %d batches %d flows (%v); want %d, %d and %d", ledger, batches, stored, err, number, number, number*rows)
	}
}

// newUplink sends what is put into the spool to an address.
func newUplink(t *testing.T, address string) (*spool.Spool, *uplink.Uplink) {
	t.Helper()
	queue, err := spool.Open(spool.Configuration{Dir: t.TempDir(), LimitBytes: 64 << 20})
	if err != nil {
		t.Fatal(err)
	}
	settings := uplink.DefaultConfiguration()
	settings.Server, settings.AnswerTimeout, settings.BackoffMin, settings.BackoffMax = address, time.Second, 20*time.Millisecond, 200*time.Millisecond
	up, err := uplink.New(report.Discard(), settings, uplink.Dependencies{
		Spool: queue, Clock: clock.System{},
		SetAside: func(record spool.Record, why string) error {
			return fmt.Errorf("record %d was refused: %s", record.Number, why)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := up.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = up.Stop(context.Background())
		_ = queue.Close()
	})
	return queue, up
}

func smallBatch(sequence uint64, rows int) model.Batch {
	at := time.Now().UTC().Truncate(time.Second)
	batch := model.Batch{
		BatchKey:    model.BatchKey{Agent: model.AgentID{Cluster: "lab", Node: "node"}, Boot: "boot", Sequence: sequence},
		Mode:        model.CaptureSockets,
		CoveredFrom: at, CoveredThrough: at.Add(time.Second),
	}
	for row := range rows {
		batch.Flows = append(batch.Flows, model.FlowRow{
			Local: model.LocalEnd{Kind: model.LocalPod, ID: "uid"}, LocalAddr: netip.MustParseAddr("10.0.0.1"), RemoteAddr: netip.AddrFrom4([4]byte{10, 1, 0, byte(row)}),
			ServerPort: 80, Protocol: model.TCP, WindowStart: at, WindowLength: time.Second, Sent: model.Counts{WireBytes: sequence, PayloadBytes: 1, Packets: 1},
		})
	}
	return batch
}
