//go:build linux

package chaos_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/agent/spool"
	"github.com/egressor/egressor/graphsvc/disk"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit"
)

// smallDisk is a volume of its own of so many MiB, which grow makes larger.
func smallDisk(t *testing.T, mebi int) (dir string, grow func(mebi int)) {
	t.Helper()
	dir = t.TempDir()
	err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dm", mebi))
	testkit.Require(t, "lab", err) // which needs root, too
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmounting %s: %v", dir, err)
		}
	})
	return dir, func(mebi int) {
		t.Helper()
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%dm", mebi)); err != nil {
			t.Fatalf("giving %s more room: %v", dir, err)
		}
	}
}

// guarded is a watch of a disk and what it says.
type guarded struct {
	*disk.Watch
	log bytes.Buffer
}

func guard(dir string) *guarded {
	g := &guarded{}
	g.Watch = disk.New(dir, 0, clock.System{}, slog.New(slog.NewTextHandler(&g.log, nil)), prometheus.NewRegistry())
	return g
}

// fill writes until a write fails, and wants the alarm before that and an error
// that says what is the matter.
func fill(t *testing.T, g *guarded, write func(n int) error) (written int) {
	t.Helper()
	const most = 2000
	for alarmed := 0; written < most; written++ {
		if g.Measure().Level() >= disk.Low && alarmed == 0 {
			alarmed = written + 1
		}
		err := write(written)
		if err == nil {
			continue
		}
		if text := strings.ToLower(err.Error()); !strings.Contains(text, "space") {
			t.Errorf("write %d on a full disk failed with %q, which does not say that there is no space", written, err)
		}
		if alarmed == 0 || !strings.Contains(g.log.String(), "the disk is getting full") {
			t.Errorf("write %d failed before any alarm; usage %s", written, g.Measure())
		}
		t.Logf("alarm before write %d, write %d refused: %v", alarmed, written+1, err)
		return written
	}
	t.Fatalf("%d writes did not fill the disk: %s", most, g.Measure())
	return 0
}

// again tries a write until it goes through.
func again(t *testing.T, write func() error) {
	t.Helper()
	begin := time.Now()
	var last error
	eventually(t, "the write goes through once there is room", func() bool { last = write(); return last == nil }, text{&last})
	t.Logf("written %s after there was room", time.Since(begin).Round(time.Millisecond))
}

// text shows an error that is still to come.
type text struct{ err *error }

func (e text) String() string { return fmt.Sprint(*e.err) }

// wideBatch is a batch that hardly compresses.
func wideBatch(random *rand.Rand, number int) model.Batch {
	at := time.Now().UTC().Truncate(time.Minute).Add(-time.Hour)
	batch := model.Batch{
		BatchKey:    model.BatchKey{Agent: model.AgentID{Cluster: "lab", Node: "node"}, Boot: "boot", Sequence: uint64(number + 1)},
		Mode:        model.CaptureSockets,
		CoveredFrom: at, CoveredThrough: at.Add(time.Second),
	}
	for range 20_000 {
		counts := model.Counts{WireBytes: random.Uint64() >> 1, PayloadBytes: random.Uint64() >> 1, Packets: random.Uint64() >> 1}
		batch.Flows = append(batch.Flows, model.FlowRow{
			Local: model.LocalEnd{Kind: model.LocalPod, ID: "uid"}, LocalAddr: netip.MustParseAddr("10.0.0.1"), RemoteAddr: netip.AddrFrom4([4]byte{10, byte(random.Uint32()), byte(random.Uint32()), byte(random.Uint32())}),
			ServerPort: uint16(random.Uint32()), Protocol: model.TCP, WindowStart: at, WindowLength: time.Second, Sent: counts, Received: counts,
		})
	}
	return batch
}

