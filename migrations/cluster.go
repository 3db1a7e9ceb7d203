package migrations

import (
	"embed"
	"fmt"
	"path"
	"regexp"
	"strings"
)

// states are the dumps of every schema that migrations led to, which tests check:
// the newest is what an empty database ends up with, in one step.
//
//go:embed testdata/states/clickhouse/*.sql
var states embed.FS

var (
	createTable = regexp.MustCompile(`^CREATE TABLE (\S+) `)
	mergeTree   = regexp.MustCompile(`\bENGINE = (Replacing|)MergeTree\b`)
	dedupe      = regexp.MustCompile(`\bnon_replicated_deduplication_window\b`)
	plainName   = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)
)

// ClusterSchema is the whole ClickHouse schema as the nodes of a cluster run it, for
// whoever administers it: the database, tables that replicate (with paths and
// replica names from the servers' macros), and the list of applied migrations, so
// that a service finds the schema up to date.
func ClusterSchema(database, cluster string) (string, error) {
	for what, name := range map[string]string{"database": database, "cluster": cluster} {
		if !plainName.MatchString(name) {
			return "", fmt.Errorf("%s %q: want letters, digits, - and _", what, name)
		}
	}
	statements, err := newestState()
	if err != nil {
		return "", err
	}
	on := " ON CLUSTER '" + cluster + "' "
	var text strings.Builder
	fmt.Fprintf(&text, "CREATE DATABASE IF NOT EXISTS `%s`%s;\nUSE `%s`;\n", database, strings.TrimRight(on, " "), database)
	for _, statement := range statements {
		statement = createTable.ReplaceAllString(statement, "CREATE TABLE IF NOT EXISTS ${1}"+on)
		statement = mergeTree.ReplaceAllString(statement, "ENGINE = Replicated${1}MergeTree")
		text.WriteString(dedupe.ReplaceAllString(statement, "replicated_deduplication_window") + ";\n")
	}
	return text.String(), nil
}

// newestState is the dump that belongs to the newest migration.
func newestState() ([]string, error) {
	all, err := ClickHouse()
	if err != nil {
		return nil, err
	}
	text, err := states.ReadFile(path.Join("testdata/states/clickhouse", all[len(all)-1].String()+".sql"))
	if err != nil {
		return nil, fmt.Errorf("no dump of the newest schema: run the tests of internal/clickhouse with -update: %w", err)
	}
	return Split(string(text))
}
