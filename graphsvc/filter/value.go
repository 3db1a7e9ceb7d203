package filter

import (
	"net/netip"

	"github.com/egressor/egressor/internal/money"
)

// Value is what a property is compared with. By the field's type: Word (Text
// and Choice), Number (Number, Bytes and the microseconds of Duration), Amount
// or Prefix.
type Value struct {
	Word Word
	// To is the other end's where the value is a pair, FROM->TO.
	To     *Word
	Number uint64
	Amount money.Amount
	Prefix netip.Prefix
}

// Word is a text to compare with. In a pattern each "*" stands for any letters;
// in a text that was quoted it is a letter like others.
type Word struct {
	Text    string
	Pattern bool
}

// fits reports whether a text is as the word says.
func (w Word) fits(text string) bool {
	if !w.Pattern {
		return text == w.Text
	}
	return like(text, w.Text)
}

// like matches a text with a pattern in which each "*" is any number of bytes.
// It goes back to the last star alone, so that it takes at most the product of
// the lengths.
func like(text, pattern string) bool {
	t, p, star, resume := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, resume = p, t
			p++
		case p < len(pattern) && pattern[p] == text[t]:
			t, p = t+1, p+1
		case star >= 0:
			resume++
			t, p = resume, star+1
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}
