package flowstore

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// keyColumns are the parts of an edge's key in the table edges, in the order of
// storedKey.targets.
var keyColumns = []string{
	"source", "destination", "source_revision", "destination_revision", "server_port", "protocol", "initiator",
	"source_provider", "source_region", "source_zone", "source_network", "source_account",
	"destination_provider", "destination_region", "destination_zone", "destination_network", "destination_account",
	"path_kind", "path_via", "path_via_zone", "path_assumed",
}

// storedKey is an edge's key as its columns hold it.
type storedKey struct {
	key                                  model.EdgeKey
	source, destination, initiator, path string
	protocol, assumed                    uint8
}

func (s *storedKey) targets() []any {
	k := &s.key
	from, to := &k.SourcePlace, &k.DestinationPlace
	return []any{
		&s.source, &s.destination, &k.SourceRevision, &k.DestinationRevision, &k.ServerPort, &s.protocol, &s.initiator,
		&from.Provider, &from.Region, &from.Zone, &from.Network, &from.Account,
		&to.Provider, &to.Region, &to.Zone, &to.Network, &to.Account,
		&s.path, &k.Path.Via, &k.Path.ViaZone, &s.assumed,
	}
}

// parse returns the key, and fails where it is not the one that the id stands for.
func (s *storedKey) parse(id model.EdgeID) (model.EdgeKey, error) {
	k := s.key
	k.Protocol, k.Initiator, k.Path.Kind = model.Protocol(s.protocol), model.Initiator(s.initiator), model.PathKind(s.path)
	k.Path.Assumed = s.assumed == 1
	var err error
	if k.Source, err = model.ParseIdentity(s.source); err != nil {
		return k, err
	}
	if k.Destination, err = model.ParseIdentity(s.destination); err != nil {
		return k, err
	}
	if k.ID() != id {
		return k, fmt.Errorf("edge %s is stored with the parts of %s, which is another: run `egressor verify`", id, k.ID())
	}
	return k, nil
}

var selectEdges = `SELECT ` + columnsOf("e.", keyColumns...) + `, ` +
	columnsOf("m.", "edge_id", "wire_bytes", "payload_bytes", "packets", "retransmitted_packets", "connections", "rtt_micros", "check_bytes", "checked") + `
	FROM (SELECT *, wire_bytes, check_bytes FROM edge_minutes WHERE minute = {from:UInt32} AND version = {through:UInt64}) AS m
	INNER JOIN (SELECT * FROM edges WHERE edge_id IN (SELECT edge_id FROM edge_minutes WHERE minute = {from:UInt32} AND version = {through:UInt64})
		LIMIT 1 BY edge_id) AS e ON e.edge_id = m.edge_id`

// EdgesOf reads a version's edges of one minute from the series, in no order.
// The raw rows need not be there any more.
func (s *Store) EdgesOf(ctx context.Context, version model.GraphVersion) ([]model.EdgeMinute, error) {
	var edges []model.EdgeMinute
	window := Window{From: version.From, To: version.To, Version: version.Number}
	err := s.each(ctx, selectEdges, window.args(), func(rows clickhouse.Rows) error {
		edge, err := scanEdge(rows)
		edge.Minute = version.From
		edges = append(edges, edge)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the edges of version %d from the series: %w", version.Number, err)
	}
	return edges, nil
}

func scanEdge(rows clickhouse.Rows) (model.EdgeMinute, error) {
	var edge model.EdgeMinute
	var key storedKey
	var checked uint8
	var id uint64
	sent := &edge.Sent
	err := rows.Scan(append(key.targets(),
		&id, &sent.WireBytes, &sent.PayloadBytes, &sent.Packets, &sent.RetransmittedPackets, &edge.Connections, &edge.RTTMicros,
		&edge.CheckBytes, &checked)...)
	if err != nil {
		return edge, err
	}
	edge.Checked = checked == 1
	edge.Key, err = key.parse(model.EdgeID(id))
	return edge, err
}
