package chat

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/anthropics/anthropic-sdk-go"
)

// failure is an answer that could not be given, in words for the asker.
type failure struct {
	code, message, hint string
	cause               error
}

func (f *failure) Error() string {
	if f.cause == nil {
		return f.message
	}
	return fmt.Sprintf("%s: %v", f.message, f.cause)
}

func (f *failure) Unwrap() error { return f.cause }

// failureOf says what the asker is told of an error. Causes stay in the log.
func failureOf(err error) *Failed {
	var own *failure
	var api *anthropic.Error
	var network *url.Error
	switch {
	case errors.As(err, &own):
		return &Failed{own.code, own.message, own.hint}
	case errors.Is(err, context.Canceled):
		return &Failed{"CANCELLED", "the question was cancelled", "ask again"}
	case errors.Is(err, context.DeadlineExceeded):
		return &Failed{"TIMED_OUT", "the answer took too long", "ask a narrower question, or ask again"}
	case errors.As(err, &api):
		return apiFailure(api)
	case errors.As(err, &network):
		return &Failed{"UNREACHABLE", "the Claude API cannot be reached", "check the network and --anthropic-base-url"}
	default:
		return &Failed{"UNAVAILABLE", "the answer could not be completed", "see the service's log, and ask again"}
	}
}

// statuses are the HTTP statuses that belong to the API's error types. An error
// in the middle of a stream comes with its type alone, after a status of 200.
var statuses = map[anthropic.ErrorType]int{
	anthropic.ErrorTypeAuthenticationError: 401, anthropic.ErrorTypePermissionError: 403,
	anthropic.ErrorTypeNotFoundError: 404, anthropic.ErrorTypeRateLimitError: 429,
	anthropic.ErrorTypeAPIError: 500, anthropic.ErrorTypeOverloadedError: 529, anthropic.ErrorTypeTimeoutError: 504,
}

func apiFailure(api *anthropic.Error) *Failed {
	status := api.StatusCode
	if byType, known := statuses[api.Type()]; known {
		status = byType
	}
	switch {
	case status == 401 || status == 403:
		return &Failed{"BAD_KEY", "the Claude API refused the key", "check ANTHROPIC_API_KEY"}
	case status == 404:
		return &Failed{"BAD_MODEL", "the Claude API does not know the model", "check --anthropic-model"}
	case status == 429:
		return &Failed{"RATE_LIMITED", "the Claude API's rate limit is reached", "ask again in a minute"}
	case status >= 500:
		return &Failed{"OVERLOADED", "the Claude API is overloaded or failing", "ask again in a minute"}
	default:
		return &Failed{"REJECTED", fmt.Sprintf("the Claude API rejected the request (HTTP %d)", status), "see the service's log"}
	}
}
