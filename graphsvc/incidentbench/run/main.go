// Command run is the incident bench: see `make bench-incidents`.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/egressor/egressor/graphsvc/incidentbench"
	"github.com/egressor/egressor/internal/incidentgen"
)

// plan is what is to be run.
type plan struct {
	from, seeds, quiet uint64
	days, workers      int
	least, most        int
	until              time.Time
}

func main() {
	var p plan
	flag.Uint64Var(&p.from, "from", 30_000, "first seed; seeds below 30000 were used to build the detector")
	flag.Uint64Var(&p.seeds, "seeds", 400, "how many incidents")
	flag.Uint64Var(&p.quiet, "quiet", 40, "how many clusters in which nothing happens; their seeds come after those of the incidents")
	flag.IntVar(&p.least, "quiet-at-least", 0, "how many workloads each of them has at least; seeds of smaller ones are passed over")
	flag.IntVar(&p.most, "quiet-workloads", 2000, "how many workloads each of them has at most; seeds of larger ones are passed over")
	flag.IntVar(&p.days, "days", 7, "how many days each of them is watched")
	flag.IntVar(&p.workers, "workers", runtime.NumCPU(), "how many seeds run at a time")
	kept := flag.Bool("added-up", false, "run nothing: add up the results that earlier runs wrote to stderr, read from stdin")
	lasts := flag.Duration("for", time.Hour, "begin no seed after this long, end quiet clusters after the day at hand, and report what was done")
	flag.Parse()
	p.until = time.Now().Add(*lasts)
	run := p.run
	if *kept {
		run = func() error { return addUp(os.Stdin) }
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "incident bench:", err)
		os.Exit(1)
	}
}

// job is one seed; result is what it came to.
type job struct {
	seed  uint64
	quiet bool
}

type result struct {
	Case  *incidentbench.Case  `json:",omitempty"`
	Quiet *incidentbench.Quiet `json:",omitempty"`
	err   error
}

// jobs alternate, so that a run that is cut short has some of both.
func (p *plan) jobs() ([]job, error) {
	var jobs []job
	quiet, next := uint64(0), p.from+p.seeds
	for n := range max(p.seeds, p.quiet) {
		if n < p.seeds {
			jobs = append(jobs, job{seed: p.from + n})
		}
		if quiet*p.seeds <= n*p.quiet && quiet < p.quiet {
			seed, err := p.sized(next)
			if err != nil {
				return nil, err
			}
			jobs = append(jobs, job{seed, true})
			quiet, next = quiet+1, seed+1
		}
	}
	return jobs, nil
}

// sized is the first seed from one on whose cluster is neither too small nor too
// large.
func (p *plan) sized(seed uint64) (uint64, error) {
	const tries = 10_000
	for last := seed + tries; seed < last; seed++ {
		cluster, err := incidentgen.New(seed)
		if err != nil || cluster.Size() >= p.least && cluster.Size() <= p.most {
			return seed, err
		}
	}
	return 0, fmt.Errorf("no seed of %d before %d has a cluster of %d to %d workloads: widen -quiet-at-least and -quiet-workloads", tries, seed, p.least, p.most)
}

func (p *plan) run() error {
	jobs, err := p.jobs()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithDeadline(context.Background(), p.until)
	defer cancel()
	work, results := make(chan job), make(chan result)
	var workers sync.WaitGroup
	for range max(1, p.workers) {
		workers.Go(func() {
			for j := range work {
				results <- p.do(ctx, j)
			}
		})
	}
	go func() {
		for _, j := range jobs {
			if time.Now().Before(p.until) {
				work <- j
			}
		}
		close(work)
		workers.Wait()
		close(results)
	}()
	return report(results)
}

func (p *plan) do(ctx context.Context, j job) (r result) {
	if j.quiet {
		var q incidentbench.Quiet
		q, r.err = incidentbench.RunQuiet(ctx, j.seed, p.days)
		r.Quiet = &q
		return r
	}
	var c incidentbench.Case
	c, r.err = incidentbench.Run(j.seed)
	r.Case = &c
	return r
}

func take(summary *incidentbench.Summary, r result) {
	if r.Case != nil {
		summary.Add(*r.Case)
	}
	if r.Quiet != nil {
		summary.AddQuiet(*r.Quiet)
	}
}

// addUp sums up results as report writes them, of a run that was cut short or of several.
func addUp(in io.Reader) error {
	var summary incidentbench.Summary
	for lines := json.NewDecoder(in); ; {
		var r result
		switch err := lines.Decode(&r); {
		case errors.Is(err, io.EOF):
			summary.Write(os.Stdout)
			return nil
		case err != nil:
			return fmt.Errorf("reading results: %w: want a run's stderr", err)
		}
		take(&summary, r)
	}
}

// report adds the results up and writes each to stderr as it comes.
func report(results <-chan result) error {
	var summary incidentbench.Summary
	var failed error
	progress := json.NewEncoder(os.Stderr)
	for r := range results {
		if r.err != nil {
			failed = r.err
			continue
		}
		take(&summary, r)
		if err := progress.Encode(r); err != nil {
			return err
		}
	}
	summary.Write(os.Stdout)
	return failed
}
