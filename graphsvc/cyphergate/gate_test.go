package cyphergate_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/cyphergate"
	"github.com/egressor/egressor/graphsvc/cyphergate/gatetest"
)

func TestAttacksAreRefused(t *testing.T) {
	attacks := gatetest.Attacks("127.0.0.1:1", "/etc/hostname")
	if len(attacks) < 300 {
		t.Errorf("%d attacks, want 300", len(attacks))
	}
	params := map[string]any{"n": int64(1e12), "text": "9", "url": "http://127.0.0.1:1/"}
	for _, attack := range attacks {
		err := cyphergate.Check(attack.Statement, params)
		var refusal *cyphergate.Refusal
		if !errors.As(err, &refusal) || refusal.Hint == "" || refusal.Message == "" {
			t.Errorf("%s: %.120q is let through (%v)", attack.Name, attack.Statement, err)
		}
	}
}

func TestHonestStatementsAreTaken(t *testing.T) {
	for _, statement := range gatetest.Honest {
		if err := cyphergate.Check(statement, map[string]any{"node": "x", "ids": []any{"x"}}); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
	if err := cyphergate.Check("UNWIND range(0, $n) AS i RETURN i", map[string]any{"n": int64(99)}); err != nil {
		t.Errorf("a range by a parameter: %v", err)
	}
}

// TestWhere: a refusal says where.
func TestWhere(t *testing.T) {
	err := cyphergate.Check("MATCH (n)\nSET n.x = 1", nil)
	var refusal *cyphergate.Refusal
	if !errors.As(err, &refusal) || refusal.At != 10 || err.Error() != "at character 11: SET is not taken" {
		t.Errorf("got %v", err)
	}
}

func TestPlans(t *testing.T) {
	for _, row := range []struct {
		plan  cyphergate.Plan
		taken bool
	}{
		{cyphergate.Plan{Kind: "r", Operators: []string{"ProduceResults@neo4j", "Filter@neo4j", "NodeByLabelScan@neo4j", "Expand(All)@neo4j"}}, true},
		{cyphergate.Plan{Kind: "rw", Operators: []string{"ProduceResults@neo4j"}}, false},
		{cyphergate.Plan{Kind: "r", Operators: []string{"LoadCSV@neo4j"}}, false},
		{cyphergate.Plan{Kind: "r", Operators: []string{"SetProperty@neo4j"}}, false},
		{cyphergate.Plan{Kind: "r", Operators: []string{"Repeat(Trail)@neo4j"}}, false},
		{cyphergate.Plan{Kind: "r", Operators: []string{"TransactionApply@neo4j"}}, false},
		{cyphergate.Plan{Kind: "r", Operators: []string{"SomethingNew@neo4j"}}, false},
		{cyphergate.Plan{Kind: "r", Operators: []string{"AllNodesScan"}, EstimatedRows: 1e12}, false},
	} {
		if err := cyphergate.CheckPlan(row.plan); (err == nil) != row.taken {
			t.Errorf("%+v: %v", row.plan, err)
		}
	}
}

// FuzzCheck: no statement makes the gate panic, and what is taken holds no
// writing word outside of strings, backticks, comments, keys and properties.
func FuzzCheck(f *testing.F) {
	for _, attack := range gatetest.Attacks("h", "/f") {
		f.Add(attack.Statement)
	}
	for _, statement := range gatetest.Honest {
		f.Add(statement)
	}
	f.Fuzz(func(t *testing.T, statement string) {
		if cyphergate.Check(statement, nil) != nil || strings.ContainsAny(statement, "'\"`/.:{") {
			return
		}
		for _, field := range strings.FieldsFunc(strings.ToLower(statement), func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz_0123456789$", r) }) {
			for _, word := range []string{"create", "merge", "set", "delete", "remove", "load", "foreach", "drop", "show"} {
				if field == word {
					t.Errorf("%q is taken with %s in it", statement, word)
				}
			}
		}
	})
}
