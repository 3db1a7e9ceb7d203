package clickhouse_test

import (
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/testkit"
	"github.com/egressor/egressor/migrations"
)

// The schema for a cluster is what the file says, replicates every table, and the
// engine understands every statement of it. There is no cluster here to run it on.
func TestClusterSchema(t *testing.T) {
	all, err := migrations.ClickHouse()
	check(t, err)
	text, err := migrations.ClusterSchema(all, "egressor", "main")
	check(t, err)
	testkit.Golden(t, "../../migrations/testdata/cluster.sql", []byte(text))
	db := clickhousetest.Open(t)
	statements, err := migrations.Split(text)
	check(t, err)
	for _, statement := range statements {
		var formatted string
		if err := db.QueryRow(t.Context(), "SELECT formatQuery({statement:String})", clickhouse.Named("statement", statement)).Scan(&formatted); err != nil {
			t.Errorf("%v:\n%s", err, statement)
		}
		if strings.Contains(formatted, "ENGINE = ") && !strings.Contains(formatted, "ENGINE = Replicated") {
			t.Errorf("a table does not replicate:\n%s", statement)
		}
		creates := strings.HasPrefix(formatted, "CREATE") || strings.HasPrefix(formatted, "ALTER")
		if creates && !strings.Contains(formatted, "ON CLUSTER main") {
			t.Errorf("it runs on one node alone:\n%s", formatted)
		}
	}
	if _, err := migrations.Clustered("DROP TABLE flows", "main"); err == nil {
		t.Error("a statement that is no CREATE TABLE and no ALTER TABLE was taken for a cluster's")
	}
}
