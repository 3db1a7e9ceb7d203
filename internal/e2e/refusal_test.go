//go:build linux

package e2e_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
)

// refusal is a start that must fail, with what its message has to say: what
// failed, on which object, and what to do.
type refusal struct {
	name string
	args []string
	env  []string
	code int
	says []string
}

// refusalTime bounds a start that is to fail.
const refusalTime = time.Minute

func (r refusal) check(t *testing.T) {
	t.Run(r.name, func(t *testing.T) {
		got := runFor(t, refusalTime, t.TempDir(), r.env, r.args...)
		if got.code != r.code {
			t.Errorf("exit code %d, want %d", got.code, r.code)
		}
		message := got.stderr[strings.LastIndex("\n"+got.stderr, "\negressor: "):]
		for _, want := range r.says {
			if !strings.Contains(message, want) {
				t.Errorf("the message does not say %q", want)
			}
		}
		if t.Failed() {
			t.Logf("egressor %v:\n%s", r.args, lastLines(got.stderr))
		}
	})
}

// attached are the flags by which a second service would use a running one's
// stores, with a ClickHouse database of its own.
func (w *world) attached(database string) []string {
	return []string{
		"--listen", "127.0.0.1:0", "--ingest-listen", "127.0.0.1:0", "--clickhouse-address", w.clickHouseURL(),
		"--clickhouse-database", database, "--clickhouse-password-file", w.keyFile(), "--neo4j-uri", w.neo4jURI(), "--neo4j-password-file", w.passwordFile(),
	}
}

