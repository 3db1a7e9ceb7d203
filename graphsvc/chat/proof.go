package chat

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// smallCount is the largest whole number that an answer may use without a
// result that contains it: "two causes", "the first 3".
const smallCount = 10

// unproven lists the figures, moments and numbered names of a text that stand
// in none of the sources: the tools' results and the questions. A figure is its
// number and its unit: 5 MiB does not prove 5 GiB. Each is listed once, as
// written. Numbers in words ("twice") are not seen.
func unproven(text string, sources []string) []string {
	known := proofOf(sources)
	var missing []string
	for _, t := range tokensOf(text) {
		if !known.has(t) && !slices.Contains(missing, t.written) {
			missing = append(missing, t.written)
		}
	}
	return missing
}

// figure is a number with its unit.
type figure struct{ value, unit string }

// proof is all that the sources state.
type proof struct {
	figures map[figure]bool
	numbers map[string]bool
	moments map[string]bool
	names   map[string]bool
}

func proofOf(sources []string) proof {
	p := proof{map[figure]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, source := range sources {
		if tree, isResult := treeOf(source); isResult {
			p.addTree(tree)
		} else {
			p.addText(source)
		}
	}
	return p
}

// treeOf reads a source that is a result; a question is no JSON.
func treeOf(source string) (tree any, isResult bool) {
	if !json.Valid([]byte(source)) {
		return nil, false
	}
	decoder := json.NewDecoder(strings.NewReader(source))
	decoder.UseNumber()
	err := decoder.Decode(&tree)
	return tree, err == nil
}

// addTree takes in a result: its texts, its numbers, and how long its lists are.
func (p proof) addTree(tree any) {
	switch tree := tree.(type) {
	case map[string]any:
		for _, part := range tree {
			p.addTree(part)
		}
	case []any:
		p.addText(strconv.Itoa(len(tree)))
		for _, part := range tree {
			p.addTree(part)
		}
	case json.Number:
		p.addText(tree.String())
	case string:
		p.addText(tree)
	}
}

func (p proof) addText(text string) {
	for _, t := range tokensOf(text) {
		switch t.kind {
		case tokenFigure:
			p.figures[figure{t.value, t.unit}] = true
			p.numbers[t.value] = true
		case tokenMoment:
			p.addMoment(t.value)
		case tokenName:
			for part := range strings.SplitSeq(t.value, "/") {
				p.names[part] = true
			}
		}
	}
}

// addMoment takes in a moment and its parts: its date, its time, and both
// without the seconds.
func (p proof) addMoment(moment string) {
	date, time, hasTime := strings.Cut(moment, "T")
	p.moments[moment], p.moments[date] = true, true
	if !hasTime {
		return
	}
	minute := time[:len("10:04")]
	p.moments[time], p.moments[minute], p.moments[date+"T"+minute] = true, true, true
}

func (p proof) has(t token) bool {
	switch t.kind {
	case tokenMoment:
		return p.moments[t.value]
	case tokenName:
		return p.hasName(t.value)
	case tokenFigure:
		return p.hasFigure(t)
	default:
		return false // what nobody can look up is not proven
	}
}

// hasFigure proves a figure with its unit, and a number without one. A small
// count of unnamed things, such as "two pods", needs no proof.
func (p proof) hasFigure(t token) bool {
	if t.unit != "" {
		return p.figures[figure{t.value, t.unit}]
	}
	return p.numbers[t.value] || !t.named && isSmallCount(t.value)
}

// hasName proves each part of a name. A word with a small number in it, such as
// s3 or IPv4, needs no proof.
func (p proof) hasName(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if !p.names[part] && !isSmallWord(part) {
			return false
		}
	}
	return true
}

func isSmallWord(word string) bool {
	if strings.IndexFunc(word, isDigit) == 0 {
		return false
	}
	numbers := strings.FieldsFunc(word, func(letter rune) bool { return !isDigit(letter) })
	return !slices.ContainsFunc(numbers, func(number string) bool { return !isSmallCount(number) })
}

func isSmallCount(number string) bool {
	n, err := strconv.Atoi(number)
	return err == nil && n <= smallCount
}
