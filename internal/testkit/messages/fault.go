package messages

import (
	"encoding/json"
	"net/http"
)

// Fault is an answer that is an error of the API.
type Fault struct {
	// Status is the HTTP status; it decides the error's type.
	Status  int    `json:"status"`
	Message string `json:"message"`
	// RetryAfter is the header in seconds, "" for none.
	RetryAfter string `json:"retry_after"`
}

// errorTypes are the API's names for its statuses.
var errorTypes = map[int]string{
	http.StatusBadRequest:            "invalid_request_error",
	http.StatusUnauthorized:          "authentication_error",
	http.StatusForbidden:             "permission_error",
	http.StatusNotFound:              "not_found_error",
	http.StatusRequestEntityTooLarge: "request_too_large",
	http.StatusTooManyRequests:       "rate_limit_error",
	http.StatusInternalServerError:   "api_error",
	http.StatusBadGateway:            "api_error",
	http.StatusServiceUnavailable:    "api_error",
	http.StatusGatewayTimeout:        "timeout_error",
	529:                              "overloaded_error",
}

// body is the API's error JSON.
func (f Fault) body() map[string]any {
	return map[string]any{
		"type":       "error",
		"error":      map[string]any{"type": errorTypes[f.Status], "message": f.Message},
		"request_id": "req_fake",
	}
}

func fail(w http.ResponseWriter, fault Fault) {
	w.Header().Set("Content-Type", "application/json")
	if fault.RetryAfter != "" {
		w.Header().Set("Retry-After", fault.RetryAfter)
	}
	w.WriteHeader(fault.Status)
	_ = json.NewEncoder(w).Encode(fault.body())
}
