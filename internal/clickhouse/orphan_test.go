package clickhouse_test

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
)

const parentVariable = "EGRESSOR_TEST_CLICKHOUSE_PARENT"

// TestParentOfAChild is not a test of its own: it is the parent that
// TestEngineDoesNotOutliveItsParent kills.
func TestParentOfAChild(t *testing.T) {
	dataDir := os.Getenv(parentVariable)
	if dataDir == "" {
		t.Skip("run by TestEngineDoesNotOutliveItsParent")
	}
	child := clickhouse.NewChild(silent, clickhousetest.ChildConfig(t, dataDir))
	check(t, child.Start(t.Context()))
	fmt.Println(child.URL())
	select {}
}

func TestEngineDoesNotOutliveItsParent(t *testing.T) {
	clickhousetest.ChildConfig(t, "") // skips where the engine is missing
	parent := exec.Command(os.Args[0], "-test.run=^TestParentOfAChild$", "-test.v")
	parent.Env = append(os.Environ(), parentVariable+"="+t.TempDir())
	output, err := parent.StdoutPipe()
	check(t, err)
	check(t, parent.Start())
	address := ""
	for lines := bufio.NewScanner(output); address == "" && lines.Scan(); {
		_, address, _ = strings.Cut(lines.Text(), "http://")
	}
	if address == "" {
		t.Fatal("the parent started no engine")
	}
	check(t, parent.Process.Kill())
	_ = parent.Wait() // "signal: killed"

	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(30 * time.Second)
	for {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return // nobody holds the socket any more
		}
		_ = conn.Close()
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("the engine still listens 30 s after its parent was killed")
		}
	}
}
