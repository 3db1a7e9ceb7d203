package clickhouse_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
)

// The key is made once, for its owner alone, outlives restarts, and is where
// the processes' arguments do not show it.
func TestKeyOfTheEngine(t *testing.T) {
	config := clickhousetest.ChildConfig(t, filepath.Join(t.TempDir(), "clickhouse"))
	path := clickhouse.KeyFile(config.DataDir)
	var keys []string
	for range 2 {
		child, log := startChild(t, config)
		pid := log.pid(t)
		info, err := os.Stat(path)
		check(t, err)
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("the key file has mode %04o", mode)
		}
		key := strings.TrimSpace(readFile(t, path))
		keys = append(keys, key)
		arguments := readFile(t, filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
		if key == "" || strings.Contains(arguments, key) {
			t.Errorf("key %q, arguments %q", key, arguments)
		}
		check(t, open(t, child.URL(), config.DataDir).Stop(t.Context()))
		check(t, child.Stop(t.Context()))
	}
	if keys[0] != keys[1] {
		t.Error("a restart made another key")
	}
}

func TestConnectionWithoutTheKeyIsRefused(t *testing.T) {
	for _, password := range []string{"", "wrong"} {
		db, err := clickhouse.New(silent, clickhouse.Config{Address: clickhousetest.Start(t), Password: password})
		check(t, err)
		err = db.Start(t.Context())
		if err == nil || !strings.Contains(err.Error(), `refused user "default"`) || !strings.Contains(err.Error(), "X-ClickHouse-Key") {
			t.Errorf("password %q: error %v, want a refusal that says where the key goes", password, err)
		}
	}
}

func TestUnusableKeyFileIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		mode os.FileMode
		want string
	}{
		"cut off":            {"", 0o600, "want at least"},
		"readable by others": {strings.Repeat("k", 32), 0o644, "mode 0644"},
	} {
		config := clickhousetest.ChildConfig(t, filepath.Join(t.TempDir(), "clickhouse"))
		path := clickhouse.KeyFile(config.DataDir)
		check(t, os.WriteFile(path, []byte(c.text), c.mode))
		check(t, os.Chmod(path, c.mode)) // whatever the umask
		err := clickhouse.NewChild(slog.New(slog.DiscardHandler), config).Start(t.Context())
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

func TestMissingPasswordFileIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none")
	db, err := clickhouse.New(silent, clickhouse.Config{Address: "http://127.0.0.1:1", PasswordFile: path})
	check(t, err)
	if err := db.Start(t.Context()); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v, want one that names %s", err, path)
	}
}
