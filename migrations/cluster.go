package migrations

import (
	"fmt"
	"regexp"
	"strings"
)

// Rewritings of a statement for a cluster, in order.
var clustered = []struct {
	from *regexp.Regexp
	to   string
}{
	{regexp.MustCompile(`(?m)\bENGINE = (Replacing|)MergeTree\b`), "ENGINE = Replicated${1}MergeTree"},
	{regexp.MustCompile(`\bnon_replicated_deduplication_window\b`), "replicated_deduplication_window"},
	{regexp.MustCompile(`^(CREATE TABLE IF NOT EXISTS \S+|ALTER TABLE \S+)`), "${1} ON CLUSTER {cluster}"},
}

// Clustered is a ClickHouse statement of ours as a cluster runs it: on every
// node, on tables that replicate. Replicated tables take their paths and their
// replica's name from the servers' macros.
func Clustered(statement, cluster string) (string, error) {
	for _, rewriting := range clustered {
		statement = rewriting.from.ReplaceAllString(statement, strings.ReplaceAll(rewriting.to, "{cluster}", literalOf(cluster)))
	}
	if !strings.Contains(statement, " ON CLUSTER ") {
		first, _, _ := strings.Cut(statement, "\n")
		return "", fmt.Errorf("%q is neither a CREATE TABLE IF NOT EXISTS nor an ALTER TABLE: it cannot be run on a cluster", first)
	}
	return statement, nil
}

func literalOf(name string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`, "$", "$$").Replace(name) + "'"
}

// ClusterSchema is the whole schema for the nodes of a cluster as one file for
// whoever administers it: the database, the tables, and the list of applied
// migrations, so that a service finds the schema up to date.
func ClusterSchema(all []Migration, database, cluster string) (string, error) {
	var text strings.Builder
	add := func(statement string) { text.WriteString(statement + ";\n") }
	on := "ON CLUSTER " + strings.ReplaceAll(literalOf(cluster), "$$", "$")
	add("CREATE DATABASE IF NOT EXISTS `" + database + "` " + on)
	add("USE `" + database + "`")
	for _, m := range all {
		text.WriteString("\n-- " + m.String() + "\n")
		for _, statement := range m.Statements {
			rewritten, err := Clustered(statement, cluster)
			if err != nil {
				return "", fmt.Errorf("migration %s: %w", m, err)
			}
			add(rewritten)
		}
	}
	text.WriteString("\n-- What a service would have noted.\n")
	add("CREATE TABLE IF NOT EXISTS schema_migrations " + on + " (id UInt32, name String, checksum String, applied_at DateTime64(3, 'UTC'))\n" +
		"ENGINE = ReplicatedMergeTree ORDER BY id SETTINGS fsync_after_insert = 1, fsync_part_directory = 1")
	for _, m := range all {
		add(fmt.Sprintf("INSERT INTO schema_migrations SELECT %d, '%s', '%s', now64(3)", m.ID, m.Name, m.Checksum))
	}
	return text.String(), nil
}
