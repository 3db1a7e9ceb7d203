package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scanner walks over a text. Words end where a letter of ends stands.
type scanner struct {
	text string
	at   int
}

// ends reports whether a letter ends a word that is not quoted.
func ends(r rune) bool {
	return unicode.IsSpace(r) || r == '(' || r == ')' || r == ',' || r == '"'
}

// operatorLetters begin an operator; a value that begins with one is quoted.
const operatorLetters = "=!~<>"

// operators are those that are read, the longest first; "==" and ":" are "=".
var operators = []struct {
	text string
	op   Op
}{
	{"==", Equal}, {"!=", NotEqual}, {"!~", NotContains}, {">=", AtLeast}, {"<=", AtMost},
	{"=", Equal}, {":", Equal}, {"~", Contains}, {">", More}, {"<", Less},
}

func (s *scanner) space() {
	for s.at < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[s.at:])
		if !unicode.IsSpace(r) {
			return
		}
		s.at += size
	}
}

func (s *scanner) done() bool { return s.at == len(s.text) }

// next is the byte that follows, 0 at the end.
func (s *scanner) next() byte {
	if s.done() {
		return 0
	}
	return s.text[s.at]
}

// name takes a word up to an operator or the word's end.
func (s *scanner) name() string {
	rest := s.text[s.at:]
	end := strings.IndexFunc(rest, func(r rune) bool {
		return ends(r) || r == ':' || strings.ContainsRune(operatorLetters, r)
	})
	if end < 0 {
		end = len(rest)
	}
	s.at += end
	return rest[:end]
}

// operator takes an operator; "" where none stands.
func (s *scanner) operator() Op {
	for _, o := range operators {
		if strings.HasPrefix(s.text[s.at:], o.text) {
			s.at += len(o.text)
			return o.op
		}
	}
	return ""
}

// word takes a value's word: quoted, or up to where words end or "->" stands.
func (s *scanner) word() (w Word, problem string) {
	if s.next() == '"' {
		return s.quoted()
	}
	rest := s.text[s.at:]
	end := strings.IndexFunc(rest, ends)
	if end < 0 {
		end = len(rest)
	}
	if arrow := strings.Index(rest[:end], "->"); arrow >= 0 {
		end = arrow
	}
	text := rest[:end]
	switch {
	case text == "":
		return w, "a value is missing"
	case strings.ContainsAny(text[:1], operatorLetters):
		return w, "a value that begins with " + text[:1] + " is to be quoted"
	case strings.Contains(text, `\`):
		return w, `a value with \ is to be quoted`
	}
	s.at += end
	return Word{text, strings.Contains(text, "*")}, ""
}

func (s *scanner) quoted() (w Word, problem string) {
	var b strings.Builder
	for i := s.at + 1; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '"':
			s.at = i + 1
			return Word{Text: b.String()}, ""
		case c == '\\' && i+1 < len(s.text):
			i++
			b.WriteByte(s.text[i])
		default:
			b.WriteByte(c)
		}
	}
	return w, "the closing quote is missing"
}
