package chat

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestReadable(t *testing.T) {
	for _, row := range []struct{ in, want string }{
		{`{"bytes":0}`, `{"bytes":"0 bytes"}`},
		{`{"bytes":1023,"lostBytes":null}`, `{"bytes":"1023 bytes","lostBytes":null}`},
		{`{"bytes":1024}`, `{"bytes":"1024 bytes = 1.00 KiB"}`},
		{`{"unitBytes":1073741824}`, `{"unitBytes":"1073741824 bytes = 1.00 GiB"}`},
		{`{"checkBytes":-1536}`, `{"checkBytes":"-1536 bytes = -1.50 KiB"}`},
		{`{"bytes":"9223372036854775807"}`, `{"bytes":"9223372036854775807 bytes = 8192.00 PiB"}`},
		{`{"bytes":[1,2048]}`, `{"bytes":["1 bytes","2048 bytes = 2.00 KiB"]}`},
		{`{"lagSeconds":42,"rttMicros":1500,"windowSeconds":9.5}`, `{"lagSeconds":"42 s","rttMicros":"1500 µs","windowSeconds":"9.5 s"}`},
		{`{"connections":9007199254740993,"assumed":true}`, `{"assumed":true,"connections":9007199254740993}`},
		{`{"name":"a&b"}`, `{"name":"a&b"}`},
		{"{\"name\":\"a\\u0007\\u202eb\\u200b\\u2028\"}", `{"name":"a\\u0007\\u202eb\\u200b\\u2028"}`},
		{`{"name":"<img src=x>[a](http://e)"}`, `{"name":"\\u003cimg src=x\\u003e\\u005ba\\u005d(http://e)"}`},
		{`{"bytes":"<b>"}`, `{"bytes":"\\u003cb\\u003e"}`},
		{`{"name":"` + strings.Repeat("é", 121) + `"}`, `{"name":"` + strings.Repeat("é", 120) + `…"}`},
		{`{"id":"` + strings.Repeat("w", 600) + `"}`, `{"id":"` + strings.Repeat("w", 600) + `"}`},
	} {
		if got, err := readable(json.RawMessage(row.in)); err != nil || got != row.want {
			t.Errorf("%s\ngot  %s (%v)\nwant %s", row.in, got, err, row.want)
		}
	}
	if got, err := readable(json.RawMessage(`{`)); err == nil {
		t.Errorf("no JSON was made readable: %s", got)
	}
}

// TestSizedProperty: the count stays whole, and its short form is it to within
// half of the last digit.
func TestSizedProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.Int64().Draw(t, "count")
		var whole int64
		var short, unit string
		text := sized(fmt.Sprint(count))
		if n, _ := fmt.Sscanf(text, "%d bytes = %s %s", &whole, &short, &unit); whole != count || n == 2 {
			t.Fatalf("%d became %q", count, text)
		}
		if unit == "" {
			return
		}
		exponent := map[string]uint{"KiB": 10, "MiB": 20, "GiB": 30, "TiB": 40, "PiB": 50}[unit]
		value, _ := new(big.Rat).SetString(short)
		value.Mul(value, new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), exponent)))
		slack := new(big.Rat).SetFrac(new(big.Int).Lsh(big.NewInt(1), exponent), big.NewInt(200))
		if value.Sub(value, new(big.Rat).SetInt64(count)).Abs(value).Cmp(slack) > 0 {
			t.Fatalf("%d is not %s %s", count, short, unit)
		}
	})
}
