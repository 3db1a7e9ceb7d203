package api

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/egressor/egressor/graphsvc/query"
)

const (
	// mostRuns is how many investigations go on at a time, and runLasts how long one may.
	mostRuns = 8
	runLasts = 6 * time.Minute
	recorded = 10 * time.Second // how long its end may take to be stored
)

// runs are the investigations that go on in this process.
type runs struct {
	explorer     *query.Explorer
	investigator Investigator
	log          *slog.Logger
	// ctx ends with the service, and every run with it.
	ctx  context.Context //nolint:containedctx // it is the runs' life
	stop context.CancelFunc
	all  sync.WaitGroup

	mu sync.Mutex
	on map[string]*run
}

// run is one of them: what has come so far.
type run struct {
	mu      sync.Mutex
	answer  query.InvestigationAnswer
	changed chan struct{} // closed at the next change
}

func newRuns(explorer *query.Explorer, investigator Investigator, log *slog.Logger) *runs {
	r := &runs{explorer: explorer, investigator: investigator, log: log, on: map[string]*run{}}
	r.ctx, r.stop = context.WithCancel(context.Background())
	return r
}

// full reports whether no more may go on.
func (r *runs) full() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.on) < mostRuns {
		return nil
	}
	return &query.Error{Code: query.CodeRateLimited, Message: "as many investigations go on as may at a time", Hint: "wait until one has ended"}
}

// begin starts one for whoever asks in ctx. It goes on when they have left.
func (r *runs) begin(ctx context.Context, found query.Investigation) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), runLasts)
	release := context.AfterFunc(r.ctx, cancel)
	one := &run{changed: make(chan struct{})}
	one.answer.Engine = r.investigator.Status(ctx).Engine
	r.mu.Lock()
	r.on[found.ID] = one
	r.mu.Unlock()
	r.all.Go(func() {
		defer cancel()
		defer release()
		one.follow(r.investigator.Ask(ctx, found.Question, ""))
		if ctx.Err() != nil && one.now().Failure == "" {
			one.change(func(a *query.InvestigationAnswer) { a.Failure = brokenOff(ctx) })
		}
		ending, end := context.WithTimeout(context.WithoutCancel(ctx), recorded)
		defer end()
		if err := r.explorer.FinishInvestigation(ending, found, one.now()); err != nil {
			r.log.Error("the answer of an investigation was not kept", "investigation", found.ID, "error", err)
		}
		r.mu.Lock()
		delete(r.on, found.ID)
		r.mu.Unlock()
		one.end()
	})
}

func brokenOff(ctx context.Context) string {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return "it took too long"
	}
	return "the service stopped"
}

// follow takes events in until there are no more.
func (o *run) follow(events <-chan ChatEvent) {
	for event := range events {
		o.change(func(a *query.InvestigationAnswer) {
			a.Text += event.Words()
			if call := event.ToolCall; call != nil && call.Result == "" && call.Error == "" {
				a.Steps = append(a.Steps, call.Name)
			} else if call != nil && evidenceSize(a)+len(call.Result) <= maxEvidence {
				a.Evidence = append(a.Evidence, query.InvestigationStep{Tool: call.Name, Input: call.Input, Result: call.Result, Error: call.Error})
			}
			if event.Done != nil {
				a.Version, a.Unproven = event.Done.Version, event.Done.Unproven
				a.InputTokens, a.OutputTokens, a.CostUSD = event.Done.InputTokens, event.Done.OutputTokens, event.Done.Cost
			}
			if event.Failed != nil {
				a.Failure = event.Failed.Message
			}
		})
	}
}

// maxEvidence bounds the results that are kept with an investigation, in bytes: a
// result beyond it is left out whole.
const maxEvidence = 256 << 10

func evidenceSize(a *query.InvestigationAnswer) int {
	size := 0
	for i := range a.Evidence {
		size += len(a.Evidence[i].Result)
	}
	return size
}

func (o *run) change(by func(*query.InvestigationAnswer)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	by(&o.answer)
	close(o.changed)
	o.changed = make(chan struct{})
}

func (o *run) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	close(o.changed)
}

func (o *run) now() query.InvestigationAnswer {
	answer, _ := o.look()
	return answer
}

// look is what has come, and what tells of the next change.
func (o *run) look() (answer query.InvestigationAnswer, changed <-chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	answer = o.answer
	answer.Steps, answer.Evidence = slices.Clone(answer.Steps), slices.Clone(answer.Evidence)
	return answer, o.changed
}

// find is a run that goes on, nil for none.
func (r *runs) find(id string) *run {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.on[id]
}

// Stop ends the investigations that go on and waits until that is on the record.
func (s *Server) Stop(ctx context.Context) error {
	s.runs.stop()
	ended := make(chan struct{})
	go func() {
		s.runs.all.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Start has nothing to begin: investigations begin when they are asked for.
func (s *Server) Start(context.Context) error { return nil }
