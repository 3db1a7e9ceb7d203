package query

import (
	"errors"
	"fmt"
)

// Code is the closed set of ways in which a question can fail.
type Code string

// Codes.
const (
	CodeBadInput         Code = "BAD_INPUT"
	CodeUnknownID        Code = "UNKNOWN_ID"
	CodeVersionNotYet    Code = "VERSION_NOT_YET"
	CodeVersionExpired   Code = "VERSION_EXPIRED"
	CodeStoreUnavailable Code = "STORE_UNAVAILABLE"
	CodeCancelled        Code = "CANCELLED"
	CodeTimeout          Code = "TIMEOUT"
	CodeUnauthenticated  Code = "UNAUTHENTICATED"
	CodeForbidden        Code = "FORBIDDEN"
	CodeCypherRefused    Code = "CYPHER_REFUSED"
	CodeRateLimited      Code = "RATE_LIMITED"
	CodeInternal         Code = "INTERNAL"
)

// Error is a failure that the asker can act on.
type Error struct {
	Code Code
	// Message says what failed, on which object.
	Message string
	// Hint says what to do.
	Hint string
	// Cause is for logs, never for the asker.
	Cause error
}

// Error is the message and the cause.
func (e *Error) Error() string {
	if e.Cause == nil {
		return e.Message
	}
	return fmt.Sprintf("%s: %v", e.Message, e.Cause)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

func badInput(hint, format string, args ...any) error {
	return &Error{Code: CodeBadInput, Message: fmt.Sprintf(format, args...), Hint: hint}
}

func unknownID(hint, format string, args ...any) error {
	return &Error{Code: CodeUnknownID, Message: fmt.Sprintf(format, args...), Hint: hint}
}

func unavailable(store string, cause error) error {
	if told := new(Error); errors.As(cause, &told) { // it answered, and said why not
		return told
	}
	return &Error{
		Code:    CodeStoreUnavailable,
		Message: store + " did not answer",
		Hint:    "see /readyz and the service's log; the question can be asked again",
		Cause:   cause,
	}
}
