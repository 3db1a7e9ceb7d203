package proof

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// said joins a judged text again: ⟦⟧ around figures and causes, !…! around what
// is not proven.
func said(spans []Span) string {
	var text strings.Builder
	for _, s := range spans {
		switch s.Kind {
		case SpanFigure, SpanCause:
			text.WriteString("⟦" + s.Text + "⟧")
		case SpanUnproven:
			text.WriteString("!" + s.Text + "!")
		default:
			text.WriteString(s.Text)
		}
	}
	return text.String()
}

const checkout = `{"transfers":{"window":{"from":"2026-11-23T10:04:00Z","to":"2026-11-23T11:04:00Z"},"version":{"number":412},"totalCount":37,
 "total":{"bytes":13194139533312,"cost":{"amount":"1234.5","currency":"USD","display":"$1,234.50"}},"edges":[
 {"node":{"id":"t00000000000f0412","source":"w/lab/shop/Deployment/checkout","sourceName":"checkout","destinationName":"s3","sourceRevision":"checkout-7f9c","image":"checkout@4b6a3a166c","path":"nat","via":"nat-0a81","serverPort":443,"bytes":456789012,"connections":5120,"cost":{"amount":"20.4123","currency":"USD","display":"$20.41"}}},
 {"node":{"id":"t00000000000f0413","source":"w/lab/shop/Deployment/cart","sourceName":"cart","destinationName":"db","sourceRevision":"","path":"vpc","via":"","serverPort":5432,"bytes":"900719925474099299","connections":12,"cost":{"amount":"0.0042","currency":"USD","display":"$0.0042"}}}]}}`

// failer is a test of either kind.
type failer interface {
	Helper()
	Fatal(...any)
}

func ledgerOf(t failer, results ...string) *Ledger {
	t.Helper()
	l := NewLedger()
	for i, result := range results {
		if _, err := l.Add(fmt.Sprint("call", i), "{}", json.RawMessage(result)); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

func TestCheck(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"checkout sent {#f2} to s3.", "checkout sent ⟦5120⟧ to s3."},
		{"It costs {#f3} USD, or ${#f3}.", "It costs ⟦$20.41⟧, or ⟦$20.41⟧."},
		{"It moved {#f1} bytes and {#f1} MiB.", "It moved ⟦435.63 MiB⟧ and ⟦435.63 MiB⟧."},
		{"It moved {#f1} GiB.", "It moved ⟦435.63 MiB⟧ !GiB!."},
		{"It moved {#f99}.", "It moved !{#f99}!."},
		{"It moved 435.63 MiB, about 436 MiB, or 456,789,012 bytes.", "It moved ⟦435.63 MiB⟧, about ⟦436 MiB⟧, or ⟦456,789,012 bytes⟧."},
		{"It moved 0.43 GiB or 435.63 GiB.", "It moved !0.43 GiB! or !435.63 GiB!."},
		{"In version 412 on port 443 from 10:04 to 11:04.", "In version 412 on port 443 from 10:04 to 11:04."},
		{"In version 413 on port 444 at 10:05.", "In version !413! on port !444! at !10:05!."},
		{"`checkout` and `biling` by `nat-0a81`.", "`checkout` and `!biling!` by `nat-0a81`."},
		{"cart sent 435.63 MiB to s3.", "!cart! sent ⟦435.63 MiB⟧ to s3."},
		{"s3 sent 435.63 MiB to checkout.", "s3 sent ⟦435.63 MiB⟧ to !checkout!."},
		{"checkout costs 1.7 % of $1,234.50: $20.41.", "checkout costs ⟦1.7 %⟧ of ⟦$1,234.50⟧: ⟦$20.41⟧."},
		{"checkout costs 2.7 % of $1,234.50: $20.41.", "checkout costs !2.7 %! of ⟦$1,234.50⟧: ⟦$20.41⟧."},
		{"It is dear because of a rollout.", "It is dear !because! of a rollout."},
		{"The cause is not known.", "The cause is not known."},
		{"1. checkout\n2. cart\n", "1. checkout\n2. cart\n"},
		{"The top 3 of 37 transfers, 2 of them listed.", "The top 3 of ⟦37⟧ transfers, 2 of them listed."},
		{"It is checkout@4b6a3a166c, not checkout@4b6a3a166d.", "It is checkout@4b6a3a166c, not checkout@!4b6a3a166d!."},
		{"Both doubled.", "Both !doubled!."},
		{"", ""},
	} {
		l := ledgerOf(t, checkout)
		if got := said(Spans(l, row.text)); got != row.want {
			t.Errorf("%q\ngot  %s\nwant %s", row.text, got, row.want)
		}
	}
}

