package chaos_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/graphsvc/verify"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
	"github.com/egressor/egressor/internal/testkit"
)

// pointsVariable asks for the long versions, with so many points.
const pointsVariable = "EGRESSOR_CHAOS_POINTS"

// patience is generous: a JVM on a busy machine takes long to start.
const patience = 4 * time.Minute

// world is both stores as processes that can be killed.
type world struct {
	clickHouse    *clickhouse.Child
	clickHouseDir string
	neo4j         *neo4j.Child
	role          role
}

// newWorld starts both stores. They end with the test.
func newWorld(t *testing.T, laps int) *world {
	t.Helper()
	return newWorldIn(t, laps, t.TempDir())
}

// newWorldIn is newWorld with Neo4j in a directory, and ClickHouse elsewhere.
func newWorldIn(t *testing.T, laps int, dir string) *world {
	t.Helper()
	w := &world{clickHouseDir: filepath.Join(t.TempDir(), "clickhouse")}
	w.clickHouse = clickhouse.NewChild(slog.New(slog.DiscardHandler), clickhousetest.ChildConfig(t, w.clickHouseDir))
	if err := w.clickHouse.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.clickHouse.Stop(context.Background()) })
	w.neo4j = neo4jtest.Child(t, dir)
	password, err := os.ReadFile(filepath.Join(dir, "neo4j-password"))
	if err != nil {
		t.Fatal(err)
	}
	w.role = role{Laps: laps, Neo4j: neo4j.DefaultConfig()}
	w.role.Neo4j.URI, w.role.Neo4j.Password = "bolt://"+w.neo4j.Address(), strings.TrimSpace(string(password))
	w.role.ClickHouse = clickhouse.Config{Address: w.clickHouse.URL(), PasswordFile: clickhouse.KeyFile(w.clickHouseDir)}
	return w
}

// begin empties the graph and gives the run a ClickHouse database of its own,
// with the story's facts.
func (w *world) begin(t *testing.T, database string) *rolluptest.Stores {
	t.Helper()
	w.role.ClickHouse.Database = database
	stores, err := connect(t.Context(), w.role)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = stores.ClickHouse.Stop(context.Background())
		_ = stores.Neo4j.Stop(context.Background())
	})
	clickhousetest.Migrate(t, stores.ClickHouse)
	if err := neo4j.Migrate(t.Context(), stores.Neo4j); err != nil {
		t.Fatal(err)
	}
	neo4jtest.Clean(t, stores.Neo4j)
	_, facts := rolluptest.Laps(t, w.role.Laps)
	if err := stores.Flows.RecordFacts(t.Context(), facts, rolluptest.First.Start()); err != nil {
		t.Fatal(err)
	}
	return stores
}

// told is what a run leaves in both stores.
type told struct {
	InGraph, InSeries []model.GraphVersion
	Problems          []string
	Batches           int
}

