package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
)

// kept is a store of an ingest that keeps batches in memory.
type kept struct {
	mu      sync.Mutex
	digests map[model.BatchKey]string
	batches []model.Batch
}

func (k *kept) Append(_ context.Context, b model.Batch, digest string, _ time.Time) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.digests[b.BatchKey] = digest
	k.batches = append(k.batches, b)
	return nil
}

func (k *kept) Lookup(_ context.Context, key model.BatchKey) (string, bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	digest, ok := k.digests[key]
	return digest, ok, nil
}

func startIngest(t *testing.T) (*kept, string) {
	t.Helper()
	store := &kept{digests: map[model.BatchKey]string{}}
	settings := ingest.DefaultConfiguration()
	settings.Listen = "127.0.0.1:0"
	server, err := ingest.New(report.Discard(), settings, ingest.Dependencies{Store: store, Clock: clock.System{}})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return store, server.Address()
}

func runImport(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	root := newRoot()
	root.SetOut(&out)
	root.SetErr(&out)
	root.SetArgs(append([]string{"import"}, args...))
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	content := []byte(text)
	if strings.HasSuffix(name, ".gz") {
		var packed bytes.Buffer
		writer := gzip.NewWriter(&packed)
		_, _ = writer.Write(content)
		if err := writer.Close(); err != nil {
			t.Fatal(err)
		}
		content = packed.Bytes()
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const someInventory = `cluster: prod
nodes:
  - {name: node-a, addrs: [10.0.1.10]}
pods:
  - {uid: p1, namespace: shop, name: web-1, node: node-a, addrs: [10.0.1.5], workload: Deployment/web}
`

// TestFlowsOfFilesAreTaken by a real ingest, once, with the facts before them.
func TestFlowsOfFilesAreTaken(t *testing.T) {
	store, address := startIngest(t)
	vpc := written(t, "flows.log.gz", `version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status
2 1 eni-1 10.0.1.5 52.216.0.1 40000 443 6 10 1000 1795428000 1795428119 ACCEPT OK
2 1 eni-1 52.216.0.1 10.0.1.5 443 40000 6 20 90000 1795428000 1795428119 ACCEPT OK
2 1 eni-1 203.0.113.9 10.0.1.5 40000 22 6 1 40 1795428000 1795428059 REJECT OK
`)
	ndjson := written(t, "flows.ndjson", `{"cluster":"prod","node":"node-a","windowStart":"2026-11-23T10:00:00Z","windowSeconds":60,"localKind":"pod","localId":"p1","localAddress":"10.0.1.5","remoteAddress":"10.0.2.9","serverPort":5432,"protocol":"tcp","role":"client","sent":{"wireBytes":7}}
`)
	inventory := written(t, "pods.yaml", someInventory)
	for range 2 {
		out, err := runImport(t, "--format", "vpc-flow-logs", "--cluster", "prod", "--inventory", inventory, "--ingest-listen", address, vpc)
		if err != nil || !strings.Contains(out, "2 rows in 1 batches are durable") || !strings.Contains(out, "left out: 1 of traffic that a security group or network ACL rejected") {
			t.Fatalf("%s: %v", out, err)
		}
	}
	if len(store.batches) != 1 || len(store.batches[0].Facts) == 0 || store.batches[0].Agent != (model.AgentID{Cluster: "prod", Node: "eni-1"}) {
		t.Fatalf("%d batches: %+v", len(store.batches), store.batches)
	}
	var sent, received uint64
	for _, row := range store.batches[0].Flows {
		sent, received = sent+row.Sent.WireBytes, received+row.Received.WireBytes
	}
	if sent != 1000 || received != 90000 {
		t.Errorf("%d sent, %d received", sent, received)
	}
	if out, err := runImport(t, "--format", "flows-ndjson", "--ingest-listen", address, ndjson); err != nil || len(store.batches) != 2 {
		t.Errorf("%s: %v", out, err)
	}
	otlp := filepath.Join("..", "..", "internal", "flowfile", "testdata", "otlp-logs.json")
	if out, err := runImport(t, "--format", "otlp-json", "--ingest-listen", address, otlp); err != nil || len(store.batches) != 3 || !strings.Contains(out, "left out: 1 of records without a time") {
		t.Errorf("%s: %v", out, err)
	}
}

// TestAWrongFileSendsNothing: what is wrong is named with file, line and remedy.
func TestAWrongFileSendsNothing(t *testing.T) {
	store, address := startIngest(t)
	good := written(t, "good.log", "2 1 eni-1 10.0.1.5 52.216.0.1 40000 443 6 10 1000 1795428000 1795428119 ACCEPT OK\n")
	bad := written(t, "bad.log", "2 1 eni-1 10.0.1.5\n")
	_, err := runImport(t, "--format", "vpc-flow-logs", "--ingest-listen", address, good, bad)
	if err == nil || !strings.Contains(err.Error(), "bad.log: line 1: 4 fields, want 14") || len(store.batches) != 0 {
		t.Errorf("%v, %d batches", err, len(store.batches))
	}
	for _, args := range [][]string{{"--format", "otlp-json", good}, {good}, {"--format", "vpc-flow-logs"}} {
		if _, err := runImport(t, args...); err == nil {
			t.Errorf("%v was taken", args)
		}
	}
}
