package proof

import (
	"cmp"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// names holds each name against the figure that stands beside it.
func (c *check) names() {
	mentions := c.ledger.mentions(string(c.blank))
	figures := c.inOrder()
	if len(figures) == 0 || len(mentions) == 0 {
		return
	}
	owned := make([][]mention, len(figures))
	for _, m := range mentions {
		for _, at := range c.owners(m, figures) {
			owned[at] = append(owned[at], m)
		}
	}
	// A name that may belong to either neighbour is wrong only if neither has it.
	wrong := map[mention]int{}
	asked := map[mention]int{}
	for i, a := range figures {
		for _, m := range owned[i] {
			asked[m]++
		}
		for _, m := range c.notOf(a, owned[i]) {
			wrong[m]++
		}
	}
	for m, times := range wrong {
		if times == asked[m] {
			c.fault(m.start, m.end, WhyOther)
		}
	}
	for i, a := range figures {
		c.direction(a, owned[i])
	}
}

// inOrder are the sentence's figures with candidates, by place.
func (c *check) inOrder() []anchor {
	var figures []anchor
	for _, a := range c.anchors {
		if a.span.Kind == SpanFigure && len(a.candidates) > 0 {
			figures = append(figures, a)
		}
	}
	slices.SortFunc(figures, func(a, b anchor) int { return cmp.Compare(a.start, b.start) })
	return figures
}

// owners are the figures that a name may speak of: by clauses.
func (c *check) owners(m mention, figures []anchor) []int {
	next := slices.IndexFunc(figures, func(a anchor) bool { return a.start >= m.start })
	if next == 0 {
		return []int{0}
	}
	previous := next - 1
	if next < 0 {
		previous = len(figures) - 1
	}
	before := string(c.blank[figures[previous].end:m.start])
	if next < 0 {
		if farewell.MatchString(before) {
			return nil
		}
		return []int{previous}
	}
	switch parted, joined := boundary.MatchString(before), !boundary.MatchString(string(c.blank[m.end:figures[next].start])); {
	case parted && joined:
		return []int{next}
	case !parted && !joined:
		return []int{previous}
	default:
		return []int{previous, next}
	}
}

// notOf are the names that no figure of an anchor's candidates is about. The
// candidate that fits best is taken.
func (c *check) notOf(a anchor, mentions []mention) []mention {
	var best []mention
	for i, f := range a.candidates {
		var missing []mention
		for _, m := range mentions {
			if !c.about(f, m.name) {
				missing = append(missing, m)
			}
		}
		if i == 0 || len(missing) < len(best) {
			best = missing
		}
	}
	return best
}

// about reports whether a figure may stand beside a name. A total may stand beside
// any, where the sentence says that it is one.
func (c *check) about(f *Figure, name string) bool {
	if f.row == nil || f.row.free || f.row.has(name) {
		return true
	}
	return !f.row.named && (totals.MatchString(c.text) || f.value.dim != ofBytes && f.value.dim.money == 0)
}

// direction marks "to X" where X is the figure's source, and "from X" where it is
// its destination.
func (c *check) direction(a anchor, mentions []mention) {
	for _, m := range mentions {
		word := prepositionBefore(string(c.blank[:m.start]))
		if word == "" {
			continue
		}
		wrong := len(a.candidates) > 0
		for _, f := range a.candidates {
			r := f.row
			if r == nil || r.free || r.source == "" || r.source == r.destination || !r.has(m.name) {
				wrong = false
				break
			}
			if word == "to" && r.source != m.name || word == "from" && r.destination != m.name {
				wrong = false
				break
			}
		}
		if wrong {
			c.fault(m.start, m.end, WhyDirection)
		}
	}
}

var preposition = regexp.MustCompile(`(?i)(?:\b(to|into|from)\s+(?:the\s+)?|(→|->|=>)\s*)[*_\x60]*$`)

func prepositionBefore(text string) string {
	found := preposition.FindStringSubmatch(text)
	switch {
	case found == nil:
		return ""
	case found[2] != "" || strings.EqualFold(found[1], "into"):
		return "to"
	default:
		return strings.ToLower(found[1])
	}
}

var (
	inCode = regexp.MustCompile("`([^`\n]+)`")
	// places are where a sentence with a figure names who moved bytes to whom.
	places = []*regexp.Regexp{
		regexp.MustCompile(`(?:^|[.,;:(]\s*|\b(?:and|while|that|but)\s+)[*_]*` + bareName + `[*_]*\s+(?:still |now |also |mostly |alone |only )?(?:sent|sends|moved|moves|received|receives|pulled|pulls|pushed|pushes|uploaded|uploads|downloaded|downloads|exchanged|transferred|transfers to|(?:costs|cost|paid|pays)\s{3}|called|calls|talked to|talks to)(?:\b|$|\s)`),
		regexp.MustCompile(`\b(?:sent|sends|moved|moves|received|receives|pulled|pulls|pushed|uploaded|downloaded|transferred|talks|talked|went|go|goes|flowed|flows)\b\s*[^,;.]{0,60}?\s(?:to|from)\s+[*_]*` + bareName),
		regexp.MustCompile(`(?:^|\n)\s*(?:[-*]\s+|\d+[.)]\s+)?[*_]*` + bareName + `[*_]* (?:to|→|->) [*_]*[\w.-]+[*_]*\s*[:,(]`),
		regexp.MustCompile(`(?:^|\n)\s*(?:[-*]\s+|\d+[.)]\s+)?[*_]*[\w.-]+[*_]* (?:to|→|->) [*_]*` + bareName + `[*_]*\s*[:,(]`),
		regexp.MustCompile(`\bfrom [*_]*` + bareName + `[*_]* to\b`),
		regexp.MustCompile(`\b[Rr]evision\s+\S+\s+of\s+[*_]*` + bareName),
	}
	// beforeFigure is the name that a figure in parentheses belongs to.
	beforeFigure = regexp.MustCompile(`([\p{L}\p{Nd}][\p{L}\p{Nd}._-]*[\p{L}\p{Nd}])[*_]*\s\([*_]*$`)
	// wholeName is a name up to its last label: metrics-vendor is no part of
	// metrics-vendor.example.net that stands for itself.
	wholeName  = regexp.MustCompile(`[\p{L}\p{Nd}_][\p{L}\p{Nd}._-]*[\p{L}\p{Nd}_]`)
	hyphenated = regexp.MustCompile(`\p{L}+(?:-[\p{L}\p{Nd}]+)+`)
)

// strangers marks names that no result has: in code marks anywhere, and as bare
// words where a sentence with a figure says who moved bytes to whom.
func (c *check) strangers() {
	for _, at := range inCode.FindAllStringSubmatchIndex(c.text, -1) {
		if !c.knowsWord(c.text[at[2]:at[3]]) {
			c.fault(at[2], at[3], WhyName)
		}
	}
	if !slices.ContainsFunc(c.anchors, func(a anchor) bool { return a.span.Kind != SpanText }) {
		return
	}
	blank := string(c.blank)
	for _, pattern := range places {
		for _, at := range pattern.FindAllStringSubmatchIndex(blank, -1) {
			c.stranger(at[2], at[3])
		}
	}
	for _, a := range c.inOrder() {
		if at := beforeFigure.FindStringSubmatchIndex(blank[:a.start]); at != nil {
			c.stranger(at[2], at[3])
		}
	}
	for _, at := range wholeName.FindAllStringIndex(blank, -1) {
		whole := blank[at[0]:at[1]]
		if part := hyphenated.FindString(whole); part != "" && !isCompound(part) && !c.knowsWord(part) {
			c.stranger(at[0], at[1])
		}
	}
}

func (c *check) stranger(start, end int) {
	if !c.knowsWord(c.text[start:end]) {
		c.fault(start, end, WhyName)
	}
}

// isCompound tells a compound of the language, such as cross-zone, from a name.
func isCompound(word string) bool {
	for part := range strings.SplitSeq(strings.ToLower(word), "-") {
		if compoundParts[part] {
			return true
		}
	}
	return false
}

// knowsWord proves a text in code marks: a name, a part of an id, a reference, or
// some words that are all known.
func (c *check) knowsWord(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" || c.ledger.words[text] || ordinaryWords[text] {
		return true
	}
	for _, word := range wordPattern.FindAllString(text, -1) {
		if !c.ledger.words[word] && !ordinaryWords[word] {
			return false
		}
	}
	return true
}