// testRefusals gives the program wrong settings beside a running service.
func testRefusals(t *testing.T, w *world, s *stores) {
	const database = "refusals"
	serve := func(more ...string) []string { return slices.Concat([]string{"serve"}, w.attached(database), more) }
	dir := t.TempDir()
	wrongPassword, brokenInventory := filepath.Join(dir, "password"), filepath.Join(dir, "inventory.yaml")
	for path, text := range map[string]string{wrongPassword: "not the password\n", brokenInventory: "pods:\n  - name: web\n    address: [10.0\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	nobody, busy := freeAddress(t), busyAddress(t)
	for _, r := range []refusal{
		{"wrong clickhouse address", serve("--clickhouse-address", nobody), nil, 1, []string{"clickhouse at " + nobody, "nothing listens there", "--clickhouse-address"}},
		{"unknown clickhouse host", serve("--clickhouse-address", "no-such-host.invalid"), nil, 1, []string{"clickhouse at no-such-host.invalid:9000", "--clickhouse-address"}},
		{"clickhouse address of another protocol", serve("--clickhouse-address", w.flag("--listen")), nil, 1, []string{"clickhouse at " + w.flag("--listen"), "native protocol"}},
		{"wrong clickhouse password", serve("--clickhouse-password-file", wrongPassword), nil, 1, []string{"clickhouse at " + w.flag("--clickhouse-listen"), `refused user "default"`, "--clickhouse-password-file", "The key is wrong", w.keyFile()}},
		{"wrong neo4j address", serve("--neo4j-uri", "bolt://"+nobody), nil, 1, []string{"neo4j at bolt://" + nobody, "nothing listens there", "--neo4j-uri"}},
		{"neo4j address of another protocol", serve("--neo4j-uri", "bolt://"+w.flag("--listen")), nil, 1, []string{"neo4j at bolt://" + w.flag("--listen"), "Bolt"}},
		{"wrong neo4j password", serve("--neo4j-password-file", wrongPassword), nil, 1, []string{"neo4j at " + w.neo4jURI(), `user "neo4j" or its password is wrong`, "--neo4j-password-file"}},
		{"missing neo4j password file", serve("--neo4j-password-file", dir+"/none"), nil, 2, []string{"password of neo4j", dir + "/none"}},
		{"busy API port", serve("--listen", busy), nil, 1, []string{busy, "address already in use", "--listen"}},
		{"busy ingest port", serve("--ingest-listen", busy), nil, 1, []string{busy, "address already in use", "another address"}},
		{"broken inventory", serve("--inventory", brokenInventory), nil, 1, []string{brokenInventory, "line"}},
		{"missing inventory", serve("--inventory", dir+"/none.yaml"), nil, 1, []string{dir + "/none.yaml", "no such file"}},
	} {
		r.check(t)
	}
	testNewerStores(t, w, s)
}

// testNewerStores makes each store say that a newer program has migrated it.
func testNewerStores(t *testing.T, w *world, s *stores) {
	const database = "newer"
	migrate := append([]string{"migrate"}, w.attached(database)...)
	if got := runFor(t, refusalTime, t.TempDir(), nil, migrate...); got.code != 0 {
		t.Fatalf("migrating a new database: exit code %d: %s", got.code, got.stderr)
	}
	newer := []string{"newer than this binary", "9999 from_the_future", "upgrade egressor"}
	err := s.clickHouse.Exec(t.Context(), "INSERT INTO "+clickhouse.Quote(database)+".schema_migrations SELECT 9999, 'from_the_future', 'x', now64(3)")
	if err != nil {
		t.Fatal(err)
	}
	refusal{"clickhouse newer than the program", migrate, nil, 1, append(newer, "clickhouse database "+database)}.check(t)

	s.cypher(t, "CREATE (:SchemaMigration {id: 9999, name: 'from_the_future', checksum: 'x', at: datetime()})", nil)
	defer s.cypher(t, "MATCH (m:SchemaMigration {id: 9999}) DELETE m", nil)
	refusal{"neo4j newer than the program", append([]string{"migrate"}, w.attached("other")...), nil, 1, append(newer, "neo4j at "+w.neo4jURI())}.check(t)
}

// TestRefusalsAtStart are the wrong settings that need no running service.
func TestRefusalsAtStart(t *testing.T) {
	t.Parallel()
	requireStores(t)
	dir, busy := t.TempDir(), busyAddress(t)
	// Embedded stores one at a time: the other is an address where nobody is,
	// which is not looked at before the embedded one works.
	clickHouse := []string{"serve", "--data", dir, "--listen", "127.0.0.1:0", "--ingest-listen", "127.0.0.1:0", "--neo4j-uri", "bolt://127.0.0.1:1"}
	neo4j := []string{"serve", "--data", dir, "--listen", "127.0.0.1:0", "--ingest-listen", "127.0.0.1:0", "--clickhouse-address", "127.0.0.1:1"}
	nothing := []string{"EGRESSOR_DEPS=" + t.TempDir()}
	for _, r := range []refusal{
		{"busy clickhouse port", append(clickHouse, "--clickhouse-listen", busy), nil, 1, []string{"clickhouse cannot listen on " + busy, "another process has this port", "--clickhouse-listen"}},
		{"busy neo4j port", append(neo4j, "--neo4j-listen", busy), nil, 1, []string{"neo4j cannot listen on " + busy, "--neo4j-listen"}},
		{"missing clickhouse engine", append(clickHouse, "--clickhouse-listen", freeAddress(t)), nothing, 1, []string{"libchdb.so", "make deps"}},
		{"missing neo4j jars", append(neo4j, "--neo4j-listen", freeAddress(t)), nothing, 1, []string{"embedded neo4j", "make deps", "--neo4j-uri"}},
		{"clickhouse beyond loopback", append(clickHouse, "--clickhouse-listen", "0.0.0.0:0"), nil, 1, []string{"0.0.0.0:0", "loopback", "--clickhouse-listen"}},
		{"API beyond loopback", append(clickHouse, "--listen", "0.0.0.0:8080"), nil, 2, []string{"--listen 0.0.0.0:8080", "sign-in", "--insecure-listen"}},
		{"unknown price book", append(clickHouse, "--price-book", "nosuch"), nil, 2, []string{"nosuch", "aws"}},
		{"unknown flag", append(clickHouse, "--nosuch"), nil, 2, []string{"--nosuch", "--help"}},
		{"data is no directory", append(clickHouse, "--data", "/dev/null", "--clickhouse-listen", freeAddress(t)), nil, 1, []string{"/dev/null"}},
	} {
		r.check(t)
	}
}
