package graphstore

import (
	"context"
	"fmt"
	"slices"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// Parts are the pieces, as true in a version, that a span of a tier is added up
// from, oldest first, and how many nodes their edges have as ends. There are none
// where they are past their time, though a pin may still hold some of them.
func (s *Store) Parts(ctx context.Context, tier pieces.Tier, from model.Minute, asOf uint64) (parts []pieces.Part, nodes uint64, err error) {
	of := span{from, from + tier.Minutes}
	err = s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		parts, nodes = nil, 0
		var gone bool
		if _, err := tx.Single(ctx, partsGone, neo4j.Params{"tier": tier.Name, "from": int64(from)}, &gone); err != nil || gone {
			return err
		}
		if parts, err = readParts(ctx, tx, tier.Parts(), of, asOf); err != nil {
			return err
		}
		nodes, err = s.ends(ctx, tx, parts)
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("reading the parts of the %s of %s: %w", tier.Name, from, err)
	}
	return parts, nodes, nil
}

// Piece is the piece of a span as true in a version; ok is false where there is none.
func (s *Store) Piece(ctx context.Context, tier pieces.Tier, from model.Minute, asOf uint64) (rows []pieces.Row, ok bool, err error) {
	var parts []pieces.Part
	err = s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		parts, err = readParts(ctx, tx, tier, span{from, from + 1}, asOf)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("reading the %s of %s: %w", tier.Name, from, err)
	}
	if len(parts) == 0 {
		return nil, false, nil
	}
	return parts[0].Rows, true, nil
}

func readParts(ctx context.Context, tx neo4j.Tx, tier pieces.Tier, of span, asOf uint64) ([]pieces.Part, error) {
	var parts []pieces.Part
	params := neo4j.Params{"tier": tier.Name, "asOf": int64(asOf), "froms": []int64{int64(of.from)}, "tos": []int64{int64(of.to)}, "known": []string{}}
	err := tx.Each(ctx, piecesRead, params, func(row neo4j.Row) error {
		var from, since int64
		var columns any
		if err := row.Scan(&from, &since, &columns); err != nil {
			return err
		}
		rows, err := unpack(tier, model.Minute(from), columns)
		parts = append(parts, pieces.Part{From: model.Minute(from), Rows: rows})
		return err
	})
	slices.SortFunc(parts, func(a, b pieces.Part) int { return int(a.From - b.From) })
	return parts, err
}

// SpanDifference says what the relationships that Cypher reads of an hour or a
// day have otherwise than spans, in order of their edges, say; "" where nothing.
func (s *Store) SpanDifference(ctx context.Context, tier pieces.Tier, from model.Minute, asOf uint64, spans []pieces.Span) (string, error) {
	places := make([]change, len(spans))
	wanted, err := spanColumns(spans, places)
	if err != nil {
		return "", err
	}
	at := make(map[string]int, len(spans))
	for i := range spans {
		at[spans[i].Edge.String()] = i
	}
	difference, met := "", 0
	params := neo4j.Params{"tier": tier.Name, "from": int64(from), "asOf": int64(asOf)}
	err = s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		difference, met = "", 0
		return tx.Each(ctx, spansRead, params, func(row neo4j.Row) error {
			var edge string
			values := make([]any, len(spanFields))
			targets := []any{&edge}
			for i := range values {
				targets = append(targets, &values[i])
			}
			if err := row.Scan(targets...); err != nil {
				return err
			}
			number, known := at[edge]
			met++
			switch {
			case difference != "":
			case !known:
				difference = "relationship " + edge + " is in no part"
			default:
				difference = fieldDifference(edge, values, wanted, number)
			}
			return nil
		})
	})
	if err != nil {
		return "", fmt.Errorf("reading the relationships of the %s of %s: %w", tier.Name, from, err)
	}
	if difference == "" && met != len(spans) {
		difference = fmt.Sprintf("%d relationships, the parts have %d", met, len(spans))
	}
	return difference, nil
}

// spanFields are the columns of spans.cypher behind the edge, as spanColumns names them.
var spanFields = []string{
	"wireBytes", "payloadBytes", "packets", "retransmittedPackets", "connections", "rttMicros",
	"costNanos", "wireBytesEach", "costNanosEach",
}

func fieldDifference(edge string, values []any, wanted neo4j.Params, number int) string {
	for i, field := range spanFields {
		var want any
		switch columns := wanted[field].(type) {
		case []int64:
			want = columns[number]
			if values[i] == nil { // an unknown round-trip time
				values[i] = int64(0)
			}
		case [][]int64:
			want = column(columns[number], func(n *int64) any { return *n })
		}
		if fmt.Sprint(values[i]) != fmt.Sprint(want) {
			return fmt.Sprintf("relationship %s has %s %v, its parts %v", edge, field, values[i], want)
		}
	}
	return ""
}
