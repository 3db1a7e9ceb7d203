package flowstore_test

import (
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/audit"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
)

func TestAuditIsStored(t *testing.T) {
	db := clickhousetest.Migrated(t)
	entry := audit.Entry{
		At: start, Principal: "ann", Method: "oidc", Kind: "query", Action: "Head", Document: "abc", Detail: `{"first":5}`, Outcome: "ok", Took: 1500 * time.Microsecond,
	}
	if err := flowstore.New(db).AppendAudit(t.Context(), []audit.Entry{entry}); err != nil {
		t.Fatal(err)
	}
	var got audit.Entry
	var took uint64
	row := db.QueryRow(t.Context(), "SELECT at, principal, method, kind, action, document, detail, outcome, took_micros FROM audit_log")
	if err := row.Scan(&got.At, &got.Principal, &got.Method, &got.Kind, &got.Action, &got.Document, &got.Detail, &got.Outcome, &took); err != nil {
		t.Fatal(err)
	}
	got.Took = time.Duration(took) * time.Microsecond
	if got != entry {
		t.Errorf("stored %+v\nread   %+v", entry, got)
	}
}
