package textfile_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/textfile"
)

func TestWhatIsTooLargeIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	for size, want := range map[int64]string{0: "", 5: "", textfile.Most: "", textfile.Most + 1: "is it a scenario?"} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, size); err != nil {
			t.Fatal(err)
		}
		text, err := textfile.Read(path, "a scenario")
		switch {
		case want == "" && (err != nil || int64(len(text)) != size):
			t.Errorf("%d bytes: %d read, %v", size, len(text), err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path)):
			t.Errorf("%d bytes: %v, want it refused with %q", size, err, want)
		}
	}
	if _, err := textfile.All(bytes.NewReader(make([]byte, textfile.Most+1)), "a document"); err == nil {
		t.Error("a stream without an end was read")
	}
	for name, path := range map[string]string{"a directory": t.TempDir(), "nothing": path + "none"} {
		if _, err := textfile.Read(path, "a scenario"); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want an error that names %s", name, err, path)
		}
	}
}
