package fold

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Every digest here is SHA-256 over a text that begins with the name and the
// version of its form, so that a later form can never be taken for this one.
const (
	contentForm = "fold/1"
	inputForm   = "input/1"
	factsForm   = "facts/1"
	versionForm = "version/2"
	joinForm    = "join/1"
)

// Encode writes the result in the form "fold/1": a line with the form and the
// minute, then one line per edge in order of its key, of tab-separated fields:
//
//	key (quoted as a Go string)  wire bytes  payload bytes  packets
//	retransmitted packets  connections  round-trip microseconds  check bytes or "-"
//
// Nodes and totals follow from the edges and are left out.
func Encode(r Result) []byte {
	text := make([]byte, 0, 64+192*len(r.Edges))
	text = append(text, contentForm+"\t"...)
	text = append(text, r.Minute.String()...)
	text = append(text, '\n')
	for _, edge := range r.Edges {
		text = strconv.AppendQuote(text, edge.Key.String())
		text = appendCounts(text, edge.Sent)
		text = appendNumber(text, edge.Connections)
		text = appendNumber(text, uint64(edge.RTTMicros))
		if edge.Checked {
			text = appendNumber(text, edge.CheckBytes)
		} else {
			text = append(text, "\t-"...)
		}
		text = append(text, '\n')
	}
	return text
}

// Digest is the digest of the minute's edges: equal results have equal digests.
func Digest(r Result) model.Digest { return digestOf(Encode(r)) }

// Join makes one digest of several, in the order given: that of a version's
// content is joined of its fold's and its statement's.
func Join(parts ...model.Digest) model.Digest {
	text := []byte(joinForm + "\n")
	for _, part := range parts {
		text = append(append(text, part...), '\n')
	}
	return digestOf(text)
}

// Chain is the digest of a version that follows the one with the digest
// previous ("" for the first). It covers the whole header except the fields
// Previous and Digest, which it stands for, and CommittedAt, which says when and
// not what.
func Chain(previous model.Digest, header model.GraphVersion) model.Digest {
	text := []byte(versionForm + "\n")
	line := func(name, value string) {
		text = append(append(append(text, name...), '\t'), strconv.Quote(value)...)
		text = append(text, '\n')
	}
	number := func(name string, value uint64) { line(name, strconv.FormatUint(value, 10)) }
	line("previous", string(previous))
	number("number", header.Number)
	line("kind", string(header.Kind))
	line("from", header.From.String())
	line("to", header.To.String())
	for _, input := range header.Inputs {
		line("input cluster", input.Agent.Cluster)
		line("input node", input.Agent.Node)
		line("input boot", input.Boot)
		number("input first", input.First)
		number("input last", input.Last)
	}
	line("input digest", string(header.InputDigest))
	line("facts through", header.FactsRecordedThrough.UTC().Format(time.RFC3339Nano))
	line("facts digest", string(header.FactsDigest))
	line("price book", header.PriceBook)
	line("price book digest", string(header.PriceBookDigest))
	line("currency", header.Currency)
	line("pricing mode", header.PricingMode)
	line("code", header.CodeVersion)
	line("content digest", string(header.ContentDigest))
	number("nodes", header.Totals.Nodes)
	number("edges", header.Totals.Edges)
	text = append(appendCounts(text, header.Totals.Sent), '\n')
	number("unknown bytes", header.Totals.UnknownBytes)
	number("unpriced bytes", header.Totals.UnpricedBytes)
	line("cost", header.Totals.Cost.String())
	return digestOf(text)
}

func digestOf(text []byte) model.Digest {
	sum := sha256.Sum256(text)
	return model.Digest(hex.EncodeToString(sum[:]))
}

func appendNumber(text []byte, number uint64) []byte {
	return strconv.AppendUint(append(text, '\t'), number, 10)
}

func appendCounts(text []byte, c model.Counts) []byte {
	for _, number := range []uint64{c.WireBytes, c.PayloadBytes, c.Packets, c.RetransmittedPackets} {
		text = appendNumber(text, number)
	}
	return text
}
