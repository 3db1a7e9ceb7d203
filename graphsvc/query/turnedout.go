package query

import (
	"context"
	"errors"

	"github.com/egressor/egressor/graphsvc/access"
)

// TurnedOut says why the sign-in ended what it had let in, nil where it did not.
func TurnedOut(ctx context.Context) *Error {
	switch why := context.Cause(ctx); {
	case errors.Is(why, access.ErrSignedOut):
		return &Error{Code: CodeUnauthenticated, Message: access.ErrSignedOut.Error(), Hint: "sign in again"}
	case errors.Is(why, access.ErrOtherRights):
		return &Error{Code: CodeForbidden, Message: access.ErrOtherRights.Error(), Hint: "connect again: what is asked anew is answered by what is allowed now"}
	default:
		return nil
	}
}
