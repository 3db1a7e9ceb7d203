package recording_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/recording"
	"github.com/egressor/egressor/internal/testkit/gen"
)

var byValue = cmp.Options{
	cmp.Comparer(func(a, b netip.Addr) bool { return a == b }),
	cmp.Comparer(func(a, b netip.Prefix) bool { return a == b }),
	cmpopts.EquateEmpty(),
}

// drawRecording draws a recording of a few entries.
func drawRecording(t *rapid.T) recording.Recording {
	r := recording.Recording{Header: recording.Header{
		Start: gen.Time().Draw(t, "start"), Machine: gen.Name().Draw(t, "machine"), What: gen.Name().Draw(t, "what"),
	}}
	for range rapid.IntRange(0, 4).Draw(t, "entries") {
		r.Length += time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "pause"))
		entry := recording.Entry{Offset: r.Length}
		if rapid.Bool().Draw(t, "is a batch") {
			batch := gen.Batch().Draw(t, "batch")
			entry.Batch = &batch
		} else {
			entry.Facts = []model.Fact{gen.Fact().Draw(t, "fact")}
		}
		r.Entries = append(r.Entries, entry)
	}
	return r
}

func write(t rapid.TB, r recording.Recording) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := recording.NewWriter(&file, r.Header)
	for _, entry := range r.Entries {
		if err != nil {
			break
		}
		if entry.Batch != nil {
			err = w.Batch(entry.Offset, *entry.Batch)
		} else {
			err = w.Facts(entry.Offset, entry.Facts)
		}
	}
	if err == nil {
		err = w.Close(r.Length)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawRecording(t)
		got, err := recording.Read(bytes.NewReader(write(t, want)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&want, got, byValue); diff != "" {
			t.Fatalf("written and read (-written +read):\n%s", diff)
		}
	})
}

// sample is a small recording.
func sample(t testing.TB) []byte {
	t.Helper()
	remote := netip.MustParseAddr("10.244.2.10")
	batch := model.Batch{
		BatchKey: model.BatchKey{Agent: model.AgentID{Cluster: "lab", Node: "node-a"}, Boot: "b", Sequence: 1},
		Mode:     model.CaptureSockets, CoveredFrom: gen.Epoch, CoveredThrough: gen.Epoch.Add(5 * time.Second),
		Flows: []model.FlowRow{{
			RemoteAddr: remote, WindowStart: gen.Epoch, WindowLength: 5 * time.Second, Sent: model.Counts{WireBytes: 1500, Packets: 1},
		}},
	}
	node := model.Fact{Kind: model.FactNode, Key: "node-a", Node: &model.NodeFact{Cluster: "lab", Name: "node-a"}}
	return write(t, recording.Recording{
		Header: recording.Header{Start: gen.Epoch, What: "a sample"}, Length: 6 * time.Second,
		Entries: []recording.Entry{{Facts: []model.Fact{node}}, {Offset: 5 * time.Second, Batch: &batch}},
	})
}

// TestEveryCutIsFound: no file that lacks its end passes for a whole one.
func TestEveryCutIsFound(t *testing.T) {
	file := sample(t)
	for length := range file {
		if _, err := recording.Read(bytes.NewReader(file[:length])); err == nil {
			t.Fatalf("the first %d of %d bytes pass for a recording", length, len(file))
		}
	}
}

// TestDamageIsFound: a bit that fell over, anywhere behind gzip's own header.
func TestDamageIsFound(t *testing.T) {
	whole := sample(t)
	undamaged, err := recording.Read(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	const gzipHeader = 10
	for at := len(recording.Magic) + gzipHeader; at < len(whole); at++ {
		file := bytes.Clone(whole)
		file[at] ^= 0x10
		// The last bits of the packed content are padding: nobody reads them.
		if read, err := recording.Read(bytes.NewReader(file)); err == nil && !reflect.DeepEqual(read, undamaged) {
			t.Errorf("damage of byte %d of %d is not found", at, len(file))
		}
	}
}

// entry is an entry as it stands in the unpacked content.
func entry(kind byte, offset time.Duration, payload string) string {
	head := binary.LittleEndian.AppendUint64([]byte{kind}, uint64(offset))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(payload)))
	return string(head) + payload
}

