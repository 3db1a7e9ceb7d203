package audit

import "time"

// Entry is one thing that somebody did.
type Entry struct {
	At time.Time
	// Principal and Method are who it was and how they proved it, see package access.
	Principal, Method string
	// Kind is "query", "mutation", "subscription" or "signin".
	Kind string
	// Action is the operation's name, "" where it has none.
	Action string
	// Document is SHA-256 over the text of the operation, in hexadecimal.
	Document string
	// Detail is what was asked for, the arguments as JSON, cut off at MaxDetailBytes.
	Detail string
	// Outcome is "ok" or the code of the first error.
	Outcome string
	Took    time.Duration
}

// MaxDetailBytes bounds what is kept of one operation's arguments.
const MaxDetailBytes = 32 << 10

// Cut returns the detail of an entry within its bound, at a border of characters.
func Cut(detail string) string {
	if len(detail) <= MaxDetailBytes {
		return detail
	}
	const mark = "…"
	end := MaxDetailBytes - len(mark)
	for end > 0 && detail[end]&0xc0 == 0x80 { // within a character of UTF-8
		end--
	}
	return detail[:end] + mark
}