func TestAnOlderFigureSaysItsVersion(t *testing.T) {
	l := ledgerOf(t, checkout, strings.ReplaceAll(checkout, `"number":412`, `"number":413`))
	if got := said(Spans(l, "It moved {#f1}.")); got != "It moved ⟦435.63 MiB (v412)⟧." {
		t.Error(got)
	}
}

func TestTheQuestionsFiguresNeedNoProof(t *testing.T) {
	l := ledgerOf(t, checkout)
	l.AddQuestion("what moved more than 5 GiB in the last 30 minutes to payments-api?")
	if got := Unproven(Spans(l, "Nothing moved more than 5 GiB in 30 minutes to `payments-api`.")); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

// TestStreamsAreJudgedAlike: however a text is cut, it is judged the same.
func TestStreamsAreJudgedAlike(t *testing.T) {
	const text = "checkout sent {#f1} to s3. It cost $20.41, i.e. 1.7 % of $1,234.50.\n1. cart: $9.99\n\nDone because of magic"
	whole := said(Spans(ledgerOf(t, checkout), text))
	rapid.Check(t, func(t *rapid.T) {
		l := ledgerOf(t, checkout)
		w := NewWeaver(l)
		var spans []Span
		for at := 0; at < len(text); {
			end := at + rapid.IntRange(1, 20).Draw(t, "piece")
			end = min(end, len(text))
			spans = append(spans, w.Feed(text[at:end])...)
			at = end
		}
		if got := said(append(spans, w.Flush()...)); got != whole {
			t.Fatalf("got  %s\nwant %s", got, whole)
		}
	})
}

func TestCalculate(t *testing.T) {
	for _, row := range []struct{ expression, as, want string }{
		{"f3 / f8", "percent", "1.7 %"},
		{"f1 + f4", "", "800.00 PiB"},
		{"(f4 - f1) / 2", "", "400.00 PiB"},
		{"f3 / f10 * month", "", "$14696.86"},
		{"f1 / f10", "", "123.91 KiB/s"},
		{"f3 / f1", "", "$47.98 per GiB"},
		{"sum(f3, f6)", "", "$20.42"},
		{"max(f2, f5)", "number", "5120"},
		{"avg(f2, f5)", "", "2566"},
		{"-f3", "", "-$20.41"},
		{"1 + 2", "", "no reference"},
		{"f3 + f1", "", "do not add up"},
		{"f1 * f1", "", "no unit"},
		{"f3 / (f5 - f5)", "", "division by 0"},
		{"f99", "", "no figure f99"},
		{"f3 * 4120", "", "whole number"},
		{"f3 * 1.5", "", "not expected"},
		{"f3", "percent", "no ratio"},
		{"(f3", "", "not closed"},
		{"f3 f3", "", "not expected"},
		{"", "", "too early"},
		{strings.Repeat("(", 100) + "f1", "", "nested"},
		{"os.exit(1)", "", "neither"},
	} {
		l := ledgerOf(t, checkout)
		f, err := l.Calculate("k", row.expression, row.as)
		var got string
		if err != nil {
			got = err.Error()
		} else {
			got = f.Display
			if l.Figure(f.Ref) != f || f.Calculation != row.expression {
				t.Errorf("%s: %+v is not in the ledger", row.expression, f)
			}
		}
		if !strings.Contains(got, row.want) {
			t.Errorf("%s as %q: got %s, want %s", row.expression, row.as, got, row.want)
		}
	}
}

// TestCalculateProperty: sums and shares are exact, whatever the order.
func TestCalculateProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.Int64Range(1, 1<<62), 2, 8).Draw(t, "bytes")
		var rows, refs, shares []string
		total := new(big.Rat)
		for i, count := range counts {
			rows = append(rows, fmt.Sprintf(`{"bytes":"%d"}`, count))
			refs = append(refs, fmt.Sprintf("f%d", i+1))
			total.Add(total, new(big.Rat).SetInt64(count))
		}
		l := ledgerOf(t, `[`+strings.Join(rows, ",")+`]`)
		sum, err := l.Calculate("k", "sum("+strings.Join(refs, ",")+")", "")
		if err != nil || sum.value.number.Cmp(total) != 0 {
			t.Fatalf("%v: %v is not %v", err, sum, total)
		}
		for _, ref := range refs {
			shares = append(shares, ref+"/"+sum.Ref)
		}
		if one, err := l.Calculate("k", strings.Join(shares, "+"), "percent"); err != nil || one.Display != "100 %" {
			t.Fatalf("%v: the shares are %v together", err, one)
		}
	})
}

