// Package savedcypher holds the Cypher queries that are shipped: each one file
// with what it answers, its parameters with their defaults, and the statement.
package savedcypher

import (
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

//go:embed queries/*.cypher
var files embed.FS

// Query is one saved query.
type Query struct {
	// Name is the file's without number and ending, for example "users-of-a-nat".
	Name string
	// Title says what it answers.
	Title      string
	Parameters []Parameter
	Statement  string
}

// Parameter is one of a query's parameters.
type Parameter struct {
	Name, Meaning string
	// Default is an int64 or a string.
	Default any
}

// All are the saved queries, in the order of their files.
func All() ([]Query, error) {
	names, err := fs.Glob(files, "queries/*.cypher")
	if err != nil {
		return nil, err
	}
	queries := make([]Query, len(names))
	for i, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if queries[i], err = parse(name, string(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return queries, nil
}

// parse reads "// title", "// $name: meaning; default" lines and the statement.
func parse(path, text string) (Query, error) {
	_, name, _ := strings.Cut(strings.TrimSuffix(path[strings.LastIndex(path, "/")+1:], ".cypher"), "-")
	q := Query{Name: name}
	for strings.HasPrefix(text, "//") {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		line = strings.TrimSpace(strings.TrimPrefix(line, "//"))
		if q.Title == "" {
			q.Title = line
			continue
		}
		named, meaning, ok := strings.Cut(line, ":")
		if !ok || !strings.HasPrefix(named, "$") {
			return Query{}, fmt.Errorf("comment %q: want $name: meaning; default", line)
		}
		meaning, value := cutLast(meaning, ";")
		q.Parameters = append(q.Parameters, Parameter{Name: named[1:], Meaning: strings.TrimSpace(meaning), Default: valueOf(strings.TrimSpace(value))})
	}
	q.Statement = strings.TrimSpace(text)
	if q.Title == "" || q.Statement == "" {
		return Query{}, fmt.Errorf("a saved query has a title and a statement")
	}
	return q, nil
}

func cutLast(text, separator string) (before, after string) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return text, ""
	}
	return text[:i], text[i+len(separator):]
}

func valueOf(text string) any {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	return text
}