// Of what ClickHouse acknowledged before its disk was full nothing is lost, what
// it refused is told and stored once there is room, and nothing is there twice.
func TestClickHouseOnAFullDisk(t *testing.T) {
	if os.Getenv(pointsVariable) == "" {
		t.Skip("it takes minutes to fill a disk on which merges still have room: make chaos does it")
	}
	random := testkit.Rand(t)
	dir, grow := smallDisk(t, 160)
	data := filepath.Join(dir, "clickhouse")
	child := clickhouse.NewChild(slog.New(slog.DiscardHandler), clickhousetest.ChildConfig(t, data))
	if err := child.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = child.Stop(context.Background()) })
	db, err := clickhouse.New(slog.New(slog.DiscardHandler), clickhouse.Config{Address: child.URL(), PasswordFile: clickhouse.KeyFile(data), Database: "egressor"})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Stop(context.Background()) })
	if _, err := clickhouse.Migrate(t.Context(), slog.New(slog.DiscardHandler), db); err != nil {
		t.Fatal(err)
	}
	store := flowstore.New(db)
	var refused model.Batch
	appendOne := func(batch model.Batch) error {
		return store.Append(t.Context(), batch, fmt.Sprint(batch.Sequence), time.Now())
	}
	written := fill(t, guard(dir), func(n int) error {
		refused = wideBatch(random, n)
		return appendOne(refused)
	})
	grow(400)
	again(t, func() error { return appendOne(refused) })
	var batches, rows uint64
	err = db.QueryRow(t.Context(), `SELECT uniqExact(sequence), count() FROM flows
		WHERE (node, sequence, attempt) IN (SELECT node, sequence, attempt FROM batches)`).Scan(&batches, &rows)
	if want := uint64(written + 1); err != nil || batches != want || rows != want*20_000 {
		t.Errorf("%d batches of %d rows are stored (%v), want %d of %d", batches, rows, err, want, want*20_000)
	}
}

// Neo4j stops for good when it cannot write its log, and is started again once
// there is room. Nothing that it acknowledged is lost.
func TestNeo4jOnAFullDisk(t *testing.T) {
	require(t)
	random := testkit.Rand(t)
	dir, grow := smallDisk(t, 192)
	said := &tail{}
	reporter := report.New(said, slog.LevelInfo)
	child, err := neo4j.NewChild(reporter, neo4jtest.Restartable(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = child.Stop(context.Background()) })
	db, before := neo4jtest.Connect(t, child), child.PID()
	blob := incompressible(random)
	create := func(n int) error {
		return db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error {
			// MERGE as Publish does it: a commit of unknown outcome is not repeated blindly.
			return tx.Exec(t.Context(), "MERGE (f:Filler {n: $n}) SET f.blob = $blob", neo4j.Params{"n": int64(n), "blob": blob})
		})
	}
	written := fill(t, guard(dir), create)
	// By now its child may have killed it, and wait for room.
	if err := db.Ping(t.Context()); err == nil || !strings.Contains(err.Error(), "space") {
		t.Errorf("the health check of a Neo4j that has stopped says %v", err)
	}
	eventually(t, "the child sees that it has stopped", func() bool { return child.PID() != before })
	if err := db.Ping(t.Context()); err == nil || !strings.Contains(err.Error(), "space") {
		t.Errorf("the health check of a Neo4j that waits for room says %v", err)
	}
	t.Logf("when it had been killed: %s", guard(dir).Measure())
	grow(400)
	again(t, func() error { return create(written) })
	if restarts := restartsFor(t, reporter.Registry(), "stopped"); restarts != 1 {
		t.Errorf("%v restarts of a database that stopped were counted, want 1", restarts)
	}
	if !strings.Contains(said.String(), "the database takes no transactions any more") {
		t.Errorf("the log does not say that the database has stopped:\n%s", said)
	}
	var found, most int64
	err = db.ExecuteRead(t.Context(), func(tx neo4j.Tx) error {
		_, err := tx.Single(t.Context(), "MATCH (f:Filler) RETURN count(f), max(f.n)", nil, &found, &most)
		return err
	})
	if err != nil || found != int64(written+1) || most != int64(written) {
		t.Errorf("%d nodes up to %d are there (%v), want %d", found, most, err, written+1)
	}
}

// incompressible is a MiB that takes a MiB wherever it is written.
func incompressible(random *rand.Rand) []byte {
	blob := make([]byte, 1<<20)
	for i := range blob {
		blob[i] = byte(random.Uint32())
	}
	return blob
}

