package embedded

import (
	"net/http"
	"regexp"
	"strconv"
)

// Exception is a statement's failure as the engine reports it.
type Exception struct {
	// Code is ClickHouse's error code (ErrorCodes.cpp).
	Code int
	// Text is the whole message, starting with "Code: N. DB::Exception: ".
	Text string
}

func (e *Exception) Error() string { return e.Text }

// Codes that the server itself raises, or answers with a status of their own.
const (
	codeSyntaxError      = 62
	codeNotImplemented   = 48
	codeUnknownTable     = 60
	codeUnknownDatabase  = 81
	codeUnknownSetting   = 115
	codeBadArguments     = 36
	codeReadonly         = 164
	codeTooManyQueries   = 202
	codeQueryTooLarge    = 307
	codeAuthentication   = 516
	codeUnknownException = 1002
)

var exceptionCode = regexp.MustCompile(`Code: (\d+)\.`)

// newException reads the code out of the engine's message.
func newException(text string) *Exception {
	e := &Exception{Code: codeUnknownException, Text: text}
	if match := exceptionCode.FindStringSubmatch(text); match != nil {
		if code, err := strconv.Atoi(match[1]); err == nil {
			e.Code = code
		}
	} else {
		e.Text = "Code: " + strconv.Itoa(e.Code) + ". DB::Exception: " + text
	}
	return e
}

// raise is an exception of the server's own.
func raise(code int, text string) *Exception {
	return &Exception{Code: code, Text: "Code: " + strconv.Itoa(code) + ". DB::Exception: " + text}
}

// status is the HTTP status that ClickHouse answers the code with.
func (e *Exception) status() int {
	switch e.Code {
	case codeSyntaxError, codeBadArguments, codeUnknownSetting:
		return http.StatusBadRequest
	case codeAuthentication:
		return http.StatusUnauthorized
	case codeUnknownTable, codeUnknownDatabase:
		return http.StatusNotFound
	case codeTooManyQueries:
		return http.StatusServiceUnavailable
	case codeQueryTooLarge:
		return http.StatusRequestEntityTooLarge
	case codeNotImplemented:
		return http.StatusNotImplemented
	default:
		return http.StatusInternalServerError
	}
}
