package incidentbench

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/incidentgen"
)

// Summary is what a number of cases come to.
type Summary struct {
	Cases, Skipped, Found, Others int
	// Delays are of the found ones, in minutes, in order; Errors the sizes of the
	// relative errors of their impact.
	Delays []int
	Errors []float64
	// Surprises are the sizes of what no estimate of an impact can know.
	Surprises []float64
	// Ranged are the found ones of whose impact some is an estimate, Within those of them
	// whose true impact lay in the range that was told, and Widths half of each range, as
	// a share of the impact.
	Ranged, Within int
	Widths         []float64
	// First and Third count the found ones whose true cause came first, and among
	// the first three.
	First, Third int
	// Sure and SureRight count, by how sure the first cause was said to be, the causes and
	// the right ones.
	Sure, SureRight                        map[string]int
	ZFound, ZFalse, TukeyFound, TukeyFalse int
	QuietClusters, QuietDays, QuietFalse   int
	Smallest, Largest                      int
	kinds                                  map[incidentgen.Kind]*kindSummary
	confusion                              map[incidentgen.Kind]map[string]int
	worst                                  []Case
}

type kindSummary struct{ cases, found, first, third, near int }

// Add counts a case.
func (s *Summary) Add(c Case) {
	if c.Skipped != "" {
		s.Skipped++
		return
	}
	if s.kinds == nil {
		s.kinds, s.confusion = map[incidentgen.Kind]*kindSummary{}, map[incidentgen.Kind]map[string]int{}
	}
	if s.kinds[c.Kind] == nil {
		s.kinds[c.Kind], s.confusion[c.Kind] = &kindSummary{}, map[string]int{}
	}
	k := s.kinds[c.Kind]
	s.Cases++
	k.cases++
	s.Others += len(c.Others)
	s.sizes(c.Workloads)
	s.plain(&c)
	s.confusion[c.Kind][first(&c)]++
	if c.Found {
		s.Found++
		k.found++
		s.Delays = append(s.Delays, c.DelayMinutes)
		s.Errors = append(s.Errors, math.Abs(c.ImpactError))
		s.Surprises = append(s.Surprises, math.Abs(c.Surprise))
		if math.Abs(c.ImpactError) <= worstError {
			k.near++
		}
		s.ranges(&c)
		s.sure(&c)
		if c.Right == 1 {
			s.First++
			k.first++
		}
		if c.Right >= 1 && c.Right <= 3 {
			s.Third++
			k.third++
		}
	}
	if !c.Found || c.Right != 1 || len(c.Others) > 0 || math.Abs(c.ImpactError) > worstError {
		s.worst = append(s.worst, c)
	}
}

const worstError = 0.02

// sure counts the confidence of the first cause.
func (s *Summary) sure(c *Case) {
	confidence := "not found"
	if len(c.Scores) > 0 {
		confidence = (&diagnosis.Cause{Score: c.Scores[0]}).Confidence()
	}
	if s.Sure == nil {
		s.Sure, s.SureRight = map[string]int{}, map[string]int{}
	}
	s.Sure[confidence]++
	if c.Right == 1 {
		s.SureRight[confidence]++
	}
}

// ranges counts how a range of the impact did; where all of it is known there is none.
func (s *Summary) ranges(c *Case) {
	const known = 1e-9
	if c.Width <= known {
		return
	}
	s.Ranged++
	s.Widths = append(s.Widths, c.Width)
	if c.Within {
		s.Within++
	}
}

func (s *Summary) sizes(workloads int) {
	if s.Smallest == 0 || workloads < s.Smallest {
		s.Smallest = workloads
	}
	s.Largest = max(s.Largest, workloads)
}

func (s *Summary) plain(c *Case) {
	if c.ZScore.Found {
		s.ZFound++
	}
	if c.Tukey.Found {
		s.TukeyFound++
	}
	s.ZFalse += c.ZScore.False
	s.TukeyFalse += c.Tukey.False
}

// first is what was told first, in the words of the confusion table.
func first(c *Case) string {
	switch {
	case !c.Found:
		return "(missed)"
	case len(c.Causes) == 0:
		return "(not found)"
	default:
		return string(c.Causes[0])
	}
}

// AddQuiet counts a cluster in which nothing happened.
func (s *Summary) AddQuiet(q Quiet) {
	if q.Days == 0 {
		return // it was cut short before its first day ended
	}
	s.QuietClusters++
	s.QuietDays += q.Days
	s.QuietFalse += len(q.Raised)
}

