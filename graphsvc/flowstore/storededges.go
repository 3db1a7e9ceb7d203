package flowstore

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

var selectEdges = `SELECT ` + columnsOf("e.", "source", "destination", "source_revision", "destination_revision", "server_port", "protocol", "initiator",
	"source_provider", "source_region", "source_zone", "destination_provider", "destination_region", "destination_zone",
	"path_kind", "path_via", "path_via_zone", "path_assumed",
	"source_network", "source_account", "destination_network", "destination_account") + `, ` +
	columnsOf("m.", "edge_id", "wire_bytes", "payload_bytes", "packets", "retransmitted_packets", "connections", "rtt_micros", "check_bytes", "checked") + `
	FROM (SELECT * FROM edge_minutes WHERE minute = {from:UInt32} AND version = {through:UInt64}) AS m
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
	k, sent := &edge.Key, &edge.Sent
	var source, destination, initiator, path string
	var protocol, assumed, checked uint8
	var id uint64
	err := rows.Scan(&source, &destination, &k.SourceRevision, &k.DestinationRevision, &k.ServerPort, &protocol, &initiator,
		&k.SourcePlace.Provider, &k.SourcePlace.Region, &k.SourcePlace.Zone,
		&k.DestinationPlace.Provider, &k.DestinationPlace.Region, &k.DestinationPlace.Zone,
		&path, &k.Path.Via, &k.Path.ViaZone, &assumed,
		&k.SourcePlace.Network, &k.SourcePlace.Account, &k.DestinationPlace.Network, &k.DestinationPlace.Account,
		&id, &sent.WireBytes, &sent.PayloadBytes, &sent.Packets, &sent.RetransmittedPackets, &edge.Connections, &edge.RTTMicros,
		&edge.CheckBytes, &checked)
	if err != nil {
		return edge, err
	}
	k.Protocol, k.Initiator, k.Path.Kind = model.Protocol(protocol), model.Initiator(initiator), model.PathKind(path)
	k.Path.Assumed, edge.Checked = assumed == 1, checked == 1
	if k.Source, err = model.ParseIdentity(source); err != nil {
		return edge, err
	}
	if k.Destination, err = model.ParseIdentity(destination); err != nil {
		return edge, err
	}
	if k.ID() != model.EdgeID(id) {
		return edge, fmt.Errorf("edge %s is stored with the parts of %s, which is another: run `egressor verify`", model.EdgeID(id), k.ID())
	}
	return edge, nil
}
