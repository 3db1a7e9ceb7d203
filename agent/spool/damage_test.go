package spool_test

import (
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/agent/spool"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// damagedCopy is a directory with one segment of the given content, and the
// mark of from where it has one.
func damagedCopy(tb testing.TB, dir, from string, name string, data []byte) {
	tb.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		tb.Fatal(err)
	}
	for _, f := range files {
		if err := os.Remove(filepath.Join(dir, f.Name())); err != nil {
			tb.Fatal(err)
		}
	}
	if mark, err := os.ReadFile(filepath.Join(from, "mark")); err == nil {
		if err := os.WriteFile(filepath.Join(dir, "mark"), mark, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
		tb.Fatal(err)
	}
}

// original is a spool of records 1 to 4, of which 1 is released.
func original(t *testing.T) (dir, name string, data []byte) {
	t.Helper()
	dir = t.TempDir()
	s := open(t, dir)
	fill(t, s, 1, 4)
	release(t, s, 1)
	_ = s.Close()
	paths := segments(t, dir)
	if len(paths) != 1 {
		t.Fatalf("want one segment, got %v", paths)
	}
	data, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	return dir, filepath.Base(paths[0]), data
}

// account opens the spool and returns how many bytes of records 2 to 4 are
// readable and how many are damaged, and how many damages are of unknown size.
func account(t *testing.T, dir string) (readable, lost uint64, unknown int) {
	t.Helper()
	s, err := spool.Open(spool.Configuration{Dir: dir, LimitBytes: limit})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	for _, n := range waiting(t, s) {
		readable += summary(int(n)).Bytes
	}
	damage := s.Damaged()
	var numbers []uint64
	for _, d := range damage {
		numbers = append(numbers, d.Number)
		lost += d.Bytes
		if !d.Known {
			unknown++
		}
	}
	// What is reported must not be reported again.
	if _, err := s.Append(payload(5), summary(5), numbers); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	again, err := spool.Open(spool.Configuration{Dir: dir, LimitBytes: limit})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	if damage := again.Damaged(); len(damage) != 0 {
		t.Fatalf("damage is reported twice: %+v", damage)
	}
	return readable, lost, unknown
}

const all = 2000 + 3000 + 4000 // the bytes of records 2 to 4

// One flipped bit anywhere costs one record at most, and its size is known
// unless it is the last one's header that is gone.
func TestFlipAtEveryOffset(t *testing.T) {
	from, name, data := original(t)
	dir := t.TempDir()
	for offset := range data {
		flipped := append([]byte(nil), data...)
		flipped[offset] ^= 1 << (offset % 8)
		damagedCopy(t, dir, from, name, flipped)
		readable, lost, unknown := account(t, dir)
		if unknown > 1 || (unknown == 0 && readable+lost != all) {
			t.Fatalf("offset %d: %d readable and %d lost of %d, %d unknown", offset, readable, lost, all, unknown)
		}
		if readable < all-4000 {
			t.Fatalf("offset %d: more than one record is gone: %d bytes readable", offset, readable)
		}
	}
}

// A file cut off anywhere keeps every record before the cut. The records
// behind it are gone with their headers; the one that was cut is reported.
func TestTruncateAtEveryOffset(t *testing.T) {
	from, name, data := original(t)
	dir := t.TempDir()
	for size := range data {
		damagedCopy(t, dir, from, name, data[:size])
		readable, lost, _ := account(t, dir)
		if readable+lost > all {
			t.Fatalf("cut at %d: %d readable and %d lost are more than the %d there were", size, readable, lost, all)
		}
	}
	damagedCopy(t, dir, from, name, data[:len(data)-1])
	if readable, lost, unknown := account(t, dir); readable != 5000 || lost != 4000 || unknown != 0 {
		t.Fatalf("a torn last record: %d readable, %d lost, %d unknown; want 5000, 4000 and 0", readable, lost, unknown)
	}
}

// Without a whole mark everything is sent again, and nothing counts as never sent.
func TestMarkDamagedAnywhere(t *testing.T) {
	from, name, data := original(t)
	mark, err := os.ReadFile(filepath.Join(from, "mark"))
	if err != nil {
		t.Fatal(err)
	}
	for offset := range mark {
		dir := t.TempDir()
		damagedCopy(t, dir, from, name, data)
		mark[offset] ^= 0x10
		if err := os.WriteFile(filepath.Join(dir, "mark"), mark, 0o600); err != nil {
			t.Fatal(err)
		}
		mark[offset] ^= 0x10
		s := open(t, dir)
		wantWaiting(t, s, 1, 2, 3, 4)
		if damage := s.Damaged(); len(damage) != 0 {
			t.Fatalf("damage without any: %+v", damage)
		}
		if going := s.Excess(limit); len(going) != 0 {
			t.Fatalf("records that may have been sent have to go: %+v", going)
		}
	}
}

// Rot while the spool is open is met at the next read.
func TestDamageWhileOpen(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	fill(t, s, 1, 2)
	path := segments(t, dir)[0]
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)-1] ^= 1
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	wantWaiting(t, s, 1)
	damage := s.Damaged()
	if len(damage) != 1 || damage[0].Number != 2 || damage[0].Bytes != 2000 {
		t.Fatalf("damage %+v, want record 2 with its 2000 bytes", damage)
	}
	loss := damage[0].Loss(gen.Epoch, gen.Epoch)
	if !loss.BytesKnown || loss.Bytes != 2000 || loss.Flows != 2 || !loss.From.Equal(summary(2).From) {
		t.Fatalf("loss %+v does not tell what is gone", loss)
	}
}

// However appends, sends, releases, overflows and crashes interleave, the
// spool accounts for every byte that it took and has not released.
func TestAccountsForEveryByte(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "spool")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		config := spool.Configuration{Dir: dir, LimitBytes: 256 << 10}
		s, err := spool.Open(config)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		check := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		var taken, released uint64
		sent := map[uint64]uint64{}
		t.Repeat(map[string]func(*rapid.T){
			"append": func(t *rapid.T) {
				data := make([]byte, rapid.IntRange(0, 40_000).Draw(t, "size"))
				sum := spool.Summary{Bytes: rapid.Uint64Range(1, 1000).Draw(t, "bytes")}
				fresh := sum.Bytes
				var going []uint64
				for _, r := range s.Excess(len(data)) {
					if _, was := sent[r.Number]; was {
						t.Fatalf("record %d was sent and has to go", r.Number)
					}
					going = append(going, r.Number)
					sum.Bytes += r.Bytes
				}
				if _, err := s.Append(data, sum, going); err == nil {
					taken += fresh
				}
			},
			"send": func(t *rapid.T) {
				var after uint64
				for n := range sent {
					after = max(after, n)
				}
				r, ok, err := s.Next(after)
				check(err)
				if ok && len(sent) < 3 {
					check(s.MarkSent(r.Number))
					sent[r.Number] = r.Bytes
				}
			},
			"release": func(t *rapid.T) {
				for n, bytes := range sent {
					check(s.Release(n))
					released += bytes
					delete(sent, n)
					return
				}
			},
			"crash": func(t *rapid.T) {
				check(s.Close())
				var err error
				s, err = spool.Open(config)
				check(err)
			},
			"": func(t *rapid.T) {
				if _, waiting := s.Waiting(); waiting+released < taken {
					t.Fatalf("took %d bytes, released %d, but only %d wait", taken, released, waiting)
				}
				if damage := s.Damaged(); len(damage) > 0 {
					t.Fatalf("damage without any: %+v", damage)
				}
			},
		})
	})
}
