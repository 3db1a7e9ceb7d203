package neo4j_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit"
)

// startError starts a DB that must not start and returns its words.
func startError(t *testing.T, cfg neo4j.Config) string {
	t.Helper()
	db, err := neo4j.New(report.Discard(), cfg, neo4j.Dependencies{})
	if err != nil {
		return err.Error()
	}
	if err := db.Start(t.Context()); err != nil {
		return err.Error()
	}
	_ = db.Stop(context.Background())
	t.Fatalf("connected to %s", cfg.URI)
	return ""
}

// unused is an address on which nothing listens.
func unused(t *testing.T) string {
	t.Helper()
	address, release, err := testkit.HoldAddress()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(release)
	return address
}

// babbler answers every connection with the words, and hangs up.
func babbler(t *testing.T, words string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = connection.Write([]byte(words))
			_ = connection.Close()
		}
	}()
	return listener.Addr().String()
}

func TestStartSaysWhatIsWrong(t *testing.T) {
	web := httptest.NewServer(http.NotFoundHandler())
	defer web.Close()
	for name, tc := range map[string]struct {
		uri  string
		want []string
	}{
		"nothing there":    {"bolt://" + unused(t), []string{"nothing listens there", "--neo4j-uri"}},
		"routed, nothing":  {"neo4j://" + unused(t), []string{"nothing listens there"}},
		"an HTTP port":     {"bolt://" + babbler(t, "HTTP/1.1 400 Bad Request\r\n\r\n"), []string{"HTTP port", "7687"}},
		"a silent port":    {"bolt://" + web.Listener.Addr().String(), []string{"does not answer as Neo4j"}},
		"not Neo4j":        {"bolt://" + babbler(t, "220 mail.example ESMTP\r\n"), []string{"not as Neo4j"}},
		"http scheme":      {"http://127.0.0.1:7474", []string{"scheme must be one of", "bolt://"}},
		"no host":          {"bolt://", []string{"no host"}},
		"password in URI":  {"bolt://neo4j:secret@127.0.0.1:7687", []string{"do not belong into the address"}},
		"not a URI at all": {"127.0.0.1:7687", []string{"neo4j URI"}},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := neo4j.DefaultConfig()
			cfg.URI = tc.uri
			if cfg.ConnectTimeout = time.Minute; name == "a silent port" {
				cfg.ConnectTimeout = time.Second
			}
			got := startError(t, cfg)
			for _, want := range tc.want {
				if !strings.Contains(got, want) {
					t.Errorf("error %q does not say %q", got, want)
				}
			}
			if strings.Contains(got, "secret") {
				t.Errorf("error %q repeats the password", got)
			}
		})
	}
}

func TestWrongPasswordAndDatabase(t *testing.T) {
	dir := t.TempDir()
	child := neo4jtest.Child(t, dir)
	cfg := neo4j.DefaultConfig()
	cfg.URI = "bolt://" + child.Address()
	cfg.Password = "not the password"
	if got := startError(t, cfg); !strings.Contains(got, "password is wrong") || !strings.Contains(got, cfg.URI) {
		t.Errorf("wrong password: %q", got)
	}
	text, err := os.ReadFile(filepath.Join(dir, "neo4j-password"))
	if err != nil {
		t.Fatal(err)
	}
	cfg.Password = strings.TrimSpace(string(text))
	cfg.Database = "nowhere"
	if got := startError(t, cfg); !strings.Contains(got, `no database "nowhere"`) {
		t.Errorf("wrong database: %q", got)
	}

	// The same server reached as a server of the user's own, with and without routing.
	for _, scheme := range []string{"bolt://", "neo4j://"} {
		cfg.URI, cfg.Database = scheme+child.Address(), ""
		db, err := neo4j.New(report.Discard(), cfg, neo4j.Dependencies{})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Start(t.Context()); err != nil {
			t.Fatalf("%s: %v", cfg.URI, err)
		}
		if err := db.Ping(t.Context()); err != nil {
			t.Errorf("%s: %v", cfg.URI, err)
		}
		if err := db.Stop(t.Context()); err != nil {
			t.Error(err)
		}
	}
}