// pack makes a file of unpacked content.
func pack(t testing.TB, content string) []byte {
	t.Helper()
	file := bytes.NewBufferString(recording.Magic)
	packed := gzip.NewWriter(file)
	if _, err := packed.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestMalformedContentIsRefused(t *testing.T) {
	header := entry('H', 0, `{"start":"2026-11-23T10:00:00Z"}`) // 45 bytes
	none := "\x00\x00\x00\x00"
	huge := string(binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint64([]byte{'B'}, 0), 1<<31))
	for name, test := range map[string]struct{ content, want string }{
		"nothing":               {"", "byte 0 of the unpacked content: the file is cut short"},
		"no header":             {entry('E', 0, none), "byte 0 of the unpacked content: kind 'E' where the header belongs"},
		"header is no JSON":     {entry('H', 0, "start"), "byte 0 of the unpacked content: header: "},
		"no start":              {entry('H', 0, "{}"), "start 0001-01-01"},
		"no end":                {header, "byte 45 of the unpacked content: the file is cut short"},
		"second header":         {header + header, "byte 45 of the unpacked content: kind 'H' between header and end"},
		"unknown kind":          {header + entry('X', 0, ""), "byte 45 of the unpacked content: kind 'X': there is none"},
		"declared too long":     {header + huge, "byte 45 of the unpacked content: 2147483648 bytes, the limit"},
		"declared longer":       {header + huge[:9] + "\xff\x00\x00\x00x", "byte 45 of the unpacked content: the file is cut short"},
		"no batch":              {header + entry('B', 0, "\xff"), "byte 45 of the unpacked content: decode batch"},
		"facts without facts":   {header + entry('F', 0, ""), "byte 45 of the unpacked content: an entry of facts"},
		"time runs backwards":   {header + entry('B', 2, "") + entry('B', 1, ""), "byte 58 of the unpacked content: time 1ns after the start"},
		"time before the start": {header + entry('B', -1, ""), "byte 45 of the unpacked content: time -1ns after the start"},
		"time beyond a day":     {header + entry('B', 25*time.Hour, ""), "byte 45 of the unpacked content: time 25h0m0s after the start"},
		"miscounted":            {header + entry('E', 0, "\x02\x00\x00\x00"), "the end counts 2 entries, the file has 0"},
		"short end":             {header + entry('E', 0, ""), "the end has 0 bytes"},
		"something behind":      {header + entry('E', 0, none) + "x", "byte 62 of the unpacked content: something follows the end"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := recording.Read(bytes.NewReader(pack(t, test.content)))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got %v, want %q", err, test.want)
			}
		})
	}
	if _, err := recording.Read(strings.NewReader("EGREC2\n....")); err == nil || !strings.Contains(err.Error(), `"EGREC2\n"`) {
		t.Fatalf("another version: %v", err)
	}
	if _, err := recording.Read(bytes.NewReader(pack(t, header+entry('E', 0, none)))); err != nil {
		t.Fatalf("the least whole recording: %v", err)
	}
}

// FuzzRead reads any content: what passes can be written again and is the same.
func FuzzRead(f *testing.F) {
	header := entry('H', 0, `{"start":"2026-11-23T10:00:00Z"}`)
	f.Add(header + entry('B', 5, "") + entry('E', 9, "\x01\x00\x00\x00"))
	unpacked, err := gzip.NewReader(bytes.NewReader(sample(f)[len(recording.Magic):]))
	if err != nil {
		f.Fatal(err)
	}
	var content bytes.Buffer
	if _, err := content.ReadFrom(unpacked); err != nil {
		f.Fatal(err)
	}
	f.Add(content.String())
	f.Fuzz(func(t *testing.T, content string) {
		first, err := recording.Read(bytes.NewReader(pack(t, content)))
		if err != nil {
			return
		}
		second, err := recording.Read(bytes.NewReader(write(t, *first)))
		if err != nil {
			t.Fatalf("written again it is refused: %v", err)
		}
		if diff := cmp.Diff(first, second, byValue); diff != "" {
			t.Fatalf("written again it differs:\n%s", diff)
		}
	})
}