// press makes Neo4j write a MiB to its log for a node that is none of the graph's.
func press(t *testing.T, db *neo4j.DB, blob []byte) error {
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	return db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		return tx.Exec(ctx, "MERGE (f:Ballast) SET f.blob = $blob", neo4j.Params{"blob": blob})
	})
}

// restartsFor is how many restarts of Neo4j were counted for a reason.
func restartsFor(t *testing.T, registry *prometheus.Registry, reason string) (count float64) {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			if family.GetName() == "egressor_neo4j_embedded_restarts_total" && metric.GetLabel()[0].GetValue() == reason {
				count += metric.GetCounter().GetValue()
			}
		}
	}
	return count
}

// The disk under Neo4j fills up in the middle of a run and has room again a while
// later. The run must end as one that nobody disturbed.
func TestARunWhoseGraphRunsOutOfDisk(t *testing.T) {
	require(t)
	random := testkit.Rand(t)
	points, laps := scale(t)
	dir, _ := smallDisk(t, 512)
	w := newWorldIn(t, laps, dir)
	want := w.undisturbed(t)
	stores := w.begin(t, "disturbed")
	blob := incompressible(random)
	s := w.launch(t)
	for _, at := range drawn(random, max(1, points/10), 4*laps) {
		s.awaitVersion(t, at)
		before := w.neo4j.PID()
		empty := ballast(t, dir)
		// What the run has still to write may fit into the log that is there.
		eventually(t, "neo4j is seen to have stopped", func() bool {
			_ = press(t, stores.Neo4j, blob)
			return w.neo4j.PID() != before // it may be back by now: a JVM that ends leaves some room
		})
		stood := s.version.Load()
		empty()
		struck := time.Now()
		eventually(t, "neo4j is back", func() bool { now := w.neo4j.PID(); return now != 0 && now != before })
		t.Logf("full after version %d, stopped at %d, back %s after there was room", at, stood, time.Since(struck).Round(time.Millisecond))
	}
	s.awaitEnd(t)
	expectEqual(t, want, w.read(t, stores))
}

// ballast takes all that a volume has left, until it is emptied.
func ballast(t *testing.T, dir string) (empty func()) {
	t.Helper()
	file, err := os.Create(filepath.Join(dir, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	chunk := bytes.Repeat([]byte{7}, 4096)
	for err == nil {
		_, err = file.Write(chunk)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("filling %s: %v", dir, err)
	}
	return func() {
		t.Helper()
		if err := errors.Join(file.Close(), os.Remove(file.Name())); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSpoolOnAFullDisk(t *testing.T) {
	dir, grow := smallDisk(t, 8)
	s, err := spool.Open(spool.Configuration{Dir: filepath.Join(dir, "spool"), LimitBytes: 64 << 20})
	if err != nil {
		t.Fatal(err)
	}
	payload := func(n int) []byte { return bytes.Repeat([]byte{byte(n)}, 100_000) }
	put := func(n int) error { _, err := s.Append(payload(n), spool.Summary{}, nil); return err }
	written := fill(t, guard(dir), put)
	grow(16)
	again(t, func() error { return put(written) })
	if err := s.Close(); err != nil { // as a crash would: everything acknowledged is on disk
		t.Fatal(err)
	}
	if s, err = spool.Open(spool.Configuration{Dir: filepath.Join(dir, "spool"), LimitBytes: 64 << 20}); err != nil {
		t.Fatal(err)
	}
	after := uint64(0)
	for n := range written + 1 {
		record, ok, err := s.Next(after)
		if err != nil || !ok || !bytes.Equal(record.Payload, payload(n)) {
			t.Fatalf("record %d of %d: there %t, error %v", n, written+1, ok, err)
		}
		after = record.Number
	}
	if _, more, err := s.Next(after); more || err != nil {
		t.Errorf("a record too many: %t, %v", more, err)
	}
	if err := errors.Join(s.Close()); err != nil {
		t.Error(err)
	}
}
