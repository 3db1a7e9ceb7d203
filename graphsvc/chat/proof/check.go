package proof

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// anchor is a figure, a cause or a fault at a place of a sentence.
type anchor struct {
	start, end int
	span       Span
	// candidates are the figures that it may be; empty for what is no figure.
	candidates []*Figure
}

var (
	reference = regexp.MustCompile(`([$€£]?)\{?#([fc]\d+)\}?`)
	unitAfter = regexp.MustCompile(`^\s?(%|[\p{L}µ]+(?:/s)?)`)
	causal    = regexp.MustCompile(`(?i)\b(?:because|caused by|caused the|caused|due to|owing to|as a result of|triggered by|triggered|driven by|led to|resulted (?:in|from)|thanks to|the (?:likely |root |probable )?cause (?:is|was)|to blame|explains the|stems from|comes from the rollout)\b`)
	noCause   = regexp.MustCompile(`(?i)\b(?:not known|unknown|no (?:known )?cause|not found|cannot be (?:told|said)|cannot tell|unclear|nothing)\b`)
)

// Check judges one sentence.
func (l *Ledger) Check(text string) []Span {
	c := check{ledger: l, text: text, blank: []byte(text)}
	c.references()
	c.literals()
	c.ratios()
	c.names()
	c.strangers()
	c.causes()
	return c.spans()
}

// check is one sentence while it is judged.
type check struct {
	ledger *Ledger
	text   string
	// blank is the text with what has been dealt with as spaces.
	blank   []byte
	anchors []anchor
	caused  bool
}

func (c *check) take(a anchor) {
	for i := a.start; i < a.end; i++ {
		if c.blank[i] != '\n' {
			c.blank[i] = ' '
		}
	}
	c.anchors = append(c.anchors, a)
}

func (c *check) fault(start, end int, why string) {
	for _, a := range c.anchors {
		if start < a.end && end > a.start {
			return // it is marked, or proven, already
		}
	}
	c.take(anchor{start: start, end: end, span: Span{Kind: SpanUnproven, Text: c.text[start:end], Why: why}})
}

// references puts the digits where the text names a reference.
func (c *check) references() {
	for _, at := range reference.FindAllStringSubmatchIndex(c.text, -1) {
		start, end, ref := at[0], at[1], c.text[at[4]:at[5]]
		if cause := c.ledger.causes[ref]; cause != nil {
			c.caused = true
			c.take(anchor{start: start, end: end, span: Span{Kind: SpanCause, Text: cause.Text, Cause: cause}})
			continue
		}
		f := c.ledger.figures[ref]
		if f == nil {
			c.take(anchor{start: start, end: end, span: Span{Kind: SpanUnproven, Text: c.text[start:end], Why: WhyReference}})
			continue
		}
		if at[2] != at[3] && f.value.dim.money == 0 {
			start = at[3] // a currency's sign that is not the figure's stays, and is marked
			c.fault(at[2], at[3], WhyUnit)
		}
		end = c.unitBehind(f, end)
		text := f.Display
		if f.Version != 0 && f.Version != c.ledger.version {
			text += " (v" + strconv.FormatUint(f.Version, 10) + ")"
		}
		c.take(anchor{start: start, end: end, span: Span{Kind: SpanFigure, Text: text, Figure: f, By: ByReference}, candidates: []*Figure{f}})
	}
}

// unitBehind drops a unit that the text repeats behind a reference, and marks one
// that is not the figure's.
func (c *check) unitBehind(f *Figure, end int) int {
	behind := unitAfter.FindStringSubmatch(c.text[end:])
	if behind == nil {
		return end
	}
	word := strings.ToLower(behind[1])
	unit, known := units[strings.TrimSuffix(word, "/s")]
	if !known || len(word) == 1 && word != "%" {
		return end
	}
	if strings.HasSuffix(word, "/s") {
		unit += "/s"
	}
	switch f.besideUnit(unit) {
	case unitSame:
		return end + len(behind[0])
	case unitOther:
		start := end + strings.Index(c.text[end:], behind[1])
		c.fault(start, start+len(behind[1]), WhyUnit)
	case unitOfSomethingElse:
	}
	return end
}

// besideUnit is what a unit behind a figure is to it.
type besideUnit int

const (
	unitSame besideUnit = iota
	unitOther
	// unitOfSomethingElse is a word of the sentence: "3 days" of a count, "a month".
	unitOfSomethingElse
)

