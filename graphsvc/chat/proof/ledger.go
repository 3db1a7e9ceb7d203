package proof

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Ledger holds all that the tools said in one conversation. Its zero value is
// not usable; see NewLedger. It is not safe for concurrent use.
type Ledger struct {
	figures map[string]*Figure
	causes  map[string]*Cause
	order   []string // references of figures, oldest first
	minted  int
	caused  int

	// texts are figures inside texts and of questions: provable, without a reference.
	texts   map[textFigure]bool
	numbers map[string]bool
	moments map[string]bool
	// words are all names with their parts in lower case; entities those of them
	// that name a node of the graph.
	words    map[string]bool
	entities map[string]bool
	// private are names that people gave, as written.
	private map[string]bool
	// lengths of lists.
	lengths map[int]bool
	version uint64
	// currency of the newest amount, for amounts that name none.
	currency string
}

type textFigure struct{ value, unit string }

// mostFigures bounds a ledger; the oldest references are forgotten first.
const mostFigures = 20_000

// NewLedger returns an empty ledger.
func NewLedger() *Ledger {
	return &Ledger{
		figures: map[string]*Figure{}, causes: map[string]*Cause{}, texts: map[textFigure]bool{}, numbers: map[string]bool{},
		moments: map[string]bool{}, words: map[string]bool{}, entities: map[string]bool{}, lengths: map[int]bool{}, private: map[string]bool{}, currency: "USD",
	}
}

// Figure by its reference, nil where there is none.
func (l *Ledger) Figure(ref string) *Figure { return l.figures[ref] }

// Cause by its reference, nil where there is none.
func (l *Ledger) Cause(ref string) *Cause { return l.causes[ref] }

// Version is the newest graph version among the results, 0 where there is none.
func (l *Ledger) Version() uint64 { return l.version }

// AddQuestion takes in what the asker said: their figures, names and times need no
// other proof.
func (l *Ledger) AddQuestion(question string) {
	l.addText(question)
	for _, word := range wordPattern.FindAllString(question, -1) {
		l.addWords(word)
	}
}

// Result is a tool's result in two forms.
type Result struct {
	// Text is compact JSON for reading, with a reference behind each figure and
	// tables for lists.
	Text string
	// Tree has the same texts in the result's own shape.
	Tree json.RawMessage
}

// Add takes in the result of a tool call with its input, and gives every figure a
// reference.
func (l *Ledger) Add(call, input string, result json.RawMessage) (Result, error) {
	tree, err := treeOf(result)
	if err != nil {
		return Result{}, fmt.Errorf("the result is no JSON: %w", err)
	}
	r := reader{ledger: l, call: call, version: versionIn(tree)}
	r.from, r.to = windowIn(tree)
	l.version = max(l.version, r.version)
	about := newRow(nil)
	if asked, err := treeOf(json.RawMessage(input)); err == nil {
		about.take(asked) // it proves nothing itself: the model wrote it
	}
	about.named = about.named || namesNode(about)
	read := r.read("", "", tree, about)
	whole, err := encode(read)
	if err != nil {
		return Result{}, err
	}
	text, err := encode(compact(read))
	l.forget()
	return Result{Text: string(text), Tree: whole}, err
}

// namesNode reports whether a call's input named one node or transfer.
func namesNode(r *row) bool {
	for word := range r.words {
		if strings.Count(word, "/") >= 2 || transferID.MatchString(word) {
			return true
		}
	}
	return false
}

func (l *Ledger) mint(f *Figure) *Figure {
	l.minted++
	f.shown = tokensOf(f.Display)
	f.Ref = "f" + strconv.Itoa(l.minted)
	l.figures[f.Ref] = f
	l.order = append(l.order, f.Ref)
	return f
}

func (l *Ledger) blame(c *Cause) *Cause {
	l.caused++
	c.Ref = "c" + strconv.Itoa(l.caused)
	l.causes[c.Ref] = c
	return c
}

func (l *Ledger) forget() {
	for len(l.order) > mostFigures {
		delete(l.figures, l.order[0])
		l.order = l.order[1:]
	}
}

func (l *Ledger) addText(text string) {
	for _, t := range tokensOf(text) {
		switch t.kind {
		case tokenFigure:
			l.texts[textFigure{t.value, t.unit}] = true
			l.numbers[t.value] = true
		case tokenMoment:
			l.addMoment(t.value)
		case tokenName:
			l.addWords(t.value)
		}
	}
}

// addWords takes in a name and its parts.
func (l *Ledger) addWords(text string) {
	for _, word := range wordsOf(text) {
		l.words[word] = true
	}
}

// addEntity takes in the name or id of a node.
func (l *Ledger) addEntity(text string) {
	text = strings.ToLower(text)
	if parts := strings.Split(text, "/"); len(parts) > 2 {
		text = parts[len(parts)-1]
	}
	if len(text) > 1 && !commonNames[text] {
		l.entities[text] = true
	}
}

// addMoment takes in a moment and its parts: its date, its time, and both
// without the seconds.
func (l *Ledger) addMoment(moment string) {
	date, time, hasTime := strings.Cut(moment, "T")
	l.moments[moment], l.moments[date] = true, true
	if !hasTime {
		return
	}
	minute := time[:len("10:04")]
	l.moments[time], l.moments[minute], l.moments[date+"T"+minute] = true, true, true
}

// References are those of all figures, oldest first.
func (l *Ledger) References() []string { return slices.Clone(l.order) }
