package spool_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/agent/spool"
	"github.com/egressor/egressor/internal/testkit/gen"
)

const limit = 1 << 20

func open(tb testing.TB, dir string) *spool.Spool {
	tb.Helper()
	s, err := spool.Open(spool.Configuration{Dir: dir, LimitBytes: limit})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	return s
}

// summary of the n-th record: n flows that carried 1000 n bytes.
func summary(n int) spool.Summary {
	from := gen.Epoch.Add(time.Duration(n) * 10 * time.Second)
	return spool.Summary{Flows: uint64(n), Bytes: uint64(n) * 1000, From: from, Through: from.Add(10 * time.Second)}
}

func payload(n int) []byte { return []byte(strings.Repeat(fmt.Sprint(n), 20)) }

func fill(tb testing.TB, s *spool.Spool, from, to int) {
	tb.Helper()
	for n := from; n <= to; n++ {
		if _, err := s.Append(payload(n), summary(n), nil); err != nil {
			tb.Fatal(err)
		}
	}
}

// waiting are the numbers that Next gives out.
func waiting(tb testing.TB, s *spool.Spool) []uint64 {
	tb.Helper()
	var numbers []uint64
	var after uint64
	for {
		r, ok, err := s.Next(after)
		if err != nil {
			tb.Fatal(err)
		}
		if !ok {
			return numbers
		}
		if want := payload(int(r.Number)); !bytes.Equal(r.Payload, want) {
			tb.Fatalf("record %d holds %q, want %q", r.Number, r.Payload, want)
		}
		numbers = append(numbers, r.Number)
		after = r.Number
	}
}

func wantWaiting(tb testing.TB, s *spool.Spool, want ...uint64) {
	tb.Helper()
	if diff := cmp.Diff(want, waiting(tb, s)); diff != "" {
		tb.Fatalf("waiting records (-want +got):\n%s", diff)
	}
}

func release(tb testing.TB, s *spool.Spool, numbers ...uint64) {
	tb.Helper()
	for _, n := range numbers {
		if err := s.Release(n); err != nil {
			tb.Fatal(err)
		}
	}
}

func segments(tb testing.TB, dir string) []string {
	tb.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.segment"))
	if err != nil {
		tb.Fatal(err)
	}
	return paths
}

func TestRecordsSurviveUntilReleased(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	fill(t, s, 1, 5)
	release(t, s, 1, 2, 4) // 4 is acknowledged before 3
	wantWaiting(t, s, 3, 5)
	_ = s.Close()

	s = open(t, dir)
	wantWaiting(t, s, 3, 4, 5) // the mark has passed 2 only: 4 goes out again
	if through := s.Through(); !through.Equal(summary(5).Through) {
		t.Fatalf("covered through %v, want the fifth record's %v", through, summary(5).Through)
	}
	release(t, s, 3, 4, 5)
	_ = s.Close()

	s = open(t, dir)
	wantWaiting(t, s)
	if through := s.Through(); !through.Equal(summary(5).Through) {
		t.Fatalf("an empty spool forgot that it covered time through %v: %v", summary(5).Through, through)
	}
	if left := segments(t, dir); len(left) != 0 {
		t.Fatalf("segments left after the last release: %v", left)
	}
	if n, err := s.Append(payload(6), summary(6), nil); err != nil || n != 6 {
		t.Fatalf("the next record has number %d (%v), want 6: numbers never repeat", n, err)
	}
}

func TestAppendedIsTold(t *testing.T) {
	s := open(t, t.TempDir())
	fill(t, s, 1, 2)
	select {
	case <-s.Appended():
	default:
		t.Fatal("no token after an append")
	}
}

func TestOneAgentPerSpool(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	if _, err := spool.Open(spool.Configuration{Dir: dir, LimitBytes: limit}); err == nil || !strings.Contains(err.Error(), "another agent") {
		t.Fatalf("a second agent got in: %v", err)
	}
}

