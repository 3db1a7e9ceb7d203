package lab_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/testkit"
)

// starterVariable makes the test binary start a lab with that prefix, say so,
// and wait to be killed.
const starterVariable = "EGRESSOR_TEST_LAB_STARTER"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == lab.Subcommand {
		os.Exit(lab.Main(os.Args[2:]))
	}
	if prefix := os.Getenv(starterVariable); prefix != "" {
		os.Exit(startAndHang(prefix))
	}
	if os.Getenv(noCgroupVariable) != "" {
		os.Exit(startWithoutCgroup2())
	}
	os.Exit(m.Run())
}

func startAndHang(prefix string) int {
	binary, err := os.Executable()
	if err == nil {
		var l *lab.Lab
		if l, err = lab.New(lab.Config{Prefix: prefix, Binary: binary}); err == nil {
			err = l.Start(context.Background())
		}
	}
	if err != nil {
		fmt.Println("failed:", err)
		return 1
	}
	fmt.Println("started")
	select {} // until killed
}

// start returns a running lab that is stopped when the test ends.
func start(t *testing.T, config lab.Config) *lab.Lab {
	t.Helper()
	l := newLab(t, config)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	t.Cleanup(func() {
		if err := l.Stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	if err := l.Start(ctx); err != nil {
		t.Fatal(err)
	}
	return l
}

func newLab(t *testing.T, config lab.Config) *lab.Lab {
	t.Helper()
	testkit.Require(t, "lab", lab.Preflight())
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if config.Binary == "" {
		config.Binary = binary
	}
	if config.Log == nil {
		config.Log = slog.New(slog.NewTextHandler(testWriter{t}, nil))
	}
	l, err := lab.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(text []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(text)))
	return len(text), nil
}

// podsOf returns the keys of a workload's running pods.
func podsOf(l *lab.Lab, workload string) []lab.Pod {
	var pods []lab.Pod
	for _, p := range l.Pods() {
		if p.Namespace+"/"+p.Workload.Name == workload {
			pods = append(pods, p)
		}
	}
	return pods
}
