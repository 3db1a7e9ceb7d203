package proof

import (
	"regexp"
	"strings"
)

var (
	// stop ends a sentence: a full stop with a gap behind it, or a line's end.
	stop = regexp.MustCompile(`[.!?]["')*_\x60]*\s|\n`)
	// numbering is a list's marker and no end of a sentence; nor are short forms.
	numbering = regexp.MustCompile(`(?:^|\n)\s*\d{1,2}\.$`)
	shortForm = regexp.MustCompile(`(?i)\b(?:e\.g|i\.e|vs|approx|incl|resp|etc|no)\.$`)
)

// sentenceEnd is behind the first sentence of a text, -1 while it has no end.
func sentenceEnd(text string) int {
	for from := 0; ; {
		at := stop.FindStringIndex(text[from:])
		if at == nil {
			return -1
		}
		start, end := from+at[0], from+at[1]
		if text[start] == '.' && (numbering.MatchString(text[:start+1]) || shortForm.MatchString(text[:start+1])) {
			from = start + 1
			continue
		}
		return end
	}
}

var (
	// boundary parts a sentence into clauses, each with its own figure.
	boundary = regexp.MustCompile(`(?i)[,;:()—–]|\s-\s|\b(?:and|while|but|whereas|against|versus|vs|than|then|or)\b`)
	// farewell is a boundary behind which a sentence speaks of something else.
	farewell = regexp.MustCompile(`(?i)[;:()—–]|\s-\s|,|\b(?:so|but|next|then|look|check|ask|whereas|than|and)\b`)
	totals   = regexp.MustCompile(`(?i)\b(?:total|totals|all|altogether|overall|together|whole|sum|in all|out of|share|of the|of)\b`)
)

// mention is a name in a sentence.
type mention struct {
	start, end int
	name       string // in lower case
}

// mentions finds the nodes that a sentence names.
func (l *Ledger) mentions(text string) []mention {
	var found []mention
	for _, at := range wordPattern.FindAllStringIndex(text, -1) {
		word := strings.ToLower(strings.Trim(text[at[0]:at[1]], ".:/-"))
		name := word
		if parts := strings.Split(word, "/"); len(parts) > 1 {
			name = parts[len(parts)-1]
		}
		if l.entities[name] && !isWordHere(text, at[0], at[1], name) {
			found = append(found, mention{at[0], at[1], name})
		}
	}
	return found
}

// isWordHere tells a name that is also a word of the language from the name: in
// code marks it is the name; in front of a noun of Egressor's own it is the word.
func isWordHere(text string, start, end int, name string) bool {
	marked := start > 0 && text[start-1] == '`' && end < len(text) && text[end] == '`'
	return !marked && plainWords[name]
}

// plainWords are names of workloads that sentences use as words.
var plainWords = map[string]bool{
	"search": true, "api": true, "app": true, "web": true, "data": true, "test": true, "cache": true, "store": true, "service": true,
	"job": true, "worker": true, "server": true, "client": true, "gateway": true, "proxy": true, "report": true, "batch": true, "backup": true,
	"s3": false,
}
