package cyphergate

import "fmt"

// Refusal says why a statement is not run.
type Refusal struct {
	// At is the offset in bytes, -1 where it is about the whole.
	At int
	// Message says what is refused, Hint what to do.
	Message, Hint string
}

// Error is the message and where.
func (r *Refusal) Error() string {
	if r.At < 0 {
		return r.Message
	}
	return fmt.Sprintf("at character %d: %s", r.At+1, r.Message)
}

func refused(at int, message, hint string) error { return &Refusal{at, message, hint} }
