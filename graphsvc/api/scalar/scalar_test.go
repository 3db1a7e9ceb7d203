package scalar_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/api/scalar"
)

func TestBytesKeepsEveryWholeNumber(t *testing.T) {
	for _, row := range []struct {
		value scalar.Bytes
		want  string
	}{
		{0, "0"},
		{1 << 53, "9007199254740992"},
		{1<<53 + 1, `"9007199254740993"`},
		{-1<<53 - 1, `"-9007199254740993"`},
		{math.MaxInt64, `"9223372036854775807"`},
	} {
		var out strings.Builder
		row.value.MarshalGQL(&out)
		if out.String() != row.want {
			t.Errorf("%d: got %s, want %s", row.value, out.String(), row.want)
		}
		var back scalar.Bytes
		if err := back.UnmarshalGQL(strings.Trim(out.String(), `"`)); err != nil || back != row.value {
			t.Errorf("%s came back as %d, %v", out.String(), back, err)
		}
	}
}

func TestBytesOfCapsInsteadOfWrapping(t *testing.T) {
	if got := scalar.BytesOf(math.MaxUint64); got != math.MaxInt64 {
		t.Fatalf("got %d", got)
	}
}

func TestVersionRefusesWhatIsNoVersion(t *testing.T) {
	for _, in := range []any{0, -1, "x", 1.5, json.Number("0")} {
		var v scalar.Version
		if err := v.UnmarshalGQL(in); err == nil {
			t.Errorf("%v was taken as version %d", in, v)
		}
	}
	var v scalar.Version
	if err := v.UnmarshalGQL(json.Number("7")); err != nil || v != 7 {
		t.Fatalf("got %d, %v", v, err)
	}
}
