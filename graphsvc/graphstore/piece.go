package graphstore

import (
	"fmt"
	"math"

	"github.com/egressor/egressor/internal/model"
)

// piece is one edge's minute as Neo4j holds it: integers of 64 bits, -1 for a
// check that was not made, 0 for an unknown round-trip time.
type piece struct {
	edge                                                   model.EdgeID
	minute                                                 model.Minute
	wireBytes, payloadBytes, packets, retransmittedPackets int64
	connections, rttMicros, checkBytes                     int64
	costNano, costRest                                     int64
}

// spot is what a piece speaks of. At any version at most one piece per spot is open.
type spot struct {
	edge   model.EdgeID
	minute model.Minute
}

func (p piece) spot() spot { return spot{p.edge, p.minute} }

// openPiece is a piece that Neo4j holds, with Neo4j's id of it.
type openPiece struct {
	piece
	element string
}

func pieceOf(e *model.PricedEdge) (piece, error) {
	p := piece{edge: e.Key.ID(), minute: e.Minute, rttMicros: int64(e.RTTMicros), checkBytes: -1}
	counts := []struct {
		target *int64
		value  uint64
	}{
		{&p.wireBytes, e.Sent.WireBytes}, {&p.payloadBytes, e.Sent.PayloadBytes},
		{&p.packets, e.Sent.Packets}, {&p.retransmittedPackets, e.Sent.RetransmittedPackets},
		{&p.connections, e.Connections},
	}
	for _, c := range counts {
		if c.value > math.MaxInt64 {
			return piece{}, fmt.Errorf("edge %s at %s: count %d does not fit 63 bits", p.edge, p.minute, c.value)
		}
		*c.target = int64(c.value)
	}
	if e.Checked {
		if e.CheckBytes > math.MaxInt64 {
			return piece{}, fmt.Errorf("edge %s at %s: check of %d bytes does not fit 63 bits", p.edge, p.minute, e.CheckBytes)
		}
		p.checkBytes = int64(e.CheckBytes)
	}
	var err error
	if p.costNano, p.costRest, err = splitCost(e.Cost); err != nil {
		return piece{}, fmt.Errorf("edge %s at %s: %w", p.edge, p.minute, err)
	}
	return p, nil
}
