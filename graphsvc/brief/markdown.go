package brief

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/remedy"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Incident writes one incident as Markdown.
func Incident(out io.Writer, i *model.Incident) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n", i.Title)
	fmt.Fprintf(&b, "- **Id** %s, kind %s\n", i.ID, i.Kind)
	fmt.Fprintf(&b, "- **Since** %s, %s\n", clock(i.Since), untilText(i))
	fmt.Fprintf(&b, "- **Cost** %s a day beyond the expected%s, %s %s\n", Amount(i.ImpactPerDay, i.Currency), rangeText(i), Amount(i.Impact, i.Currency), soFar(i))
	fmt.Fprintf(&b, "- **Why** %s\n", i.Conclusion)
	fmt.Fprintf(&b, "- **Split** of the change against the time before, %s: %s\n", Amount(i.Parts.Change, i.Currency), splitText(&i.Parts, i.Currency))
	writeRemedy(&b, remedy.Of(i))
	for n := range i.Findings {
		writeFinding(&b, n+1, &i.Findings[n], i.Currency)
	}
	writeAnomalies(&b, i)
	_, err := io.WriteString(out, b.String()+"\n")
	return err
}

// splitText names the parts of a change that there are.
func splitText(p *model.CostParts, currency string) string {
	var parts []string
	for _, part := range []struct {
		name   string
		amount money.Amount
	}{{"volume", p.Volume}, {"path", p.Path}, {"price", p.Price}, {"tier", p.Tier}, {"not told", p.Remainder}} {
		if part.amount.Sign() != 0 {
			parts = append(parts, part.name+" "+Amount(part.amount, currency))
		}
	}
	if len(parts) == 0 {
		return "nothing changed"
	}
	return strings.Join(parts, ", ")
}

func untilText(i *model.Incident) string {
	if i.Until == 0 {
		return "still going on"
	}
	return "over at " + clock(i.Until)
}

func writeRemedy(b *strings.Builder, r remedy.Remedy) {
	for _, part := range []struct{ name, text, command string }{{"Do", r.Action, r.Command}, {"Undo", r.Undo, r.UndoCommand}} {
		fmt.Fprintf(b, "- **%s** %s", part.name, part.text)
		if part.command != "" {
			fmt.Fprintf(b, ": `%s`", part.command)
		}
		b.WriteString("\n")
	}
}

func writeFinding(b *strings.Builder, rank int, f *model.Finding, currency string) {
	fmt.Fprintf(b, "\n### Cause %d: %s, %s\n\n", rank, f.Kind, name(f.Subject))
	fmt.Fprintf(b, "%s confidence (%d of 100); explains %s.\n\n", f.Confidence, f.Score, Amount(f.Explains, currency))
	for _, text := range f.For {
		fmt.Fprintf(b, "- for: %s\n", text)
	}
	for _, text := range f.Against {
		fmt.Fprintf(b, "- against: %s\n", text)
	}
}

func writeAnomalies(b *strings.Builder, i *model.Incident) {
	const most = 5
	fmt.Fprintf(b, "\n### What deviates\n\n| who | how | bytes | expected | paid | expected |\n|---|---|--:|--:|--:|--:|\n")
	for n := range i.Anomalies {
		if n == most {
			fmt.Fprintf(b, "\nand %d more\n", len(i.Anomalies)-most)
			break
		}
		a := &i.Anomalies[n]
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n", series(a), a.Kind, Size(a.Bytes), Size(a.ExpectedBytes), Amount(a.Cost, i.Currency), Amount(a.ExpectedCost, i.Currency))
	}
}

// Recommendation writes one recommendation as Markdown.
func Recommendation(out io.Writer, r *model.Recommendation) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s: saves %s a month\n\n", r.Title, Amount(r.Monthly, r.Currency))
	fmt.Fprintf(&b, "- **Id** %s, kind %s, of %s\n", r.ID, r.Kind, people(r.Subject))
	if r.Low != r.High {
		fmt.Fprintf(&b, "- **Range** %s to %s a month, by the least and the most saving day\n", Amount(r.Low, r.Currency), Amount(r.High, r.Currency))
	}
	fmt.Fprintf(&b, "- **Measured** %s to %s, %s of it, with what saves more done already: %s was paid for it, and %s would have been\n", clock(r.From), clock(r.To), counted(int(r.Minutes), "minute"), Amount(r.Before, r.Currency), Amount(r.After, r.Currency))
	if r.BreakEvenBytes > 0 {
		fmt.Fprintf(&b, "- **Breaks even** at %s a month\n", Size(r.BreakEvenBytes))
	}
	for _, list := range []struct {
		name  string
		texts []string
	}{{"Why", r.Why}, {"Assumed", r.Assumptions}, {"Mind", r.Warnings}, {"Mind", young(r)}} {
		for _, text := range list.texts {
			fmt.Fprintf(&b, "- **%s** %s\n", list.name, text)
		}
	}
	fmt.Fprintf(&b, "- **Check** %s\n", r.Check)
	for _, part := range []struct {
		name    string
		patches []model.Patch
	}{{"Apply", r.Apply}, {"Undo", r.Undo}} {
		for _, patch := range part.patches {
			fmt.Fprintf(&b, "\n%s (%s):\n\n```\n%s```\n", part.name, patch.Tool, patch.Text)
		}
	}
	_, err := io.WriteString(out, b.String()+"\n")
	return err
}

// Verdict writes what became of a recommendation as Markdown.
func Verdict(out io.Writer, v *model.Verdict) error {
	_, err := fmt.Fprintf(out, "## %s: %s\n\n- **Id** %s, kind %s, of %s\n- **Followed** since %s: %s\n- **Measured** %s to %s, %d minutes: %s\n\n",
		v.Title, v.State, v.Recommendation, v.Kind, people(v.Subject), v.Applied.UTC().Format(time.RFC3339), v.Evidence, clock(v.From), clock(v.To), v.Minutes, v.Summary)
	return err
}

// Amount shows an amount for people: cents, or four decimals below one unit.
func Amount(a money.Amount, currency string) string {
	const cents, fine = 2, 4
	const one = 1_000_000_000 // nano-units
	digits := fine
	if least := money.FromNano(one / 10_000); a.Sign() > 0 && a.Cmp(least) < 0 {
		return "under 0.0001 " + currency
	}
	if a.Cmp(money.FromNano(one)) >= 0 || a.Cmp(money.FromNano(-one)) <= 0 {
		digits = cents
	}
	text, err := a.Format(digits)
	if err != nil {
		text = a.Decimal()
	}
	return text + " " + currency
}

// Size shows a number of bytes for people, in binary units.
func Size(bytes uint64) string {
	const kibi = 1024
	if bytes < kibi {
		return fmt.Sprintf("%d B", bytes)
	}
	value, units := float64(bytes), []string{"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"}
	unit := -1
	for value >= kibi && unit+1 < len(units) {
		value, unit = value/kibi, unit+1
	}
	return fmt.Sprintf("%.1f %s", value, units[unit])
}

func clock(m model.Minute) string { return m.Start().Format(time.RFC3339) }

// rangeText is what the impact a day lies between, "" where that is not known.
func rangeText(i *model.Incident) string {
	if i.RangePercent == 0 {
		return ""
	}
	return fmt.Sprintf(" (%s to %s in %d of 100 cases)", Amount(i.ImpactPerDayLow, i.Currency), Amount(i.ImpactPerDayHigh, i.Currency), i.RangePercent)
}
