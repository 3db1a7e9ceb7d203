//go:build linux

package e2e_test

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/report"
)

// stores are the world's databases as they are, past the service.
type stores struct {
	clickHouse *clickhouse.DB
	neo4j      *neo4j.DB
	flows      *flowstore.Store
	graph      *graphstore.Store
}

// flag is the value that the service was given for a flag.
func (w *world) flag(name string) string {
	for i, arg := range w.args {
		if arg == name {
			return w.args[i+1]
		}
	}
	return ""
}

func (w *world) clickHouseURL() string { return "http://" + w.flag("--clickhouse-listen") }
func (w *world) neo4jURI() string      { return "bolt://" + w.flag("--neo4j-listen") }
func (w *world) passwordFile() string  { return filepath.Join(w.data, "neo4j-password") }
func (w *world) keyFile() string       { return filepath.Join(w.data, "clickhouse-key") }

// open connects to both databases until the test ends.
func (w *world) open(t *testing.T) *stores {
	t.Helper()
	s := &stores{}
	var err error
	s.clickHouse, err = clickhouse.New(slog.New(slog.DiscardHandler), clickhouse.Config{Address: w.clickHouseURL(), PasswordFile: w.keyFile(), Database: "egressor"})
	if err != nil {
		t.Fatal(err)
	}
	password, err := os.ReadFile(w.passwordFile())
	if err != nil {
		t.Fatal(err)
	}
	settings := neo4j.DefaultConfig()
	settings.URI, settings.Password = w.neo4jURI(), strings.TrimSpace(string(password))
	if s.neo4j, err = neo4j.New(report.Discard(), settings, neo4j.Dependencies{}); err != nil {
		t.Fatal(err)
	}
	for _, start := range []func() error{
		func() error { return s.clickHouse.Start(t.Context()) },
		func() error { return s.neo4j.Start(t.Context()) },
	} {
		if err := start(); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		if err := errors.Join(s.clickHouse.Stop(ctx), s.neo4j.Stop(ctx)); err != nil {
			t.Error(err)
		}
	})
	s.flows, s.graph = flowstore.New(s.clickHouse), graphstore.New(s.neo4j)
	return s
}

// head is the newest version in the graph.
func (s *stores) head(t *testing.T) (model.GraphVersion, bool, error) {
	t.Helper()
	return s.graph.Head(t.Context())
}

// cypher runs one writing statement.
func (s *stores) cypher(t *testing.T, statement string, params neo4j.Params) {
	t.Helper()
	err := s.neo4j.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error { return tx.Exec(t.Context(), statement, params) })
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// rewrite runs one ClickHouse mutation and waits for it.
func (s *stores) rewrite(t *testing.T, statement string) {
	t.Helper()
	ctx := clickhouse.WithSettings(t.Context(), clickhouse.Settings{"mutations_sync": 2})
	if err := s.clickHouse.Exec(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// series are an edge's sums in edge_minutes: the newest version of each minute
// up to a version.
func (s *stores) series(t *testing.T, edge model.EdgeID, of span, version uint64) (model.Counts, error) {
	t.Helper()
	const statement = `SELECT sum(wire_bytes), sum(payload_bytes), sum(packets), sum(retransmitted_packets) FROM edge_minutes
		WHERE edge_id = {edge:UInt64} AND (minute, version) IN (SELECT minute_from, max(number) FROM versions
			WHERE minute_from >= {from:UInt32} AND minute_from < {to:UInt32} AND number <= {version:UInt64} GROUP BY minute_from)`
	var sum model.Counts
	err := s.clickHouse.QueryRow(t.Context(), statement, clickhouse.Named("edge", uint64(edge)), clickhouse.Named("from", uint32(of.from)),
		clickhouse.Named("to", uint32(of.to)), clickhouse.Named("version", version)).
		Scan(&sum.WireBytes, &sum.PayloadBytes, &sum.Packets, &sum.RetransmittedPackets)
	return sum, err
}

// raw are the sums of one end's raw rows of a connection: what it sent, and
// what it received. Only rows that the ledger vouches for count.
func (s *stores) raw(t *testing.T, role model.Role, client, server netip.Addr, port uint16) (sent, received model.Counts, err error) {
	t.Helper()
	const statement = `SELECT sum(sent_wire_bytes), sum(sent_payload_bytes), sum(sent_packets), sum(sent_retransmitted_packets),
			sum(received_wire_bytes), sum(received_payload_bytes), sum(received_packets), sum(received_retransmitted_packets) FROM flows
		WHERE protocol = 6 AND role = {role:UInt8} AND server_port = {port:UInt16}
			AND local_addr = toIPv6({local:String}) AND remote_addr = toIPv6({remote:String})
			AND (cluster, node, boot, sequence, attempt) IN (SELECT cluster, node, boot, sequence, min(attempt) FROM batches GROUP BY cluster, node, boot, sequence)`
	local, remote := client, server
	if role == model.RoleServer {
		local, remote = server, client
	}
	err = s.clickHouse.QueryRow(t.Context(), statement, clickhouse.Named("role", uint8(role)), clickhouse.Named("port", port),
		clickhouse.Named("local", "::ffff:"+local.String()), clickhouse.Named("remote", "::ffff:"+remote.String())).
		Scan(&sent.WireBytes, &sent.PayloadBytes, &sent.Packets, &sent.RetransmittedPackets,
			&received.WireBytes, &received.PayloadBytes, &received.Packets, &received.RetransmittedPackets)
	return sent, received, err
}
