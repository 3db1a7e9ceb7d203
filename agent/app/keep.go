package app

import (
	"log/slog"
	"sync"
	"time"

	"github.com/egressor/egressor/agent/spool"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/wire"
)

// maxUnspooled is how many batches wait in memory for a disk that fails.
const maxUnspooled = 12

// keeper puts batches into the spool, and into the same batch what the spool
// has lost: overflow, damage, and batches that the ingest refuses.
type keeper struct {
	spool *spool.Spool
	log   *slog.Logger

	// unspooled are batches that the disk did not take, in order.
	unspooled []pending
	// losses wait for the next batch.
	losses []model.Loss
	// factsLost says that facts were lost on the way and have to be told again.
	factsLost bool

	mu     sync.Mutex
	asides map[uint64]model.Loss // by record; filled by the uplink
}

// pending is a batch of a boot that has no sequence number yet.
type pending struct {
	boot  *boot
	batch model.Batch
}

func newKeeper(s *spool.Spool, log *slog.Logger) *keeper {
	return &keeper{spool: s, log: log, asides: map[uint64]model.Loss{}}
}

// setAside notes a refused record. It stays in the spool until a batch that
// reports it has superseded it there.
func (k *keeper) setAside(record spool.Record, _ string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.asides[record.Number] = model.Loss{
		Reason: model.LossBatchRefused, From: record.From, To: record.Through,
		Flows: record.Flows, Bytes: record.Bytes, BytesKnown: true,
	}
	return nil
}

// keep spools batches, oldest first. After an error they wait in memory for the
// next call; when too many wait, the oldest becomes a loss.
func (k *keeper) keep(batches ...pending) error {
	k.unspooled = append(k.unspooled, batches...)
	for len(k.unspooled) > 0 {
		if err := k.append(k.unspooled[0]); err != nil {
			k.shed()
			return err
		}
		k.unspooled = k.unspooled[1:]
	}
	return nil
}

func (k *keeper) shed() {
	for len(k.unspooled) > maxUnspooled {
		gone := k.unspooled[0].batch
		k.unspooled = k.unspooled[1:]
		k.losses = joined(append(k.losses, lossesOf(gone, model.LossSpoolFull)...))
		k.factsLost = true
	}
}

// append spools one batch with everything that it has to report besides.
func (k *keeper) append(p pending) error {
	b := p.batch
	b.Boot, b.Sequence = p.boot.id, p.boot.sequence+1
	b.Losses = append(append([]model.Loss(nil), b.Losses...), k.losses...)
	superseded, asides := k.damage(&b)
	payload, err := wire.Encode(b)
	if err != nil {
		k.unfit(p, err)
		return nil
	}
	if going := k.spool.Excess(len(payload)); len(going) > 0 {
		for _, record := range going {
			if err := k.carry(&b, record); err != nil {
				return err
			}
			superseded = append(superseded, record.Number)
		}
		if payload, err = wire.Encode(b); err != nil {
			return err
		}
	}
	if _, err := k.spool.Append(payload, summarize(b), superseded); err != nil {
		return err
	}
	p.boot.sequence, k.losses = b.Sequence, nil
	k.forget(asides)
	return nil
}

// unfit gives up a batch that cannot be encoded: it would stop all others.
func (k *keeper) unfit(p pending, why error) {
	k.log.Error("batch cannot be encoded, its bytes are reported as lost", "error", why)
	k.losses = joined(append(k.losses, lossesOf(p.batch, model.LossBatchRefused)...))
	k.factsLost = true
}

// damage adds to the batch what cannot be read or is refused, and returns the
// numbers of those records, and of the refused ones among them.
func (k *keeper) damage(b *model.Batch) (superseded, asides []uint64) {
	for _, d := range k.spool.Damaged() {
		superseded = append(superseded, d.Number)
		b.Losses = append(b.Losses, clamp(d.Loss(b.CoveredFrom, b.CoveredFrom), b.CoveredThrough))
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for number, loss := range k.asides {
		superseded, asides = append(superseded, number), append(asides, number)
		b.Losses = append(b.Losses, clamp(loss, b.CoveredThrough))
	}
	b.Losses = joined(b.Losses)
	k.factsLost = k.factsLost || len(superseded) > 0
	return superseded, asides
}

func (k *keeper) forget(asides []uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, number := range asides {
		delete(k.asides, number)
	}
}

// carry takes over what a record holds that has to go: its losses and facts as
// they are, its flows as one loss.
func (k *keeper) carry(b *model.Batch, record spool.Record) error {
	whole, ok, err := k.spool.Read(record.Number)
	if err != nil {
		return err
	}
	var gone model.Batch
	if ok {
		if gone, err = wire.Decode(whole.Payload); err != nil {
			ok = false
		}
	}
	if !ok {
		d := spool.Damage{Number: record.Number, Summary: record.Summary, Known: true}
		b.Losses = joined(append(b.Losses, clamp(d.Loss(b.CoveredFrom, b.CoveredFrom), b.CoveredThrough)))
		k.factsLost = true
		return nil
	}
	b.Losses = joined(append(b.Losses, lossesOf(gone, model.LossSpoolFull)...))
	if len(b.Facts)+len(gone.Facts) > wire.MaxFacts/2 {
		k.factsLost = true
		return nil
	}
	b.Facts = append(b.Facts, gone.Facts...)
	return nil
}

// lossesOf are the losses that remain of a batch: those it reported, and its
// flows.
func lossesOf(b model.Batch, reason model.LossReason) []model.Loss {
	flows := b
	flows.Losses = nil
	sum := summarize(flows)
	if sum.Flows == 0 {
		return b.Losses
	}
	return append(b.Losses, model.Loss{
		Reason: reason, From: b.CoveredFrom, To: b.CoveredThrough,
		Flows: sum.Flows, Bytes: sum.Bytes, BytesKnown: true,
	})
}

// clamp keeps a loss from reaching past a moment: a batch that was refused for
// its times must not make the report of it unfit as well.
func clamp(loss model.Loss, latest time.Time) model.Loss {
	if loss.To.After(latest) {
		loss.To = latest
	}
	if loss.From.IsZero() || loss.From.After(loss.To) {
		loss.From = loss.To
	}
	return loss
}
