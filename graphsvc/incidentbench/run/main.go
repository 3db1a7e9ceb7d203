// Command run is the incident bench: see `make bench-incidents`.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/egressor/egressor/graphsvc/incidentbench"
)

func main() {
	from := flag.Uint64("from", 10_000, "first seed; seeds below 1000 were used to build the detector")
	seeds := flag.Uint64("seeds", 400, "how many incidents")
	quiet := flag.Uint64("quiet", 20, "how many clusters in which nothing happens")
	days := flag.Int("days", 7, "how many days each of them is watched")
	lasts := flag.Duration("for", time.Hour, "stop after this long and report what was done")
	flag.Parse()
	if err := run(*from, *seeds, *quiet, *days, time.Now().Add(*lasts)); err != nil {
		fmt.Fprintln(os.Stderr, "incident bench:", err)
		os.Exit(1)
	}
}

// run alternates, so that a run that is cut short has some of both.
func run(from, seeds, quiet uint64, days int, until time.Time) error {
	var summary incidentbench.Summary
	progress := json.NewEncoder(os.Stderr)
	every := max(1, seeds/max(1, quiet))
	for n := range seeds {
		if time.Now().After(until) {
			break
		}
		c, err := incidentbench.Run(from + n)
		if err != nil {
			return err
		}
		summary.Add(c)
		if err := progress.Encode(c); err != nil {
			return err
		}
		if quiet == 0 || n%every != 0 || n/every >= quiet {
			continue
		}
		raised, workloads, err := incidentbench.Quiet(from+seeds+n, days)
		if err != nil {
			return err
		}
		summary.AddQuiet(days, len(raised))
		if err := progress.Encode(map[string]any{"QuietSeed": from + seeds + n, "Workloads": workloads, "Raised": raised}); err != nil {
			return err
		}
	}
	summary.Write(os.Stdout)
	return nil
}
