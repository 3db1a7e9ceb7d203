package recording

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/delivery"
	"github.com/egressor/egressor/internal/model"
)

// Config says where a recording is played.
type Config struct {
	// Inventory and Endpoints are the files that facts are stated in.
	Inventory, Endpoints string
	// Nonce makes the boots of this replay different from all others; empty
	// draws one.
	Nonce string
}

// Dependencies of a Player. Only the first two are required.
type Dependencies struct {
	// Server is the ingest's host:port; it is asked when the player starts.
	Server func() string
	Clock  clock.Clock
	Log    *slog.Logger
	// OnFacts is told facts when they are stated, with their times of now; OnEnd
	// that the recording has been played.
	OnFacts func([]model.Fact)
	OnEnd   func()
}

// Player plays a recording once, as if its agents and its cluster were here.
// Call Cue before the service reads the inventory, and Start when its ingest
// listens.
//
// All times move by whole minutes, so that a recorded minute stays one. The
// recording therefore began up to a minute before now, and the batches of that
// time are sent at once; all others at the pace at which they arrived.
type Player struct {
	recording *Recording
	config    Config
	deps      Dependencies
	stage     *stage

	shift  time.Duration
	cued   int // how many entries' facts have been stated
	boots  map[model.BatchKey]string
	sender *delivery.Sender

	stop    context.CancelFunc
	running sync.WaitGroup
	dead    chan error
}

var (
	_ component.Component = (*Player)(nil)
	_ component.Mortal    = (*Player)(nil)
)

// NewPlayer returns a player that does nothing yet.
func NewPlayer(recording *Recording, config Config, deps Dependencies) *Player {
	if config.Nonce == "" {
		nonce := make([]byte, 8)
		_, _ = rand.Read(nonce) // it never fails
		config.Nonce = hex.EncodeToString(nonce)
	}
	if deps.Log == nil {
		deps.Log = slog.New(slog.DiscardHandler)
	}
	return &Player{
		recording: recording, config: config, deps: deps, stage: newStage(config.Inventory, config.Endpoints),
		boots: map[model.BatchKey]string{}, dead: make(chan error, 1),
	}
}

// Cue lets the recording begin now, and states what held up to now.
func (p *Player) Cue(context.Context) error {
	now := p.deps.Clock.Now()
	p.shift = shiftFor(p.recording.Start, now)
	facts := []model.Fact{}
	for _, entry := range p.recording.Entries {
		if p.due(entry).After(now) {
			break
		}
		facts = append(facts, entry.Facts...)
		p.cued++
	}
	return p.state(facts)
}

// Shift is by how much all times of the recording are moved: whole minutes.
func (p *Player) Shift() time.Duration { return p.shift }

// Start connects and plays.
func (p *Player) Start(ctx context.Context) error {
	var err error
	if p.sender, err = delivery.New(p.deps.Server(), "", p.deps.Clock, p.deps.Log); err != nil {
		return err
	}
	ctx, p.stop = context.WithCancel(context.WithoutCancel(ctx))
	p.running.Go(func() {
		if err := p.play(ctx); err != nil && ctx.Err() == nil {
			p.dead <- err
		}
	})
	return nil
}

// Stop ends the replay where it is.
func (p *Player) Stop(context.Context) error {
	p.stop()
	err := p.sender.Close()
	p.running.Wait()
	return err
}

// Dead delivers why the replay cannot go on.
func (p *Player) Dead() <-chan error { return p.dead }

// due is when an entry happens in this replay.
func (p *Player) due(entry Entry) time.Time {
	return p.recording.Start.Add(p.shift + entry.Offset)
}

func (p *Player) play(ctx context.Context) error {
	for i, entry := range p.recording.Entries {
		if err := p.wait(ctx, p.due(entry)); err != nil {
			return err
		}
		if entry.Batch != nil {
			batch := movedBatch(*entry.Batch, p.shift, p.bootOf(entry.Batch.BatchKey))
			if err := p.sender.Send(ctx, batch); err != nil {
				return err
			}
		}
		if i >= p.cued && len(entry.Facts) > 0 {
			if err := p.state(entry.Facts); err != nil {
				return err
			}
		}
	}
	if p.deps.OnEnd != nil {
		p.deps.OnEnd()
	}
	return nil
}

func (p *Player) wait(ctx context.Context, until time.Time) error {
	left := until.Sub(p.deps.Clock.Now())
	if left <= 0 {
		return ctx.Err()
	}
	select {
	case <-p.deps.Clock.After(left):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *Player) state(facts []model.Fact) error {
	facts = movedFacts(facts, p.shift)
	if err := p.stage.state(facts); err != nil {
		return fmt.Errorf("state the recorded facts: %w", err)
	}
	if p.deps.OnFacts != nil {
		p.deps.OnFacts(facts)
	}
	return nil
}

// bootOf is this replay's boot for a recorded one. It is new for every replay:
// the ingest would take the second for a repetition of the first.
func (p *Player) bootOf(key model.BatchKey) string {
	key.Sequence = 0
	boot, known := p.boots[key]
	if !known {
		boot = fmt.Sprintf("replay-%s-%d", p.config.Nonce, len(p.boots)+1)
		p.boots[key] = boot
	}
	return boot
}
