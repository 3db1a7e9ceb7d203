package cyphergate

import (
	"fmt"
	"strings"
)

type kind int

const (
	word   kind = iota // an identifier or keyword, unquoted
	quoted             // an identifier in backticks
	text               // a string
	number
	param  // $name
	symbol // one character
)

// token is one piece of a statement; at is its offset in bytes.
type token struct {
	kind kind
	text string
	at   int
}

// lex splits a statement. It refuses what Neo4j reads otherwise than it looks:
// escapes by number, which are replaced before anything else is read, and letters
// and blanks beyond ASCII outside of strings and backticks.
func lex(statement string) ([]token, error) {
	if at := strings.Index(strings.ToLower(statement), `\u`); at >= 0 {
		return nil, refused(at, "an escape by number (\\u) is not taken, in strings neither", "write the character itself, or send it as a parameter")
	}
	l := lexer{statement: statement}
	for l.at < len(statement) {
		if err := l.next(); err != nil {
			return nil, err
		}
	}
	return l.tokens, nil
}

type lexer struct {
	statement string
	at        int
	tokens    []token
}

func (l *lexer) next() error {
	rest := l.statement[l.at:]
	c := rest[0]
	switch {
	case strings.IndexByte(" \t\n\r", c) >= 0:
		l.at++
	case strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "/*"):
		return l.comment(rest)
	case c == '\'' || c == '"':
		return l.string(c)
	case c == '`':
		return l.backticks()
	case isLetter(c):
		l.take(word, len(rest)-len(strings.TrimLeft(rest, letters+digits)))
	case isDigit(c):
		l.take(number, numberLength(rest))
	case c == '$':
		return l.parameter(rest)
	case c > ' ' && c < 0x7f:
		l.take(symbol, 1)
	default:
		return refused(l.at, fmt.Sprintf("a character beyond ASCII (%q) stands outside of strings and backticks", []rune(rest)[0]), "put names in backticks")
	}
	return nil
}

func (l *lexer) comment(rest string) error {
	if strings.HasPrefix(rest, "//") {
		if end := strings.IndexAny(rest, "\r\n"); end >= 0 {
			l.at += end
		} else {
			l.at = len(l.statement)
		}
		return nil
	}
	end := strings.Index(rest[2:], "*/")
	if end < 0 {
		return refused(l.at, "a comment does not end", "close it with */")
	}
	l.at += end + 4
	return nil
}

func (l *lexer) parameter(rest string) error {
	n := 1 + len(rest[1:]) - len(strings.TrimLeft(rest[1:], letters+digits))
	if n == 1 {
		return refused(l.at, "a parameter has no plain name", "name parameters with letters, digits and _")
	}
	l.take(param, n)
	return nil
}

const (
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
	digits  = "0123456789"
)

func isLetter(c byte) bool { return strings.IndexByte(letters, c) >= 0 }
func isDigit(c byte) bool  { return strings.IndexByte(digits, c) >= 0 }

// numberLength ends before two points, which are a range of lengths.
func numberLength(rest string) int {
	n := len(rest) - len(strings.TrimLeft(rest, letters+digits))
	if n+1 < len(rest) && rest[n] == '.' && isDigit(rest[n+1]) {
		fraction := rest[n+1:]
		n += 1 + len(fraction) - len(strings.TrimLeft(fraction, letters+digits))
	}
	return n
}

func (l *lexer) take(k kind, length int) {
	l.tokens = append(l.tokens, token{k, l.statement[l.at : l.at+length], l.at})
	l.at += length
}

func (l *lexer) string(quote byte) error {
	for i := l.at + 1; i < len(l.statement); i++ {
		switch l.statement[i] {
		case '\\':
			i++
		case quote:
			l.take(text, i+1-l.at)
			return nil
		}
	}
	return refused(l.at, "a string does not end", "close it with "+string(quote))
}

func (l *lexer) backticks() error {
	for i := l.at + 1; i < len(l.statement); i++ {
		if l.statement[i] != '`' {
			continue
		}
		if i+1 < len(l.statement) && l.statement[i+1] == '`' { // two are one
			i++
			continue
		}
		l.take(quoted, i+1-l.at)
		return nil
	}
	return refused(l.at, "a name in backticks does not end", "close it with `")
}
