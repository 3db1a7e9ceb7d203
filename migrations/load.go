package migrations

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
)

//go:embed clickhouse neo4j
var files embed.FS

// Migration is one step of a schema.
type Migration struct {
	// ID is the number in the file's name, from 1.
	ID int
	// Name is the rest of the file's name.
	Name string
	// Statements are sent one at a time, in order, without their semicolons.
	Statements []string
	// Checksum is the SHA-256 of the statements, in hexadecimal.
	Checksum string
}

// String is "NNNN_name".
func (m Migration) String() string { return fmt.Sprintf("%04d_%s", m.ID, m.Name) }

// ClickHouse returns the migrations of the ClickHouse schema, in order.
func ClickHouse() ([]Migration, error) { return Load(files, "clickhouse", ".sql") }

// Neo4j returns the migrations of the graph's constraints and indexes, in order.
func Neo4j() ([]Migration, error) { return Load(files, "neo4j", ".cypher") }

var fileName = regexp.MustCompile(`^(\d{4})_([a-z0-9_]+)$`)

// Load reads the migrations with the given extension in one directory. Other
// files are ignored. An error names the file and what is wrong with it.
func Load(from fs.FS, dir, extension string) ([]Migration, error) {
	entries, err := fs.ReadDir(from, dir) // sorted by name, so by number
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	var all []Migration
	for _, entry := range entries {
		base, isMigration := strings.CutSuffix(entry.Name(), extension)
		if !isMigration {
			continue
		}
		at := path.Join(dir, entry.Name())
		text, err := fs.ReadFile(from, at)
		if err != nil {
			return nil, fmt.Errorf("migrations: %w", err)
		}
		m, err := parse(base, string(text))
		if err != nil {
			return nil, fmt.Errorf("migration %s: %w", at, err)
		}
		if want := len(all) + 1; m.ID != want {
			return nil, fmt.Errorf("migration %s: want number %04d: numbers rise by one from 0001", at, want)
		}
		all = append(all, m)
	}
	return all, nil
}

func parse(base, text string) (Migration, error) {
	match := fileName.FindStringSubmatch(base)
	if match == nil {
		return Migration{}, fmt.Errorf("want a name of four digits, an underscore and lower-case words")
	}
	id, err := strconv.Atoi(match[1])
	if err != nil {
		return Migration{}, err
	}
	statements, err := Split(text)
	if err != nil {
		return Migration{}, err
	}
	sum := sha256.Sum256([]byte(strings.Join(statements, "\x00")))
	return Migration{ID: id, Name: match[2], Statements: statements, Checksum: hex.EncodeToString(sum[:])}, nil
}

// Split cuts a file into its statements: each ends with ";" at the end of a
// line. Lines that begin with -- or // are comments, and blank lines go too.
func Split(text string) ([]string, error) {
	var statements, lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \t\r\n")
		start := strings.TrimLeft(line, " \t")
		if start == "" || strings.HasPrefix(start, "--") || strings.HasPrefix(start, "//") {
			continue
		}
		body, ends := strings.CutSuffix(line, ";")
		lines = append(lines, body)
		if !ends {
			continue
		}
		if statement := strings.TrimSpace(strings.Join(lines, "\n")); statement != "" {
			statements = append(statements, statement)
		}
		lines = nil
	}
	if len(lines) > 0 {
		return nil, fmt.Errorf("the last statement, %q, does not end with a semicolon", lines[0])
	}
	if len(statements) == 0 {
		return nil, fmt.Errorf("it has no statement")
	}
	return statements, nil
}