const bareName = `([\p{L}\p{Nd}][\p{L}\p{Nd}._-]*[\p{L}\p{Nd}])`

// ratioWords say a ratio without digits.
var ratioWords = []struct {
	pattern *regexp.Regexp
	ratio   *big.Rat
}{
	{regexp.MustCompile(`(?i)\b(?:twice|doubled|double the)\b`), big.NewRat(2, 1)},
	{regexp.MustCompile(`(?i)\b(?:tripled|three times|triple the)\b`), big.NewRat(3, 1)},
	{regexp.MustCompile(`(?i)\b(?:quadrupled|four times)\b`), big.NewRat(4, 1)},
	{regexp.MustCompile(`(?i)\b(?:halved|half of|half the)\b`), big.NewRat(1, 2)},
	{regexp.MustCompile(`(?i)\ba third of\b`), big.NewRat(1, 3)},
	{regexp.MustCompile(`(?i)\btwo thirds of\b`), big.NewRat(2, 3)},
	{regexp.MustCompile(`(?i)\ba quarter of\b`), big.NewRat(1, 4)},
	{regexp.MustCompile(`(?i)\bthree quarters of\b`), big.NewRat(3, 4)},
}

// ratios recomputes ratios in words from the figures beside them, to a tenth.
func (c *check) ratios() {
	beside := c.figures()
	for _, word := range ratioWords {
		for _, at := range word.pattern.FindAllStringIndex(string(c.blank), -1) {
			if !someRatio(word.ratio, beside) {
				c.fault(at[0], at[1], WhyFigure)
			}
		}
	}
}

func someRatio(wanted *big.Rat, beside []*Figure) bool {
	tolerance := new(big.Rat).Mul(wanted, big.NewRat(1, 10))
	for _, a := range beside {
		for _, b := range beside {
			if a == b || a.value.dim != b.value.dim || b.value.number.Sign() == 0 {
				continue
			}
			ratio := new(big.Rat).Quo(a.value.number, b.value.number)
			if off := ratio.Sub(ratio, wanted); off.Abs(off).Cmp(tolerance) <= 0 {
				return true
			}
		}
	}
	return false
}