// read asks both stores for everything, past the services.
func (w *world) read(t *testing.T, stores *rolluptest.Stores) told {
	t.Helper()
	stores = stores.Again()
	var got told
	var err error
	if got.InGraph, err = stores.Graph.Versions(t.Context(), 0, 1<<20); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(got.InGraph)
	from, to := rolluptest.First-60, through(w.role.Laps)
	if got.InSeries, err = stores.Flows.Versions(t.Context(), from, to, 1<<40); err != nil {
		t.Fatal(err)
	}
	for _, versions := range [][]model.GraphVersion{got.InGraph, got.InSeries} {
		for i := range versions {
			versions[i].CommittedAt = time.Time{} // a retry is later
		}
	}
	verifier := verify.Verifier{Flows: stores.Flows, Graph: stores.Graph, Terms: rolluptest.ListPrices(t, stores.Flows)}
	err = verifier.Run(t.Context(), from, to, func(checked verify.Checked) {
		for _, problem := range checked.Problems {
			got.Problems = append(got.Problems, fmt.Sprintf("version %d: %s", checked.Version.Number, problem))
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	runs, err := stores.Flows.RunsSince(t.Context(), rolluptest.First.Start())
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range runs {
		got.Batches += int(run.Last - run.First + 1)
	}
	return got
}

// expectEqual compares a disturbed run with an undisturbed one.
func expectEqual(t *testing.T, undisturbed, disturbed told) {
	t.Helper()
	if diff := cmp.Diff(undisturbed, disturbed, cmpopts.EquateComparable(money.Amount{})); diff != "" {
		t.Fatalf("(-undisturbed +disturbed):\n%s", diff)
	}
}

// undisturbed is what one service stores that nobody disturbs.
func (w *world) undisturbed(t *testing.T) told {
	t.Helper()
	stores := w.begin(t, "undisturbed")
	s := w.launch(t)
	s.awaitEnd(t)
	got := w.read(t, stores)
	if len(got.InGraph) != 4*w.role.Laps || len(got.Problems) > 0 {
		t.Fatalf("undisturbed: %d versions, want %d; verify: %v", len(got.InGraph), 4*w.role.Laps, got.Problems)
	}
	return got
}

// service is one process that tells the story.
type service struct {
	cmd    *exec.Cmd
	stderr *tail
	input  io.Closer
	// What it said last.
	version      atomic.Int64
	ready, leads atomic.Bool
	ended        atomic.Bool
	silent       chan struct{} // closed when it says nothing more
}

// launch starts a service. It ends with the test.
func (w *world) launch(t *testing.T) *service {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(w.role)
	if err != nil {
		t.Fatal(err)
	}
	s := &service{cmd: exec.Command(self), stderr: &tail{}, silent: make(chan struct{})}
	s.cmd.Env = append(os.Environ(), roleVariable+"="+string(text))
	s.cmd.Stderr = s.stderr
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if s.input, err = s.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go s.listen(stdout)
	t.Cleanup(s.kill)
	return s
}

// listen takes down what the service says.
func (s *service) listen(stdout io.Reader) {
	defer close(s.silent)
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		var number int64
		switch line := lines.Text(); {
		case line == "ready":
			s.ready.Store(true)
		case line == "end":
			s.ended.Store(true)
		case strings.HasPrefix(line, "leads "):
			s.leads.Store(line == "leads true")
		default:
			if _, err := fmt.Sscanf(line, "version %d", &number); err == nil {
				s.version.Store(number)
			}
		}
	}
}

// await waits for something that the service says.
func (s *service) await(t *testing.T, what string, said func() bool) {
	t.Helper()
	eventually(t, what, func() bool {
		if said() {
			return true
		}
		select {
		case <-s.silent:
			if !said() {
				t.Fatalf("the service ended and never said %s:\n%s", what, s.stderr)
			}
		default:
		}
		return false
	}, s.stderr)
}

func (s *service) awaitVersion(t *testing.T, number int) {
	t.Helper()
	s.await(t, fmt.Sprintf("version %d", number), func() bool { return s.version.Load() >= int64(number) })
}

func (s *service) awaitReady(t *testing.T) { t.Helper(); s.await(t, "ready", s.ready.Load) }
func (s *service) awaitEnd(t *testing.T)   { t.Helper(); s.await(t, "end", s.ended.Load) }

// signal sends one, to a service that may have ended.
func (s *service) signal(what syscall.Signal) { _ = s.cmd.Process.Signal(what) }

// kill is kill -9, awaited.
func (s *service) kill() {
	_ = s.cmd.Process.Kill()
	<-s.silent // before Wait, which closes what it reads from
	_ = s.cmd.Wait()
	_ = s.input.Close()
}

// tail keeps the end of what a process writes.
type tail struct {
	mu   sync.Mutex
	text []byte
}

func (o *tail) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	const most = 8 << 10
	o.text = append(o.text, p...)
	o.text = bytes.Clone(o.text[max(0, len(o.text)-most):])
	return len(p), nil
}

func (o *tail) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return string(o.text)
}

// scale is how many points a run is disturbed at, and how long its story is:
// short in the tests, long in `make chaos`.
func scale(t *testing.T) (points, laps int) {
	t.Helper()
	text := os.Getenv(pointsVariable)
	if text == "" {
		return 6, 3
	}
	if _, err := fmt.Sscan(text, &points); err != nil || points < 1 {
		t.Fatalf("%s=%q: want a number of kills", pointsVariable, text)
	}
	return points, points
}

// eventually asks until it is so.
func eventually(t *testing.T, what string, done func() bool, context ...fmt.Stringer) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(patience); !done(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("not within %s: %s\n%v", patience, what, context)
		}
	}
}

func require(t *testing.T) {
	t.Helper()
	testkit.Require(t, "neo4j", neo4jtest.Missing())
}
