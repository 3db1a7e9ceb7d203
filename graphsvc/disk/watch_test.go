package disk_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/egressor/egressor/graphsvc/disk"
	"github.com/egressor/egressor/internal/clock"
)

const mib = 1 << 20

// The alarm comes in the log and as a metric long before the end, the health
// check fails near it, and both end when there is room again.
func TestTheAlarmComesBeforeTheEnd(t *testing.T) {
	dir := t.TempDir()
	var log bytes.Buffer
	registry := prometheus.NewRegistry()
	w := disk.New(dir, 10*mib, clock.System{}, slog.New(slog.NewTextHandler(&log, nil)), registry)
	for _, step := range []struct {
		name    string
		mebi    int
		level   disk.Level
		healthy bool
		told    string
	}{
		{"half", 5, disk.Enough, true, ""},
		{"most of it", 9, disk.Low, true, "the disk is getting full"},
		{"all of it", 10, disk.Out, false, "the disk is getting full"},
		{"room again", 4, disk.Enough, true, "more room again"},
	} {
		log.Reset()
		if err := os.WriteFile(filepath.Join(dir, "data"), bytes.Repeat([]byte{7}, step.mebi*mib), 0o600); err != nil {
			t.Fatal(err)
		}
		usage := w.Measure()
		if usage.Level() != step.level || usage.Budget != 10*mib {
			t.Errorf("%s: %s is level %d, want %d", step.name, usage, usage.Level(), step.level)
		}
		if err := w.Check(t.Context()); (err == nil) != step.healthy {
			t.Errorf("%s: the health check says %v", step.name, err)
		}
		if !strings.Contains(log.String(), step.told) || step.told == "" && log.Len() > 0 {
			t.Errorf("%s: the log says %q, want %q", step.name, log.String(), step.told)
		}
		want := "# HELP egressor_disk_alarm 0 enough is left, 1 over 80 % of the budget is used, 2 over 97 %.\n# TYPE egressor_disk_alarm gauge\n" +
			"egressor_disk_alarm " + []string{"0", "1", "2"}[step.level] + "\n"
		if err := testutil.GatherAndCompare(registry, strings.NewReader(want), "egressor_disk_alarm"); err != nil {
			t.Errorf("%s: %v", step.name, err)
		}
	}
}

// A budget above what the volume has would never raise the alarm.
func TestABudgetIsBoundedByTheVolume(t *testing.T) {
	w := disk.New(t.TempDir(), 1<<62, clock.System{}, slog.New(slog.DiscardHandler), prometheus.NewRegistry())
	if usage := w.Measure(); usage.Budget == 1<<62 || usage.Budget != usage.Used+usage.Free {
		t.Errorf("the budget is %d, the volume has %d", usage.Budget, usage.Used+usage.Free)
	}
	gone := disk.New(filepath.Join(t.TempDir(), "gone"), 0, clock.System{}, slog.New(slog.DiscardHandler), prometheus.NewRegistry())
	gone.Measure()
	if err := gone.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "gone") {
		t.Errorf("a directory that is not there: %v", err)
	}
}
