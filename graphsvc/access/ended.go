package access

import "errors"

// What ends a connection that was let in: the cause of its context, as
// context.Cause tells it. No cause of these is there where its asker went away.
var (
	// ErrSignedOut says that the sign-in no longer holds: it expired, was taken out of
	// the access file, or its session was ended.
	ErrSignedOut = errors.New("the sign-in no longer holds")
	// ErrOtherRights says that the sign-in holds, for another role or other scopes than
	// when the connection began.
	ErrOtherRights = errors.New("the sign-in allows something else now")
)
