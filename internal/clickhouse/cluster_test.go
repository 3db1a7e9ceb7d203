package clickhouse_test

import (
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/migrations"
)

// The schema for a cluster replicates every table on every node, and the engine
// understands every statement of it. There is no cluster here to run it on.
func TestClusterSchema(t *testing.T) {
	text, err := migrations.ClusterSchema("egressor", "main")
	check(t, err)
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
	if _, err := migrations.ClusterSchema("egressor", "main'; DROP TABLE flows"); err == nil {
		t.Error("a name that is none was taken for a cluster's")
	}
}