// Write writes the figures, the confusion table and the worst cases, worst first.
func (s *Summary) Write(out io.Writer) {
	slices.Sort(s.Delays)
	slices.Sort(s.Errors)
	slices.Sort(s.Surprises)
	slices.Sort(s.Widths)
	fmt.Fprintf(out, "cases %d (clusters of %d to %d workloads, %d skipped)\n", s.Cases, s.Smallest, s.Largest, s.Skipped)
	fmt.Fprintf(out, "recall %s, precision %s, delay median %d p90 %d minutes\n", share(s.Found, s.Cases), share(s.Found, s.Found+s.Others), at(s.Delays, 50), at(s.Delays, 90))
	fmt.Fprintf(out, "right cause first %s, in the first three %s\n", share(s.First, s.Found), share(s.Third, s.Found))
	for _, confidence := range slices.Sorted(maps.Keys(s.Sure)) {
		fmt.Fprintf(out, "  confidence %s: right in %d of %d\n", confidence, s.SureRight[confidence], s.Sure[confidence])
	}
	fmt.Fprintf(out, "impact error median %.2f %%, within 2 %%: %s\n", 100*at(s.Errors, 50), share(countBelow(s.Errors, 0.02), s.Found))
	fmt.Fprintf(out, "  of one who knows the generator but not the noise after the onset: median %.2f %%, within 2 %%: %s\n", 100*at(s.Surprises, 50), share(countBelow(s.Surprises, 0.02), s.Found))
	fmt.Fprintf(out, "  in the range that was told for %d of 100: %s of %d cases with an estimate; median half width %.2f %%, p90 %.2f %%\n",
		baseline.RangePercent, share(s.Within, s.Ranged), s.Ranged, 100*at(s.Widths, 50), 100*at(s.Widths, 90))
	if s.QuietClusters > 0 {
		fmt.Fprintf(out, "quiet: %d clusters, %d days, %d false incidents: %.2f per cluster and 30 days\n", s.QuietClusters, s.QuietDays, s.QuietFalse, 30*float64(s.QuietFalse)/float64(s.QuietDays))
	}
	fmt.Fprintf(out, "z-score: recall %s, %.0f false flows a case; Tukey: recall %s, %.0f false flows a case\n",
		share(s.ZFound, s.Cases), mean(s.ZFalse, s.Cases), share(s.TukeyFound, s.Cases), mean(s.TukeyFalse, s.Cases))
	s.writeConfusion(out)
	s.writeWorst(out)
}

func (s *Summary) writeConfusion(out io.Writer) {
	fmt.Fprintf(out, "\n| injected | cases | found | first | top 3 | impact within 2 %% | told first |\n|---|--:|--:|--:|--:|--:|---|\n")
	kinds := slices.Clone(incidentgen.Kinds)
	slices.SortStableFunc(kinds, func(a, b incidentgen.Kind) int { return cmp.Compare(s.quality(a), s.quality(b)) })
	for _, kind := range kinds {
		k := s.kinds[kind]
		if k == nil {
			continue
		}
		told := ""
		for _, name := range sortedByCount(s.confusion[kind]) {
			if told != "" {
				told += ", "
			}
			told += fmt.Sprintf("%s %d", name, s.confusion[kind][name])
		}
		fmt.Fprintf(out, "| %s | %d | %d | %d | %d | %d | %s |\n", kind, k.cases, k.found, k.first, k.third, k.near, told)
	}
}

// quality is how often a kind's cause and its impact were told right.
func (s *Summary) quality(kind incidentgen.Kind) float64 {
	k := s.kinds[kind]
	if k == nil || k.cases == 0 {
		return 1
	}
	return float64(k.first+k.near) / float64(k.cases)
}

func sortedByCount(counts map[string]int) []string {
	var names []string
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	return names
}

func (s *Summary) writeWorst(out io.Writer) {
	slices.SortStableFunc(s.worst, func(a, b Case) int { return cmp.Compare(badness(&b), badness(&a)) })
	fmt.Fprintln(out, "\nworst cases first:")
	const most = 20
	for _, c := range s.worst[:min(most, len(s.worst))] {
		fmt.Fprintf(out, "seed %d, %s, %d workloads: found %t, told %s, causes %v, impact %+.1f %% (chance %+.1f %%), others %q\n", c.Seed, c.Kind, c.Workloads, c.Found, c.Told, c.Causes, 100*c.ImpactError, 100*c.Surprise, c.Others)
	}
}

func badness(c *Case) float64 {
	bad := math.Min(math.Abs(c.ImpactError), 1) + float64(len(c.Others))
	if !c.Found {
		bad += 100
	}
	if c.Right != 1 {
		bad += 10
	}
	return bad
}

func share(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", float64(n)/float64(of))
}

func mean(sum, of int) float64 { return float64(sum) / float64(max(of, 1)) }

func at[T int | float64](sorted []T, percent int) T {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}

func countBelow(sorted []float64, limit float64) int {
	n, _ := slices.BinarySearch(sorted, limit)
	return n
}
