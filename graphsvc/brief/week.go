package brief

import (
	"cmp"
	"fmt"
	"html/template"
	"io"
	"slices"

	"github.com/egressor/egressor/graphsvc/remedy"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Week is what a report is made of.
type Week struct {
	From, To model.Minute
	// Spent is what all transfer cost in the time, BytesMoved how much there was.
	Spent      money.Amount
	BytesMoved uint64
	Currency   string
	Incidents  []model.Incident
	// Recommendations are those that are made now.
	Recommendations []model.Recommendation
	// Verdicts are what became of those that were followed.
	Verdicts []model.Verdict
}

// Impact is what the incidents cost beyond the expected.
func (w *Week) Impact() (money.Amount, error) {
	var sum money.Accumulator
	for i := range w.Incidents {
		sum.Add(w.Incidents[i].Impact)
	}
	return sum.Amount()
}

// Savings is what all recommendations save in a month: they add up.
func (w *Week) Savings() (money.Amount, error) {
	var sum money.Accumulator
	for i := range w.Recommendations {
		sum.Add(w.Recommendations[i].Monthly)
	}
	return sum.Amount()
}

// youngest says from how little a month is reckoned, "" where a day or more was seen.
func (w *Week) youngest() string {
	for i := range w.Recommendations {
		if len(young(&w.Recommendations[i])) > 0 {
			return ", reckoned from less than a day: look again when one has been seen"
		}
	}
	return ""
}

// order puts what lasts first, and then what costs most a day: a report is read
// from the top, and not always to its end.
func (w *Week) order() {
	slices.SortStableFunc(w.Incidents, func(a, b model.Incident) int {
		if lasts, other := a.Until == 0, b.Until == 0; lasts != other {
			if lasts {
				return -1
			}
			return 1
		}
		return cmp.Or(b.ImpactPerDay.Cmp(a.ImpactPerDay), cmp.Compare(a.ID, b.ID))
	})
}

// Markdown writes the report.
func (w *Week) Markdown(out io.Writer) error {
	impact, err := w.Impact()
	if err != nil {
		return err
	}
	savings, err := w.Savings()
	if err != nil {
		return err
	}
	w.order()
	_, err = fmt.Fprintf(out, "# Data transfer, %s to %s\n\n- %s spent on %s\n- %s cost %s beyond the expected\n- %s would save %s a month together%s\n\n",
		clock(w.From), clock(w.To), Amount(w.Spent, w.Currency), Size(w.BytesMoved), counted(len(w.Incidents), "incident"), Amount(impact, w.Currency),
		counted(len(w.Recommendations), "recommendation"), Amount(savings, w.Currency), w.youngest())
	if err != nil {
		return err
	}
	for _, part := range []struct {
		name string
		of   int
	}{{"Incidents", len(w.Incidents)}, {"Changes that were made", len(w.Verdicts)}, {"Savings", len(w.Recommendations)}} {
		if part.of == 0 {
			if _, err := fmt.Fprintf(out, "%s: none.\n\n", part.name); err != nil {
				return err
			}
		}
	}
	for i := range w.Incidents {
		if err := Incident(out, &w.Incidents[i]); err != nil {
			return err
		}
	}
	for i := range w.Verdicts {
		if err := Verdict(out, &w.Verdicts[i]); err != nil {
			return err
		}
	}
	for i := range w.Recommendations {
		if err := Recommendation(out, &w.Recommendations[i]); err != nil {
			return err
		}
	}
	return nil
}

// words are what the page says by rules.
var words = template.FuncMap{
	"amount": Amount, "clock": clock, "size": Size, "remedy": remedy.Of, "counted": counted,
	"series": func(a model.Anomaly) string { return series(&a) },
	"young":  func(r model.Recommendation) []string { return young(&r) },
	"name":   name,
	"soFar":  func(i model.Incident) string { return soFar(&i) },
}

var page = template.Must(template.New("week").Funcs(words).Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Data transfer, {{clock .From}} to {{clock .To}}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{background:#f4f4f5;padding:.75rem;overflow:auto}
section{border-top:1px solid #d4d4d8;margin-top:1.5rem}td,th{text-align:left;padding:.15rem .75rem .15rem 0}.n{text-align:right}
@media (prefers-color-scheme:dark){body{background:#18181b;color:#e4e4e7}pre{background:#27272a}}</style></head><body>
<h1>Data transfer</h1><p>{{clock .From}} to {{clock .To}}</p>
<p><strong>{{amount .Spent .Currency}}</strong> spent on {{size .BytesMoved}}. {{counted (len .Incidents) "incident"}} cost <strong>{{amount .Impact .Currency}}</strong> beyond
the expected; {{counted (len .Recommendations) "recommendation"}} would save <strong>{{amount .Savings .Currency}}</strong> a month together.</p>
<h2>Incidents</h2>{{range .Incidents}}<section id="{{.ID}}"><h3>{{.Title}}</h3>
<p>Since {{clock .Since}}{{if .Until}}, over at {{clock .Until}}{{else}}, still going on{{end}}. {{amount .ImpactPerDay .Currency}} a day beyond the expected, {{amount .Impact .Currency}} {{soFar .}}.</p>
<p>{{.Conclusion}}</p>
{{with remedy .}}<p>Do: {{.Action}}.</p>{{with .Command}}<pre>{{.}}</pre>{{end}}<p>Undo: {{.Undo}}.</p>{{with .UndoCommand}}<pre>{{.}}</pre>{{end}}{{end}}
{{$currency := .Currency}}{{range .Findings}}<h4>{{.Kind}}: {{name .Subject}}</h4><p>{{.Confidence}} confidence ({{.Score}} of 100), explains {{amount .Explains $currency}}</p>
<ul>{{range .For}}<li>for: {{.}}</li>{{end}}{{range .Against}}<li>against: {{.}}</li>{{end}}</ul>{{end}}
<table><tr><th>Who deviates</th><th>how</th><th class="n">bytes</th><th class="n">expected</th><th class="n">paid</th><th class="n">expected</th></tr>
{{range $n, $a := .Anomalies}}{{if lt $n 5}}<tr><td>{{series $a}}</td><td>{{$a.Kind}}</td><td class="n">{{size $a.Bytes}}</td><td class="n">{{size $a.ExpectedBytes}}</td><td class="n">{{amount $a.Cost $currency}}</td><td class="n">{{amount $a.ExpectedCost $currency}}</td></tr>{{end}}{{end}}</table></section>{{else}}<p>None.</p>{{end}}
<h2>What became of changes</h2>{{range .Verdicts}}<section id="v-{{.Recommendation}}"><h3>{{.Title}}: {{.State}}</h3>
<p>Followed since {{.Applied.UTC.Format "2006-01-02T15:04:05Z07:00"}}: {{.Evidence}}. {{.Summary}}.</p></section>{{else}}<p>None was seen.</p>{{end}}
<h2>Savings</h2>{{range .Recommendations}}<section id="{{.ID}}"><h3>{{.Title}}: {{amount .Monthly .Currency}} a month</h3>
<p>{{if ne .Low .High}}{{amount .Low .Currency}} to {{amount .High .Currency}} by the least and the most saving day; {{end}}{{amount .Before .Currency}} was paid in {{.Minutes}} observed minutes, and {{amount .After .Currency}} would have been.</p>
<ul>{{range .Why}}<li>{{.}}</li>{{end}}{{range .Assumptions}}<li>assumed: {{.}}</li>{{end}}{{range .Warnings}}<li>mind: {{.}}</li>{{end}}{{range young .}}<li>mind: {{.}}</li>{{end}}<li>check: {{.Check}}</li></ul>
{{range .Apply}}<p>Apply ({{.Tool}}):</p><pre>{{.Text}}</pre>{{end}}{{range .Undo}}<p>Undo ({{.Tool}}):</p><pre>{{.Text}}</pre>{{end}}</section>{{else}}<p>None.</p>{{end}}
</body></html>
`))

// HTML writes the report as one page without anything from elsewhere.
func (w *Week) HTML(out io.Writer) error {
	w.order()
	return page.Execute(out, w)
}
