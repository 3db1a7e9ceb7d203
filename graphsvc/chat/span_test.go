package chat

import (
	"testing"
	"time"
)

// TestTheTimeThatAnIncidentIsLookedAt: as long before the onset as after it; what the
// question names comes first, and nothing is empty.
func TestTheTimeThatAnIncidentIsLookedAt(t *testing.T) {
	for _, test := range []struct {
		name            string
		incident        incident
		words           string
		from, onset, to string
		fails           bool
	}{
		{"open", incident{Since: "2026-11-23T10:00:00Z", Detected: "2026-11-23T10:03:00Z"}, "why?", "09:57", "10:00", "10:03", false},
		{"over", incident{Since: "2026-11-23T10:00:00Z", Detected: "2026-11-23T10:03:00Z", Until: "2026-11-23T10:20:00Z"}, "why?", "09:40", "10:00", "10:20", false},
		{"named", incident{Since: "2026-11-23T10:00:00Z", Detected: "2026-11-23T10:03:00Z"}, "from 2026-11-23t10:01:00z to 2026-11-23t10:11:00z", "09:51", "10:01", "10:11", false},
		{"empty", incident{Since: "2026-11-23T10:00:00Z", Detected: "2026-11-23T10:00:00Z"}, "why?", "09:59", "10:00", "10:01", false},
		{"unreadable", incident{Since: "yesterday", Detected: "2026-11-23T10:00:00Z"}, "why?", "", "", "", true},
		{"no end", incident{Since: "2026-11-23T10:00:00Z", Detected: "soon"}, "why?", "", "", "", true},
	} {
		got, err := test.incident.between(test.words)
		if (err != nil) != test.fails {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if short := func(m moment) string { return m.Format(time.TimeOnly)[:5] }; err == nil && (short(got.from) != test.from || short(got.onset) != test.onset || short(got.to) != test.to) {
			t.Errorf("%s: %s, %s, %s", test.name, got.from.text(), got.onset.text(), got.to.text())
		}
	}
}

// TestFiguresHaveASize for wording, whatever stands around the digits.
func TestFiguresHaveASize(t *testing.T) {
	for text, want := range map[figured]float64{"$1,234.50 #f1": 1234.5, "-$0.0000000005811 #f2": 5.811e-10, "$0.00 #f3": 0, "": 0, "12 USD": 12} {
		if got := text.size(); got != want {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
}
