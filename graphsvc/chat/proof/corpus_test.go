package proof

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"testing"
)

func exact(text string) (*big.Rat, bool) { return new(big.Rat).SetString(text) }

// answer is a right answer of the corpus, and what may be got wrong in it.
type answer struct {
	text string
	// figures are literals as written, names those of nodes.
	figures, names []string
}

// written is a figure as a model would write it by hand, or its reference.
func (w *world) written(display, reference string) string {
	if w.random.IntN(2) == 0 {
		return "{#" + reference + "}"
	}
	return display
}

// sentences are the forms of answers. Each names a transfer of the world, some a
// second one.
var sentences = []func(w *world, l *Ledger, t testing.TB) answer{
	func(w *world, l *Ledger, t testing.TB) answer {
		m, b, c := w.one(l, t)
		return answer{fmt.Sprintf("%s sent %s to %s for %s.", m.source, b, m.destination, c), []string{b, c}, []string{m.source, m.destination}}
	},
	func(w *world, l *Ledger, t testing.TB) answer {
		m, b, c := w.one(l, t)
		return answer{fmt.Sprintf("The costliest way is `%s` to `%s`: %s, at %s as of version %d.", m.source, m.destination, b, c, w.version), []string{b, c, fmt.Sprint(w.version)}, []string{m.source, m.destination}}
	},
	func(w *world, l *Ledger, t testing.TB) answer {
		m, b, c := w.one(l, t)
		return answer{fmt.Sprintf("From %s to %s, %s moved %s over %d connections to %s by %s, which cost %s.", w.at(4), w.at(64), m.source, b, m.connections, m.destination, m.path, c),
			[]string{b, c, fmt.Sprint(m.connections)}, []string{m.source, m.destination}}
	},
	func(w *world, l *Ledger, t testing.TB) answer {
		m, b, c := w.one(l, t)
		n, d, e := w.two(l, t)
		return answer{fmt.Sprintf("- %s to %s: %s, %s\n- %s to %s: %s, %s\n", m.source, m.destination, b, c, n.source, n.destination, d, e), []string{b, c, d, e}, []string{m.source, m.destination, n.source, n.destination}}
	},
	func(w *world, l *Ledger, t testing.TB) answer {
		m, b, _ := w.one(l, t)
		n, d, _ := w.two(l, t)
		return answer{fmt.Sprintf("%s sent %s to %s, and %s sent %s to %s.", m.source, b, m.destination, n.source, d, n.destination), []string{b, d}, []string{m.source, m.destination, n.source, n.destination}}
	},
	func(w *world, l *Ledger, t testing.TB) answer {
		m, b, c := w.one(l, t)
		share := percent(new(big.Rat).SetFrac64(m.nano, w.total.nano))
		total := displayed(quantity{new(big.Rat).SetFrac64(w.total.nano, 1e9), ofMoney("USD")})
		return answer{fmt.Sprintf("Of %s in total, %s (%s) went from %s to %s; that is %s.", total, c, share, m.source, m.destination, b), []string{total, c, b}, []string{m.source, m.destination}}
	},
	func(w *world, l *Ledger, t testing.TB) answer {
		m, b, c := w.one(l, t)
		return answer{fmt.Sprintf("Revision %s of %s, in zone %s, pulled up the bill to %s: it sent %s to %s since %s.", m.revision, m.source, m.zone, c, b, m.destination, w.at(34)[11:16]), []string{c, b}, []string{m.source, m.destination}}
	},
	func(w *world, l *Ledger, t testing.TB) answer {
		m := w.rows[0]
		c := w.written(displayed(quantity{new(big.Rat).SetFrac64(m.nano, 1e9), ofMoney("USD")}), ref(t, l, "transfers.edges[0].node.cost"))
		return answer{fmt.Sprintf("%s costs %s because of {#c2}, and the rise began at %s with {#c1}.", m.source, c, w.at(34)[11:16]), []string{c}, []string{m.source}}
	},
	func(w *world, l *Ledger, t testing.TB) answer {
		m, b, _ := w.one(l, t)
		n, d, _ := w.two(l, t)
		sum := displayed(quantity{new(big.Rat).SetInt64(m.bytes + n.bytes), ofBytes})
		return answer{fmt.Sprintf("%s (%s) and %s (%s) carry %s together.", m.source, b, n.source, d, sum), []string{b, d, sum}, []string{m.source, n.source}}
	},
	func(w *world, l *Ledger, t testing.TB) answer {
		m, b, c := w.one(l, t)
		return answer{fmt.Sprintf("Nothing unusual was found. %s still talks to %s: **%s** for *%s*. The cause of the remaining cost is not known. Next: keep the traffic in its zone.", m.source, m.destination, b, c), []string{b, c}, []string{m.source, m.destination}}
	},
}

func (w *world) one(l *Ledger, t testing.TB) (m made, bytes, cost string) { return w.pick(0, l, t) }
func (w *world) two(l *Ledger, t testing.TB) (m made, bytes, cost string) { return w.pick(1, l, t) }

func (w *world) pick(at int, l *Ledger, t testing.TB) (m made, bytes, cost string) {
	m = w.rows[at]
	path := fmt.Sprintf("transfers.edges[%d].node.", at)
	bytes = w.written(displayed(quantity{new(big.Rat).SetInt64(m.bytes), ofBytes}), ref(t, l, path+"bytes"))
	return m, bytes, w.written(displayed(quantity{new(big.Rat).SetFrac64(m.nano, 1e9), ofMoney("USD")}), ref(t, l, path+"cost"))
}

