package handover_test

import (
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/clickhouse/handover"
)

const variable = "EGRESSOR_CLICKHOUSE_LISTENER"

// The number in the environment is where os/exec puts the file, also behind
// others, and the rest of the environment stays.
func TestGive(t *testing.T) {
	command := exec.Command("child")
	command.Env = []string{"TZ=UTC", variable + "=99"}
	command.ExtraFiles = []*os.File{os.Stdin}
	handover.Give(command, os.Stdout)
	if len(command.ExtraFiles) != 2 || command.ExtraFiles[1] != os.Stdout {
		t.Errorf("the child inherits %v", command.ExtraFiles)
	}
	if got := command.Environ(); !slices.Contains(got, "TZ=UTC") || !slices.Contains(got, variable+"=4") || slices.Contains(got, variable+"=99") {
		t.Errorf("the child's environment is %q", got)
	}
}

func TestTakenListenerIsTheGivenOne(t *testing.T) {
	command := exec.Command(os.Args[0], "-test.run=^TestChild$", "-test.v")
	command.Env = append(os.Environ(), "HANDOVER_CHILD=1")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	socket, err := listener.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	handover.Give(command, socket)
	said, err := command.CombinedOutput()
	if err != nil || !strings.Contains(string(said), "listens on "+listener.Addr().String()) {
		t.Errorf("%v: %s", err, said)
	}
}

// TestChild is the child of TestTakenListenerIsTheGivenOne.
func TestChild(t *testing.T) {
	if os.Getenv("HANDOVER_CHILD") == "" {
		t.Skip("started by TestTakenListenerIsTheGivenOne")
	}
	if !handover.Given() {
		t.Fatal("no socket was given")
	}
	listener, err := handover.Take()
	if err != nil {
		t.Fatal(err)
	}
	t.Log("listens on", listener.Addr())
	if err := listener.Close(); err != nil {
		t.Error(err)
	}
}

func TestBadHandoverIsRefused(t *testing.T) {
	for value, want := range map[string]string{"three": "file descriptor's number", "900": "not a listening socket"} {
		t.Setenv(variable, value)
		if _, err := handover.Take(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s=%s: error %v, want %q", variable, value, err, want)
		}
	}
	t.Setenv(variable, "")
	if handover.Given() {
		t.Error("nothing is given, yet something is there to take")
	}
}
