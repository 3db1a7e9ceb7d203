package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/pflag"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"egressor": main}) }

// TestScripts runs command lines as users type them; see testdata/script.
func TestScripts(t *testing.T) {
	scenarios, err := filepath.Abs("../../docs/scenarios")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SCENARIOS", scenarios)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "jsonlines": jsonLines, "replace": replace},
	})
}

// exits runs a command and wants an exit code: exits CODE COMMAND ARGS...
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		got = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%s exits with %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

// jsonLines wants a file, or stdout, to hold so many lines of one JSON object
// each: jsonlines FILE COUNT.
func jsonLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: jsonlines FILE COUNT")
	}
	lines := strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n")
	if strconv.Itoa(len(lines)) != args[1] {
		ts.Fatalf("%d lines, want %s", len(lines), args[1])
	}
	for i, line := range lines {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			ts.Fatalf("line %d is no JSON object: %v: %s", i+1, err, line)
		}
	}
}

// replace changes every occurrence of a text in a file: replace FILE OLD NEW.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(text, args[1], args[2])), 0o600))
}

// TestEveryScenarioReplays: what docs/scenarios promises is what comes out.
func TestEveryScenarioReplays(t *testing.T) {
	files, err := filepath.Glob("../../docs/scenarios/*.txtar")
	if err != nil || len(files) < 10 {
		t.Fatalf("scenarios %v (%v), want at least ten", files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			if out, err := execute(t, "replay", file); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// TestEveryCommandHelps: each has a summary, a usage line, and a description of
// every flag.
func TestEveryCommandHelps(t *testing.T) {
	var visit func(path []string)
	visit = func(path []string) {
		out, err := execute(t, append(path, "--help")...)
		if err != nil || !strings.Contains(out, "Usage:\n  egressor") {
			t.Errorf("%v --help: %v\n%s", path, err, out)
		}
		command, _, err := newRoot().Find(path)
		if err != nil || command.Short == "" {
			t.Errorf("%v: %v, summary %q", path, err, command.Short)
		}
		command.LocalFlags().VisitAll(func(flag *pflag.Flag) {
			if flag.Usage == "" {
				t.Errorf("%v: --%s is not described", path, flag.Name)
			}
		})
		for _, sub := range command.Commands() {
			visit(append(path[:len(path):len(path)], sub.Name()))
		}
	}
	visit(nil)
}

// execute runs one command line within the test.
func execute(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(&out)
	root.SetErr(&out)
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}
