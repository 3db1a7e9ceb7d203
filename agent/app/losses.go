package app

import (
	"github.com/egressor/egressor/agent/spool"
	"github.com/egressor/egressor/internal/model"
)

// manyLosses is from where on losses of one kind are joined.
const manyLosses = 100

// joined returns losses of the same reason as one when there are many: what is
// lost in a long outage is carried from batch to batch, and must not grow.
// Known and unknown bytes are never mixed.
func joined(losses []model.Loss) []model.Loss {
	if len(losses) <= manyLosses {
		return losses
	}
	type kind struct {
		reason model.LossReason
		known  bool
	}
	at := map[kind]int{}
	var out []model.Loss
	for _, loss := range losses {
		k := kind{loss.Reason, loss.BytesKnown}
		i, ok := at[k]
		if !ok {
			at[k] = len(out)
			out = append(out, loss)
			continue
		}
		if loss.From.Before(out[i].From) {
			out[i].From = loss.From
		}
		if loss.To.After(out[i].To) {
			out[i].To = loss.To
		}
		out[i].Flows += loss.Flows
		out[i].Bytes += loss.Bytes
	}
	return out
}

// summarize tells what a batch accounts for.
func summarize(b model.Batch) spool.Summary {
	sum := spool.Summary{Flows: uint64(len(b.Flows)), From: b.CoveredFrom, Through: b.CoveredThrough}
	for i := range b.Flows {
		sum.Bytes += b.Flows[i].Sent.WireBytes + b.Flows[i].Received.WireBytes
	}
	for _, loss := range b.Losses {
		if loss.BytesKnown {
			sum.Bytes += loss.Bytes
		}
	}
	return sum
}