func TestResultsAreCompactAndHarmless(t *testing.T) {
	for _, row := range []struct{ in, want string }{
		{`{"bytes":0,"name":""}`, `{"bytes":"0 bytes #f1"}`},
		{`{"lostBytes":null,"checkBytes":-1536}`, `{"checkBytes":"-1.50 KiB #f1","lostBytes":null}`},
		{`{"lagSeconds":42,"rttMicros":1500}`, `{"lagSeconds":"42 s #f1","rttMicros":"1500 µs #f2"}`},
		{`{"connections":9007199254740993,"assumed":true}`, `{"assumed":true,"connections":"9007199254740993 #f1"}`},
		{`{"cost":{"amount":"-0.5","currency":"USD","display":"-$0.50"}}`, `{"cost":"-$0.50 #f1"}`},
		{`{"window":{"from":"2026-11-23T10:04:00Z","to":"2026-11-23T10:19:00Z"}}`, `{"window":"2026-11-23T10:04:00Z to 2026-11-23T10:19:00Z, 15 min #f1"}`},
		{`[{"node":{"name":"a"},"x":1},{"node":{"name":"b"},"x":2}]`, `{"columns":["node","x"],"rows":[["a","1 #f1"],["b","2 #f2"]]}`},
		{"{\"name\":\"a\\u0007\\u202eb\\u200b\\u2028\"}", `"a\\u0007\\u202eb\\u200b\\u2028"`},
		{`{"name":"<img src=x>[a](http://e){#f1}"}`, `"\\u003cimg src=x\\u003e\\u005ba\\u005d(http://e){\\u0023f1}"`},
		{`{"bytes":"<b>"}`, `{"bytes":"\\u003cb\\u003e"}`},
		{`{"name":"` + strings.Repeat("é", 121) + `"}`, `"` + strings.Repeat("é", 120) + `…"`},
	} {
		got, err := NewLedger().Add("k", "{}", json.RawMessage(row.in))
		if err != nil || got.Text != row.want {
			t.Errorf("%s\ngot  %s (%v)\nwant %s", row.in, got.Text, err, row.want)
		}
	}
	for _, broken := range []string{`{`, `{} {}`, ``} {
		if got, err := NewLedger().Add("k", "{}", json.RawMessage(broken)); err == nil {
			t.Errorf("%q was read as %s", broken, got.Text)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("checkout sent {#f1} to s3 for $20.41 because {#c1}, 1.7 % **7** x v9 1.2.3. `a`")
	f.Add("12:345 $ 4,12,3 5TiB/s {#f1} GiB ${#f3}% 4. ４１２")
	l := ledgerOf(f, checkout)
	f.Fuzz(func(t *testing.T, text string) {
		joined := ""
		for _, s := range l.Check(text) {
			if s.Text == "" {
				t.Fatalf("an empty span in %q", text)
			}
			joined += s.Text
		}
		if !reference.MatchString(text) && joined != text {
			t.Fatalf("%q became %q", text, joined)
		}
	})
}
