package clickhouse_test

import (
	"io"
	"log/slog"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
)

// startChild runs an engine of the test's own.
func startChild(t *testing.T, config clickhouse.ChildConfig) (*clickhouse.Child, *lockedLog) {
	t.Helper()
	log := &lockedLog{written: make(chan string, 100)}
	child := clickhouse.NewChild(slog.New(slog.NewTextHandler(log, nil)), config)
	check(t, child.Start(t.Context()))
	return child, log
}

// lockedLog hands log lines to the test.
type lockedLog struct{ written chan string }

func (l *lockedLog) Write(line []byte) (int, error) {
	l.written <- string(line)
	return len(line), nil
}

// pid waits for the next line that tells the engine's process id.
func (l *lockedLog) pid(t *testing.T) int {
	t.Helper()
	deadline := time.After(time.Minute)
	for {
		select {
		case line := <-l.written:
			_, rest, found := strings.Cut(line, " pid=")
			if !found {
				continue
			}
			pid, err := strconv.Atoi(strings.Fields(rest)[0])
			check(t, err)
			return pid
		case <-deadline:
			t.Fatal("the engine did not start within a minute")
		}
	}
}

func open(t *testing.T, url, dataDir string) *clickhouse.DB {
	t.Helper()
	db, err := clickhouse.New(slog.New(slog.DiscardHandler), clickhouse.Config{Address: url, PasswordFile: clickhouse.KeyFile(dataDir), Database: "crash"})
	check(t, err)
	check(t, db.Start(t.Context()))
	return db
}

// What was acknowledged before a kill -9 in mid-insert is there after it, once,
// and the insert that the kill interrupted can be sent again.
func TestKilledEngineReopensWithEveryAcknowledgedRow(t *testing.T) {
	config := clickhousetest.ChildConfig(t, t.TempDir())
	child, log := startChild(t, config)
	defer func() { check(t, child.Stop(t.Context())) }()
	pid := log.pid(t)
	db := open(t, child.URL(), config.DataDir)
	defer func() { check(t, db.Stop(t.Context())) }()
	do(t, db, createNumbers)

	const batch = 20_000
	acknowledged := make(chan uint64)
	interrupted := make(chan uint64)
	go func() {
		defer close(interrupted)
		for n := uint64(0); ; n++ {
			if err := insertNumbers(t, db, strconv.FormatUint(n, 10), n*batch, (n+1)*batch); err != nil {
				interrupted <- n
				return
			}
			select {
			case acknowledged <- n:
			default:
			}
		}
	}()
	var unsure uint64
	kills := 0
	for cut := false; !cut; {
		for range 3 { // the kill comes in mid-stream
			<-acknowledged
		}
		check(t, syscall.Kill(pid, syscall.SIGKILL))
		kills++
		pid = log.pid(t) // started again
		select {
		case unsure = <-interrupted:
			cut = true
		case <-acknowledged: // the kill fell between two inserts, and the second waited for the restart
		}
	}

	if got := child.Restarts(); got != kills {
		t.Errorf("%d restarts, want %d", got, kills)
	}
	check(t, insertNumbers(t, db, strconv.FormatUint(unsure, 10), unsure*batch, (unsure+1)*batch))
	want := (unsure + 1) * batch
	if rows, distinct := number(t, db, "SELECT count() FROM numbers"), number(t, db, "SELECT uniqExact(n) FROM numbers"); rows != want || distinct != want {
		t.Errorf("%d rows, %d distinct, want %d of both", rows, distinct, want)
	}
}

func TestChildStopsInOrderAndKeepsItsData(t *testing.T) {
	config := clickhousetest.ChildConfig(t, t.TempDir())
	for run := uint64(1); run <= 2; run++ {
		child, log := startChild(t, config)
		pid := log.pid(t)
		db := open(t, child.URL(), config.DataDir)
		do(t, db, "CREATE TABLE IF NOT EXISTS runs (n UInt64) ENGINE = MergeTree ORDER BY n")
		do(t, db, "INSERT INTO runs VALUES (1)")
		if got := number(t, db, "SELECT sum(n) FROM runs"); got != run {
			t.Errorf("run %d sees %d rows", run, got)
		}
		check(t, db.Stop(t.Context()))
		check(t, child.Stop(t.Context()))
		if err := syscall.Kill(pid, 0); err == nil {
			t.Errorf("process %d is still there after Stop", pid)
		}
	}
}

func TestBusyPortIsNamed(t *testing.T) {
	other, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer func() { _ = other.Close() }()
	config := clickhousetest.ChildConfig(t, t.TempDir())
	config.Listen = other.Addr().String()
	err = clickhouse.NewChild(slog.New(slog.DiscardHandler), config).Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), config.Listen) || !strings.Contains(err.Error(), "--clickhouse-listen") {
		t.Errorf("error %v, want one that names %s and --clickhouse-listen", err, config.Listen)
	}
}

func TestEngineThatCannotStartSaysWhy(t *testing.T) {
	file := t.TempDir() + "/file"
	check(t, os.WriteFile(file, nil, 0o600))
	config := clickhousetest.ChildConfig(t, file)
	config.Output = io.Discard
	err := clickhouse.NewChild(slog.New(slog.DiscardHandler), config).Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), "not a directory") {
		t.Errorf("error %v, want the engine's own reason", err)
	}
}
