package neo4j_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
	"github.com/egressor/egressor/internal/report"
)

func create(t *testing.T, db *neo4j.DB, name string) {
	t.Helper()
	err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error {
		return tx.Exec(t.Context(), "CREATE (:Thing {name: $name})", neo4j.Params{"name": name})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func countThings(t *testing.T, db *neo4j.DB) (n int64) {
	t.Helper()
	err := db.ExecuteRead(t.Context(), func(tx neo4j.Tx) error {
		_, err := tx.Single(t.Context(), "MATCH (n:Thing) RETURN count(n)", nil, &n)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func alive(pid int) bool { return syscall.Kill(pid, 0) == nil }

func TestChildSurvivesStopAndKill(t *testing.T) {
	dir := t.TempDir()
	child := neo4jtest.Child(t, dir)
	db := neo4jtest.Connect(t, child)
	create(t, db, "first")

	killed := child.PID()
	if err := syscall.Kill(killed, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, 4*time.Minute, "restarted after SIGKILL", func() bool { pid := child.PID(); return pid != 0 && pid != killed })
	if got := countThings(t, db); got != 1 {
		t.Fatalf("after SIGKILL: %d nodes, want 1", got)
	}
	create(t, db, "second")

	pid := child.PID()
	if err := child.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	if alive(pid) {
		t.Fatalf("process %d is alive after Stop", pid)
	}

	// A lost password file means a new password, not a lost store.
	if err := os.Remove(filepath.Join(dir, "neo4j-password")); err != nil {
		t.Fatal(err)
	}
	again := neo4jtest.Connect(t, neo4jtest.Child(t, dir))
	if got := countThings(t, again); got != 2 {
		t.Fatalf("after a restart: %d nodes, want 2", got)
	}
	info, err := os.Stat(filepath.Join(dir, "neo4j-password"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("password file: %v, %v, want mode 0600", info.Mode(), err)
	}
}

func TestChildDiesWithItsParent(t *testing.T) {
	neo4jtest.DB(t) // skips where there is no Neo4j
	dir := t.TempDir()
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	parent := exec.Command(executable)
	parent.Env = append(os.Environ(), parentVariable+"="+dir)
	stdin, err := parent.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stdin.Close() }()
	stdout, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || pid == 0 {
		t.Fatalf("the parent said %q, want a PID", line)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait()
	eventually(t, time.Minute, fmt.Sprintf("process %d gone with its parent", pid), func() bool { return !alive(pid) })
	// The store that the dead left is taken over at once.
	neo4jtest.Child(t, dir)
}

func TestChildSaysWhatIsMissing(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	neo4jtest.DB(t)
	for name, tc := range map[string]struct {
		change func(*neo4j.ChildConfig)
		want   []string
	}{
		"busy port":    {func(c *neo4j.ChildConfig) { c.Listen = taken.Addr().String() }, []string{taken.Addr().String(), "--neo4j-listen"}},
		"no java":      {func(c *neo4j.ChildConfig) { c.Java = "no-such-java" }, []string{"no-such-java", "install Java 17"}},
		"no deps":      {func(c *neo4j.ChildConfig) { c.Deps = t.TempDir() }, []string{"make deps", "--neo4j-uri"}},
		"heap refused": {func(c *neo4j.ChildConfig) { c.HeapMiB = 1 << 30 }, []string{"ended", "heap"}},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := neo4jtest.ChildConfig(t.TempDir())
			tc.change(&cfg)
			child, err := neo4j.NewChild(report.Discard(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			err = child.Start(t.Context())
			if err == nil {
				_ = child.Stop(context.Background())
				t.Fatal("started")
			}
			for _, want := range tc.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not say %q", err, want)
				}
			}
		})
	}
}

func TestStoreInUseIsRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the other process's patience")
	}
	dir := t.TempDir()
	neo4jtest.Child(t, dir)
	second, err := neo4j.NewChild(report.Discard(), neo4jtest.ChildConfig(dir))
	if err != nil {
		t.Fatal(err)
	}
	err = second.Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), "another process uses the store") {
		t.Fatalf("a second server on one store: %v, want a refusal", err)
	}
}

func TestNoWayOut(t *testing.T) {
	db := neo4jtest.DB(t)
	secret := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(secret, []byte("a,b\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	reached := make(chan struct{}, 1)
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	go func() {
		if connection, err := server.Accept(); err == nil {
			reached <- struct{}{}
			_ = connection.Close()
		}
	}()
	for _, source := range []string{"file://" + secret, "http://" + server.Addr().String() + "/x.csv"} {
		err := db.ExecuteRead(t.Context(), func(tx neo4j.Tx) error {
			return tx.Exec(t.Context(), "LOAD CSV FROM $source AS row RETURN row", neo4j.Params{"source": source})
		})
		if err == nil {
			t.Errorf("LOAD CSV read %s", source)
		}
	}
	select {
	case <-reached:
		t.Error("Neo4j opened a connection")
	default:
	}
}

func TestTransactions(t *testing.T) {
	db := neo4jtest.DB(t)
	if server := db.Server(); server.Edition != "community" || !strings.HasPrefix(server.Version, "5.26.") {
		t.Fatalf("server %+v, want community 5.26", server)
	}
	wanted := errors.New("changed my mind")
	err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error {
		if err := tx.Exec(t.Context(), "CREATE (:Thing)", nil); err != nil {
			return err
		}
		return wanted
	})
	if !errors.Is(err, wanted) {
		t.Fatalf("error %v, want the work's own", err)
	}
	if got := countThings(t, db); got != 0 {
		t.Fatalf("%d nodes after a failed transaction, want 0", got)
	}
	err = db.ExecuteRead(t.Context(), func(tx neo4j.Tx) error { return tx.Exec(t.Context(), "CREATE (:Thing)", nil) })
	if err == nil {
		t.Fatal("a read transaction wrote")
	}
}

// A server that is ready and then does not answer for longer than one attempt takes,
// as on a machine that is very busy, is waited for and not given up.
func TestABusyServerIsWaitedFor(t *testing.T) {
	child := neo4jtest.Child(t, t.TempDir())
	settings := neo4j.DefaultConfig()
	settings.ConnectTimeout = 250 * time.Millisecond
	db, err := neo4j.New(report.Discard(), settings, neo4j.Dependencies{Child: child})
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(child.PID(), syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	started := make(chan error, 1)
	go func() { started <- db.Start(t.Context()) }()
	select {
	case err := <-started:
		t.Errorf("it was given up: %v", err)
		started <- err
	case <-time.After(3 * time.Second): // six attempts
	}
	if err := syscall.Kill(child.PID(), syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	if err := <-started; err != nil {
		t.Fatal(err)
	}
	if err := db.Stop(t.Context()); err != nil {
		t.Error(err)
	}
}
