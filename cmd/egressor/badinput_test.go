package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/egressor/egressor/internal/exitcode"
	"github.com/egressor/egressor/internal/textfile"
)

// TestBadInputFailsAtOnce: the right exit code, before anything is started or made.
func TestBadInputFailsAtOnce(t *testing.T) {
	dir := t.TempDir()
	data, large, broken := filepath.Join(dir, "data"), filepath.Join(dir, "large"), filepath.Join(dir, "broken")
	for path, text := range map[string]string{large: "", broken: "nodes: ["} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Truncate(large, textfile.Most+1); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		args []string
		code int
	}{
		"an overlay without a time":    {[]string{"overlays", "put", broken}, exitcode.Usage},
		"no log level":                 {[]string{"verify", "--data", data, "--log-level", "loud"}, exitcode.Usage},
		"no port":                      {[]string{"serve", "--data", data, "--listen", "127.0.0.1:99999"}, exitcode.Usage},
		"no access file":               {[]string{"serve", "--data", data, "--access", filepath.Join(dir, "none")}, exitcode.Usage},
		"a misspelt parameter":         {[]string{"cypher", "--data", data, "--saved", "users-of-a-nat", "--param", "vai=nat-1"}, exitcode.Usage},
		"facts that cannot be read":    {[]string{"import", "--data", data, "--inventory", broken}, exitcode.Failed},
		"facts that are not there":     {[]string{"import", "--data", data, "--endpoints", filepath.Join(dir, "none")}, exitcode.Failed},
		"a large file as a scenario":   {[]string{"replay", large}, exitcode.Failed},
		"a large file as a price book": {[]string{"pricebook", "validate", large}, exitcode.Failed},
		"a large file as a document":   {[]string{"query", large}, exitcode.Failed},
		"a large file as facts":        {[]string{"import", "--data", data, "--inventory", large}, exitcode.Failed},
	} {
		if code := run(t.Context(), test.args); code != test.code {
			t.Errorf("%s: exit code %d, want %d", name, code, test.code)
		}
	}
	if _, err := os.Stat(filepath.Join(data, "clickhouse")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a store was made for what could not be read: %v", err)
	}
}
