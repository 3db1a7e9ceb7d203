package migrations_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/migrations"
)

func one(id int, name, checksum string) migrations.Migration {
	return migrations.Migration{ID: id, Name: name, Statements: []string{"SELECT 1"}, Checksum: checksum}
}

func TestPlan(t *testing.T) {
	known := []migrations.Migration{one(1, "initial", "aaa"), one(2, "second", "bbb")}
	first := migrations.Applied{ID: 1, Name: "initial", Checksum: "aaa"}
	second := migrations.Applied{ID: 2, Name: "second", Checksum: "bbb"}
	for _, c := range []struct {
		name    string
		applied []migrations.Applied
		want    []migrations.Migration
		err     string
	}{
		{name: "empty store", want: known},
		{name: "one behind", applied: []migrations.Applied{first}, want: known[1:]},
		{name: "up to date", applied: []migrations.Applied{first, second}, want: known[2:]},
		{name: "any order", applied: []migrations.Applied{second, first}, want: known[2:]},
		{
			name: "newer", applied: []migrations.Applied{first, second, {ID: 3, Name: "third"}},
			err: "the store is newer than this binary: it has migration 0003 third, this binary knows up to 0002: upgrade egressor",
		},
		{
			name: "changed", applied: []migrations.Applied{{ID: 1, Name: "initial", Checksum: "zzz"}},
			err: "migration 0001_initial was changed after it was applied",
		},
		{name: "gap", applied: []migrations.Applied{second}, err: "the store lacks migration 0001_initial but has 0002 second"},
		{name: "twice", applied: []migrations.Applied{first, first}, err: "the store lacks migration 0002_second"},
	} {
		got, err := migrations.Plan(c.applied, known)
		if c.err == "" {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.name, diff)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.err)
		}
	}
}

// What is applied and what is planned are together what is known.
func TestPlanCompletesAnyPrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var known []migrations.Migration
		var applied []migrations.Applied
		count := rapid.IntRange(0, 20).Draw(t, "known")
		prefix := rapid.IntRange(0, count).Draw(t, "applied")
		for id := 1; id <= count; id++ {
			m := one(id, "m", rapid.StringMatching(`[0-9a-f]{8}`).Draw(t, "checksum"))
			known = append(known, m)
			if id <= prefix {
				applied = append(applied, migrations.Applied{ID: id, Name: m.Name, Checksum: m.Checksum})
			}
		}
		plan, err := migrations.Plan(rapid.Permutation(applied).Draw(t, "order"), known)
		if err != nil {
			t.Fatal(err)
		}
		if len(plan) != count-prefix || len(plan) > 0 && plan[0].ID != prefix+1 {
			t.Fatalf("%d of %d applied, planned %v", prefix, count, plan)
		}
	})
}

func TestLoadSaysWhatIsWrongWithAFile(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"0001_Bad-Name.sql", "SELECT 1;", "want a name of four digits"},
		{"0002_second.sql", "SELECT 1;", "want number 0001"},
		{"0001_empty.sql", "-- nothing\n", "it has no statement"},
		{"0001_open.sql", "SELECT 1;\nSELECT 2\n", `the last statement, "SELECT 2", does not end with a semicolon`},
	} {
		_, err := migrations.Load(fstest.MapFS{"d/" + c.name: {Data: []byte(c.text)}}, "d", ".sql")
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.name) {
			t.Errorf("%s: error %v, want %q and the file's name", c.name, err, c.want)
		}
	}
}

func TestCommentsAreNotPartOfTheChecksum(t *testing.T) {
	load := func(text string) migrations.Migration {
		all, err := migrations.Load(fstest.MapFS{"d/0001_a.sql": {Data: []byte(text)}, "d/README.md": {}}, "d", ".sql")
		if err != nil {
			t.Fatal(err)
		}
		return all[0]
	}
	plain := load("CREATE TABLE a (\n  b UInt8\n);\nSELECT ';' AS c;")
	commented := load("-- why; because\n\nCREATE TABLE a (\n  -- what\n  b UInt8  \n);\r\n// more\nSELECT ';' AS c;\n")
	if diff := cmp.Diff(plain, commented); diff != "" {
		t.Errorf("comments changed the migration (-plain +commented):\n%s", diff)
	}
	if want := []string{"CREATE TABLE a (\n  b UInt8\n)", "SELECT ';' AS c"}; !cmp.Equal(plain.Statements, want) {
		t.Errorf("statements %q, want %q", plain.Statements, want)
	}
	if other := load("SELECT 2;"); other.Checksum == plain.Checksum {
		t.Error("other statements have the same checksum")
	}
}

// The embedded files are well formed.
func TestEmbeddedMigrationsLoad(t *testing.T) {
	if all, err := migrations.ClickHouse(); err != nil || len(all) == 0 {
		t.Errorf("%d ClickHouse migrations, error %v", len(all), err)
	}
	if _, err := migrations.Neo4j(); err != nil {
		t.Error(err)
	}
}

// Whatever is split, no statement is empty, none begins with a comment, and
// nothing but comments and blanks is lost.
func FuzzSplit(f *testing.F) {
	f.Add("SELECT 1;\n-- comment\nSELECT\n2;\n")
	f.Add("// x\n;")
	f.Fuzz(func(t *testing.T, text string) {
		statements, err := migrations.Split(text)
		if (err == nil) == (len(statements) == 0) {
			t.Fatalf("%d statements and error %v", len(statements), err)
		}
		for _, statement := range statements {
			if statement == "" || strings.HasPrefix(statement, "--") || strings.HasPrefix(statement, "//") {
				t.Fatalf("statement %q is empty or a comment", statement)
			}
		}
	})
}