func (f *Figure) besideUnit(unit string) besideUnit {
	if last := len(f.shown) - 1; last >= 0 && f.shown[last].unit == unit || unit == "B" && f.value.dim == ofBytes {
		return unitSame
	}
	scale, isScale := scaleOf(unit)
	if !isScale || scale.dim == count && unit != "%" || scale.dim == ofTime && f.value.dim == count {
		return unitOfSomethingElse
	}
	return unitOther
}

// literals looks every number, time and numbered name of the text up.
func (c *check) literals() {
	type open struct {
		t          token
		start, end int
	}
	var left []open
	for _, t := range tokensOf(string(c.blank)) {
		start, end := t.start, t.start+len(t.written)
		switch t.kind {
		case tokenMoment:
			if !c.ledger.moments[t.value] {
				c.fault(start, end, WhyMoment)
			}
		case tokenName:
			if !c.ledger.knowsName(t.value) {
				c.fault(start, end, WhyName)
			}
		case tokenFigure:
			found := c.ledger.matching(t)
			switch {
			case len(found) > 0 && !t.named:
				c.take(anchor{start: start, end: end, span: Span{Kind: SpanFigure, Text: t.written, Figure: found[0], By: ByMatch}, candidates: found})
			case c.ledger.knowsNumber(t, c.text[:start]), c.ledger.isName(c.text, start, end):
			default:
				left = append(left, open{t, start, end})
			}
		}
	}
	beside := c.figures()
	for _, o := range left {
		if recomputed(o.t, beside) {
			f := &Figure{Display: o.t.written, Version: c.ledger.version, Calculation: "of the figures beside it", row: &row{free: true}}
			c.take(anchor{start: o.start, end: o.end, span: Span{Kind: SpanFigure, Text: o.t.written, Figure: f, By: ByRecomputed}})
			continue
		}
		c.fault(o.start, o.end, WhyFigure)
	}
}

// figures are those of the sentence so far, each once.
func (c *check) figures() []*Figure {
	var beside []*Figure
	for _, a := range c.anchors {
		if a.span.Kind == SpanFigure && len(a.candidates) > 0 && !slices.Contains(beside, a.span.Figure) {
			beside = append(beside, a.span.Figure)
		}
	}
	return beside
}

// isName reports whether a place of a text is in the name of a node, which may look
// like a figure or a version: v2.
func (l *Ledger) isName(text string, start, end int) bool {
	for _, at := range wholeName.FindAllStringIndex(text, -1) {
		if at[0] <= start && end <= at[1] {
			return l.entities[strings.ToLower(text[at[0]:at[1]])]
		}
	}
	return false
}

func (l *Ledger) knowsName(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if !l.words[part] && !isSmallWord(part) {
			return false
		}
	}
	return true
}

// knowsNumber proves a number that a text of a result or the question has, and a
// small count that a list's length is.
func (l *Ledger) knowsNumber(t token, before string) bool {
	if t.unit != "" {
		return l.texts[textFigure{t.value, t.unit}]
	}
	if l.numbers[t.value] {
		return true
	}
	n, err := strconv.Atoi(t.value)
	if err != nil || t.named {
		return false
	}
	return l.lengths[n] || n <= smallCount && ordinalBefore.MatchString(before)
}

// smallCount is the largest number that a list's place may have without a proof:
// "the first 3".
const smallCount = 10

var ordinalBefore = regexp.MustCompile(`(?i)\b(?:top|first|last|next|these|those|step|the other|of the|part) $`)

func isSmallWord(word string) bool {
	if strings.IndexFunc(word, isDigit) == 0 || strings.ContainsAny(word, "-._") {
		return false
	}
	numbers := strings.FieldsFunc(word, func(letter rune) bool { return !isDigit(letter) })
	return !slices.ContainsFunc(numbers, func(number string) bool {
		n, err := strconv.Atoi(number)
		return err != nil || n > smallCount
	})
}

// causes marks a claim of a cause that names none of the engine's.
func (c *check) causes() {
	if c.caused || noCause.MatchString(c.text) {
		return
	}
	for _, at := range causal.FindAllStringIndex(c.text, -1) {
		if !c.ledger.isName(c.text, at[0], at[0]+1) { // as in "from billing-due to mail"
			c.fault(at[0], at[1], WhyCause)
		}
	}
}

// spans puts the sentence together.
func (c *check) spans() []Span {
	slices.SortFunc(c.anchors, func(a, b anchor) int { return cmp.Compare(a.start, b.start) })
	var spans []Span
	at := 0
	for _, a := range c.anchors {
		if a.start > at {
			spans = append(spans, Span{Text: c.text[at:a.start]})
		}
		spans = append(spans, a.span)
		at = max(at, a.end)
	}
	if at < len(c.text) {
		spans = append(spans, Span{Text: c.text[at:]})
	}
	return spans
}