// mistakes are the ways to get an answer wrong; "" where a way does not apply.
var mistakes = map[string]func(w *world, a answer) string{
	"figure":      wrongFigure,
	"unit":        wrongUnit,
	"name":        wrongName,
	"other row":   otherRow,
	"invented":    inventedName,
	"direction":   wrongDirection,
	"cause":       inventedCause,
	"extra":       extraFigure,
	"reference":   wrongReference,
	"wrong share": wrongShare,
}

var number = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?`)

// wrongFigure changes one digit of a figure written by hand.
func wrongFigure(w *world, a answer) string {
	for _, f := range a.figures {
		if strings.HasPrefix(f, "{#") {
			continue
		}
		at := number.FindStringIndex(f)
		digits := []byte(f[at[0]:at[1]])
		first := digits[0]
		digits[0] = '1' + (first-'0'+byte(w.random.IntN(7)))%9
		if digits[0] == first {
			digits[0] = '1' + (first-'0')%9
		}
		return strings.Replace(a.text, f, f[:at[0]]+string(digits)+f[at[1]:], 1)
	}
	return ""
}

func wrongUnit(w *world, a answer) string {
	slips := map[string][]string{"MiB": {"GiB", "KiB", "MB"}, "GiB": {"MiB", "TiB", "GB"}, "KiB": {"MiB"}, "TiB": {"GiB"}, "$": {"€"}}
	for _, f := range a.figures {
		for unit, others := range slips {
			if strings.Contains(f, unit) {
				return strings.Replace(a.text, f, strings.Replace(f, unit, others[w.random.IntN(len(others))], 1), 1)
			}
		}
		if strings.HasPrefix(f, "{#") && !strings.Contains(a.text, f+" GB") {
			return strings.Replace(a.text, f, f+" minutes", 1)
		}
	}
	return ""
}

// wrongName puts a name in that no result has.
func wrongName(w *world, a answer) string {
	name := a.names[w.random.IntN(len(a.names))]
	return replaceName(a.text, name, otherNames[w.random.IntN(len(otherNames))])
}

// otherRow puts another transfer's name in.
func otherRow(w *world, a answer) string {
	other := w.rows[len(w.rows)-1].source
	for _, name := range a.names {
		if name != other && name == w.rows[0].source {
			return replaceName(a.text, name, other)
		}
	}
	return ""
}

func inventedName(w *world, a answer) string {
	return replaceName(a.text, a.names[0], fmt.Sprintf("%s-%d", a.names[0], 20+w.random.IntN(70)))
}

func wrongDirection(w *world, a answer) string {
	m := w.rows[0]
	if len(a.names) < 2 || !strings.Contains(a.text, "to "+m.destination) && !strings.Contains(a.text, "to `"+m.destination) {
		return ""
	}
	return strings.NewReplacer(m.source, m.destination, m.destination, m.source).Replace(a.text)
}

func inventedCause(_ *world, a answer) string {
	return strings.TrimSpace(a.text) + " This was caused by a rollout of " + a.names[0] + "."
}

func extraFigure(w *world, a answer) string {
	return strings.TrimSpace(a.text) + fmt.Sprintf(" That is about $%d.%02d a month.", 100+w.random.IntN(900), w.random.IntN(100))
}

func wrongReference(w *world, a answer) string {
	for _, f := range a.figures {
		if strings.HasPrefix(f, "{#") {
			return strings.Replace(a.text, f, fmt.Sprintf("{#f%d}", 500+w.random.IntN(100)), 1)
		}
	}
	return ""
}

func wrongShare(w *world, a answer) string {
	return strings.TrimSpace(a.text) + fmt.Sprintf(" It is %d.%d %% of everything.", 11+w.random.IntN(80), 1+w.random.IntN(9))
}

func replaceName(text, name, other string) string {
	return regexp.MustCompile(`(^|[^\w/-])`+regexp.QuoteMeta(name)+`($|[^\w-])`).ReplaceAllString(text, "${1}"+other+"${2}")
}

// TestCorpus judges 500 right answers and 500 with one planted mistake each, and
// holds the rates against what is promised.
func TestCorpus(t *testing.T) {
	const answers = 500
	names := []string{"figure", "unit", "name", "other row", "invented", "direction", "cause", "extra", "reference", "wrong share"}
	planted, marked := map[string]int{}, map[string]int{}
	falsely := 0
	for n := 0; n < answers; n++ {
		w := newWorld(uint64(n))
		l := w.ledger(t)
		a := sentences[n%len(sentences)](w, l, t)
		if wrong := Unproven(Spans(l, a.text)); len(wrong) > 0 {
			falsely++
			t.Logf("right, but marked: %q: %q %s", a.text, wrong[0].Text, wrong[0].Why)
		}
		for turn := range names {
			name := names[(n/len(sentences)+turn)%len(names)]
			text := mistakes[name](w, a)
			if text == "" || text == a.text {
				continue
			}
			planted[name]++
			if len(Unproven(Spans(l, text))) > 0 {
				marked[name]++
			} else {
				t.Logf("%s, not marked: %q", name, text)
			}
			break
		}
	}
	all, found := 0, 0
	for _, name := range names {
		t.Logf("%-12s %3d planted, %3d marked", name, planted[name], marked[name])
		all, found = all+planted[name], found+marked[name]
	}
	t.Logf("%d of %d wrong answers are marked (%.1f %%), %d of %d right ones (%.1f %%)", found, all, 100*float64(found)/float64(all), falsely, answers, 100*float64(falsely)/answers)
	if all < answers*99/100 || found*100 < all*99 || falsely*100 >= answers {
		t.Error("want at least 99 % of the wrong marked, and under 1 % of the right")
	}
}
