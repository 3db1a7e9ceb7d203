package scenario

import (
	"context"
	"fmt"
	"strings"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/graphsvc/replayed"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// comparison is a pair of stretches, each from and to a minute, half open.
type comparison struct{ before, after [2]model.Minute }

// readComparison reads TIME..TIME TIME..TIME, both ends included.
func (sc *Scenario) readComparison(words []string) error {
	if len(words) != 2 {
		return fmt.Errorf("want two stretches, in a line such as: compare 09:00..09:59 11:00..11:59")
	}
	var stretches [2][2]model.Minute
	for i, word := range words {
		from, to, ok := strings.Cut(word, "..")
		if !ok {
			return fmt.Errorf("stretch %q: want one such as 09:00..09:59", word)
		}
		for n, text := range []string{from, to} {
			at, _, err := sc.timeOfDay(text)
			if err != nil {
				return err
			}
			stretches[i][n] = model.MinuteOf(at)
		}
		stretches[i][1]++
		if stretches[i][0] >= stretches[i][1] {
			return fmt.Errorf("stretch %q ends before it begins", word)
		}
	}
	if stretches[0][1] > stretches[1][0] {
		return fmt.Errorf("stretch %q begins before %q ends", words[1], words[0])
	}
	sc.comparisons = append(sc.comparisons, comparison{stretches[0], stretches[1]})
	return nil
}

// insights follows the minutes with the code that follows a live graph, and
// renders what it found.
func (sc *Scenario) insights(minutes []Minute, book *pricing.Book) (string, error) {
	ctx := context.Background()
	found, err := replayed.Follow(ctx, sc.Replayed(minutes), sc.Facts, book)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	incidents, err := found.Incidents(ctx, model.IncidentPlace{}, len(minutes))
	if err != nil {
		return "", err
	}
	for i := len(incidents) - 1; i >= 0; i-- {
		writeIncident(&b, &incidents[i])
	}
	for _, c := range sc.comparisons {
		finding, err := found.Watcher().Compare(ctx, minutes[len(minutes)-1].Version, c.before, c.after)
		if err != nil {
			return "", err
		}
		writeComparison(&b, c, &finding)
	}
	recommendations, err := found.Recommendations(ctx)
	if err != nil {
		return "", err
	}
	for i := range recommendations {
		writeSaving(&b, &recommendations[i])
	}
	verdicts, err := found.Verdicts(ctx)
	if err != nil {
		return "", err
	}
	for i := range verdicts {
		v := &verdicts[i]
		fmt.Fprintf(&b, "verdict on %s of %s: %s\n  followed since %s: %s\n  %s\n", v.Kind, v.Subject, v.State, v.Applied.UTC().Format("15:04:05"), v.Evidence, v.Summary)
	}
	if b.Len() == 0 {
		return "none\n", nil
	}
	return b.String(), nil
}

// Replayed are minutes as an in-memory store takes them.
func (sc *Scenario) Replayed(minutes []Minute) []replayed.Minute {
	converted := make([]replayed.Minute, len(minutes))
	for i := range minutes {
		m := &minutes[i]
		converted[i] = replayed.Minute{Version: m.Version, Input: m.Input, Computed: m.Computed}
	}
	return converted
}

func writeIncident(b *strings.Builder, i *model.Incident) {
	until := "lasts"
	if i.Until != 0 {
		until = "until " + i.Until.Start().Format("15:04")
	}
	fmt.Fprintf(b, "incident %s since %s, detected at the end of %s, %s: %s\n", i.Kind, i.Since.Start().Format("15:04"), i.Detected.Start().Format("15:04"), until, i.Title)
	fmt.Fprintf(b, "  impact %s %s so far, %s a day\n", exact(i.Impact), i.Currency, exact(i.ImpactPerDay))
	p := &i.Parts
	fmt.Fprintf(b, "  change %s to %s = volume %s + path %s + price %s + tier %s + remainder %s\n", exact(p.Change), p.Through.Start().Format("15:04"), exact(p.Volume), exact(p.Path), exact(p.Price), exact(p.Tier), exact(p.Remainder))
	if len(i.Findings) == 0 {
		fmt.Fprintf(b, "  %s\n", i.Conclusion)
	}
	for n := range i.Findings {
		f := &i.Findings[n]
		writeCause(b, f.Kind, f.Subject, f.Score, f.Confidence, f.Explains, f.For, f.Against)
	}
}

func writeComparison(b *strings.Builder, c comparison, f *diagnosis.Finding) {
	text := func(of [2]model.Minute) string {
		return of[0].Start().Format("15:04") + ".." + (of[1] - 1).Start().Format("15:04")
	}
	p := &f.Split.Parts
	fmt.Fprintf(b, "from %s to %s\n", text(c.before), text(c.after))
	fmt.Fprintf(b, "  change %s = volume %s + path %s + price %s + tier %s + remainder %s\n", exact(p.Change), exact(p.Volume), exact(p.Path), exact(p.Price), exact(p.Tier), exact(p.Remainder))
	for n := range f.Causes {
		cause := &f.Causes[n]
		writeCause(b, string(cause.Kind), cause.Subject, cause.Score, cause.Confidence(), cause.Explains, cause.For, cause.Against)
	}
	fmt.Fprintf(b, "  not explained %s\n", exact(f.Unexplained))
}

func writeCause(b *strings.Builder, kind, subject string, score int, confidence string, explains money.Amount, reasons, against []string) {
	fmt.Fprintf(b, "  %s %s explains %s (%s confidence, %d of 100)\n", kind, subject, exact(explains), confidence, score)
	for _, text := range reasons {
		fmt.Fprintf(b, "    for: %s\n", text)
	}
	for _, text := range against {
		fmt.Fprintf(b, "    against: %s\n", text)
	}
}

func writeSaving(b *strings.Builder, r *model.Recommendation) {
	fmt.Fprintf(b, "saving %s of %s: %s %s over %d minutes\n  %s\n", r.Kind, r.Subject, exact(r.Saving), r.Currency, r.Minutes, r.Title)
	for _, text := range r.Why {
		fmt.Fprintf(b, "  why: %s\n", text)
	}
	for _, text := range r.Warnings {
		fmt.Fprintf(b, "  mind: %s\n", text)
	}
}

// exact is an amount with all of its digits.
func exact(a money.Amount) string { return a.Decimal() }
