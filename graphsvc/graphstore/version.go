package graphstore

import (
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// storedVersion is a version with what the graph keeps beside it.
type storedVersion struct {
	model.GraphVersion
	// newest is the end of the newest minute that any version up to this one folded.
	newest model.Minute
}

// versionProperties are the properties of the version's node. A zero time is
// left out: null means not known.
func versionProperties(v model.GraphVersion, newest model.Minute) (map[string]any, error) {
	inputs, err := json.Marshal(v.Inputs)
	if err != nil {
		return nil, fmt.Errorf("writing the inputs as JSON: %w", err)
	}
	costNano, err := nanoOf(v.Totals.Cost)
	if err != nil {
		return nil, err
	}
	properties := map[string]any{
		"kind": string(v.Kind), "inputs": string(inputs), "inputDigest": string(v.InputDigest), "factsDigest": string(v.FactsDigest),
		"priceBook": v.PriceBook, "priceBookDigest": string(v.PriceBookDigest), "currency": v.Currency, "pricingMode": v.PricingMode, "codeVersion": v.CodeVersion,
		"contentDigest": string(v.ContentDigest), "previousDigest": string(v.Previous), "digest": string(v.Digest),
		"fromMinute": int64(v.From), "toMinute": int64(v.To), "newestMinute": int64(newest),
		"costAtoms": v.Totals.Cost.Atoms(), "costNano": costNano,
	}
	for name, count := range map[string]uint64{
		"number": v.Number, "nodes": v.Totals.Nodes, "edges": v.Totals.Edges,
		"wireBytes": v.Totals.Sent.WireBytes, "payloadBytes": v.Totals.Sent.PayloadBytes,
		"packets": v.Totals.Sent.Packets, "retransmittedPackets": v.Totals.Sent.RetransmittedPackets,
		"unknownBytes": v.Totals.UnknownBytes, "unpricedBytes": v.Totals.UnpricedBytes,
	} {
		if count > math.MaxInt64 {
			return nil, fmt.Errorf("%s %d does not fit 63 bits", name, count)
		}
		properties[name] = int64(count)
	}
	for name, at := range map[string]time.Time{"committedAt": v.CommittedAt, "factsRecordedThrough": v.FactsRecordedThrough} {
		if !at.IsZero() {
			properties[name] = at.UTC()
		}
	}
	return properties, nil
}

// versionFrom is the inverse of versionProperties.
func versionFrom(bag *properties) (storedVersion, error) {
	v := storedVersion{newest: model.Minute(bag.int64("newestMinute"))}
	v.Number, v.Kind = bag.uint64("number"), model.VersionKind(bag.text("kind"))
	v.From, v.To = model.Minute(bag.int64("fromMinute")), model.Minute(bag.int64("toMinute"))
	v.InputDigest, v.FactsDigest = bag.digest("inputDigest"), bag.digest("factsDigest")
	v.ContentDigest, v.Previous, v.Digest = bag.digest("contentDigest"), bag.digest("previousDigest"), bag.digest("digest")
	v.PriceBook, v.PriceBookDigest, v.Currency = bag.text("priceBook"), bag.digest("priceBookDigest"), bag.text("currency")
	v.PricingMode, v.CodeVersion = bag.text("pricingMode"), bag.text("codeVersion")
	v.FactsRecordedThrough, v.CommittedAt = bag.time("factsRecordedThrough"), bag.time("committedAt")
	v.Totals = model.VersionTotals{
		Nodes: bag.uint64("nodes"), Edges: bag.uint64("edges"),
		Sent: model.Counts{
			WireBytes: bag.uint64("wireBytes"), PayloadBytes: bag.uint64("payloadBytes"),
			Packets: bag.uint64("packets"), RetransmittedPackets: bag.uint64("retransmittedPackets"),
		},
		UnknownBytes: bag.uint64("unknownBytes"), UnpricedBytes: bag.uint64("unpricedBytes"),
	}
	atoms, inputs := bag.text("costAtoms"), bag.text("inputs")
	if bag.err != nil {
		return storedVersion{}, fmt.Errorf("version %d in the graph: %w", v.Number, bag.err)
	}
	var err error
	if v.Totals.Cost, err = money.ParseAtoms(atoms); err != nil {
		return storedVersion{}, fmt.Errorf("version %d in the graph: %w", v.Number, err)
	}
	if err := json.Unmarshal([]byte(inputs), &v.Inputs); err != nil {
		return storedVersion{}, fmt.Errorf("version %d in the graph: inputs: %w", v.Number, err)
	}
	return v, nil
}