func TestConfigurationErrors(t *testing.T) {
	for _, c := range []spool.Configuration{{LimitBytes: limit}, {Dir: t.TempDir(), LimitBytes: 1}} {
		if _, err := spool.Open(c); err == nil {
			t.Errorf("%+v was accepted", c)
		}
	}
}

func TestOtherVersionIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "00000000000000000001.segment"), []byte("EGSEG2\nsomething else"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := spool.Open(spool.Configuration{Dir: dir, LimitBytes: limit}); err == nil || !strings.Contains(err.Error(), "EGSEG2") {
		t.Fatalf("error %v does not name the version", err)
	}
}

// When the spool is full, the oldest records that were never sent give way to
// one that accounts for them; those that were sent stay.
func TestOverflow(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	big := make([]byte, 30_000)
	var appended, lost uint64
	total := func() uint64 {
		_, waiting := s.Waiting()
		return waiting
	}
	if _, err := s.Append(big, spool.Summary{Bytes: 1}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.MarkSent(1); err != nil {
		t.Fatal(err)
	}
	appended = 1
	for range 200 {
		var going []uint64
		sum := spool.Summary{Bytes: 1}
		for _, r := range s.Excess(len(big)) {
			if r.Number == 1 {
				t.Fatal("a record that was sent has to go")
			}
			going = append(going, r.Number)
			sum.Bytes += r.Bytes
			lost++
		}
		if _, err := s.Append(big, sum, going); err != nil {
			t.Fatal(err)
		}
		appended++
		if got := total(); got != appended {
			t.Fatalf("the spool accounts for %d bytes of %d", got, appended)
		}
	}
	if lost == 0 {
		t.Fatal("nothing had to go, the test proves nothing")
	}
	var disk int64
	for _, path := range segments(t, dir) {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		disk += info.Size()
	}
	if most := int64(limit + limit/16 + 60_000); disk > most {
		t.Fatalf("%d bytes on disk, the limit and one segment are %d", disk, most)
	}
	_ = s.Close()
	s = open(t, dir)
	if got := total(); got != appended {
		t.Fatalf("reopened, the spool accounts for %d bytes of %d", got, appended)
	}
	if damage := s.Damaged(); len(damage) != 0 {
		t.Fatalf("the gap that overflow left is taken for damage: %v", damage)
	}
	r, ok, err := s.Next(0)
	if err != nil || !ok || r.Number != 1 {
		t.Fatalf("the sent record is gone: %v %v", r.Number, err)
	}
}

func TestFullSpoolRefuses(t *testing.T) {
	s := open(t, t.TempDir())
	big := make([]byte, 100_000)
	for n := range 100 {
		_, err := s.Append(big, summary(n), nil)
		if errors.Is(err, spool.ErrFull) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("10 MB went into a spool of 1 MiB")
}

func BenchmarkAppend(b *testing.B) {
	s := open(b, b.TempDir())
	data := make([]byte, 100_000)
	for b.Loop() {
		n, err := s.Append(data, summary(1), nil)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Release(n); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen16MiB(b *testing.B) {
	dir := b.TempDir()
	config := spool.Configuration{Dir: dir, LimitBytes: 32 << 20}
	s, err := spool.Open(config)
	if err != nil {
		b.Fatal(err)
	}
	for n := range 160 {
		if _, err := s.Append(make([]byte, 100_000), summary(n), nil); err != nil {
			b.Fatal(err)
		}
	}
	_ = s.Close()
	for b.Loop() {
		s, err := spool.Open(config)
		if err != nil {
			b.Fatal(err)
		}
		_ = s.Close()
	}
}

func TestBeginIsRemembered(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if err := s.Begin(gen.Epoch); err != nil {
		t.Fatal(err)
	}
	if err := s.Begin(gen.Epoch.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	s = open(t, dir)
	if through := s.Through(); !through.Equal(gen.Epoch) {
		t.Fatalf("through %v, want when it first began, %v", through, gen.Epoch)
	}
	fill(t, s, 1, 1)
	wantWaiting(t, s, 1)
}
