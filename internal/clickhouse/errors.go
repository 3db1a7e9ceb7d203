package clickhouse

import (
	"errors"
	"fmt"
	"net"
	"syscall"

	clickhousego "github.com/ClickHouse/clickhouse-go/v2"
)

// ClickHouse error codes that mean something to us (ErrorCodes.cpp).
const (
	codeUnknownDatabase  = 81
	codeUnknownUser      = 192
	codeWrongPassword    = 193
	codeRequiredPassword = 194
	codeAuthentication   = 516
)

// code is the store's error code within err, 0 where the store did not report
// the error.
func code(err error) int32 {
	var exception *clickhousego.Exception
	if errors.As(err, &exception) {
		return exception.Code
	}
	return 0
}

// explain says what a failed connection means and what to do about it.
func (db *DB) explain(err error) error {
	at := fmt.Sprintf("clickhouse at %s", db.target.hostPort)
	var dns *net.DNSError
	switch c := code(err); {
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("%s: nothing listens there: start the server or change --clickhouse-address: %w", at, err)
	case errors.As(err, &dns):
		return fmt.Errorf("%s: the host is not known: change --clickhouse-address: %w", at, err)
	case c == codeUnknownUser || c == codeWrongPassword || c == codeRequiredPassword || c == codeAuthentication:
		return fmt.Errorf("%s refused user %q: change --clickhouse-user or --clickhouse-password-file: %w", at, db.config.user(), err)
	case c != 0:
		return fmt.Errorf("%s: %w", at, err)
	case errors.Is(err, syscall.ETIMEDOUT), isTimeout(err):
		return fmt.Errorf("%s did not answer in time: is it reachable from here, and does its port speak the %s protocol?: %w", at, db.target.protocol, err)
	default:
		return fmt.Errorf("%s answers, but not as ClickHouse does over the %s protocol (TLS %t): is it another service, or the port of another protocol? (native 9000, with TLS 9440; HTTP 8123, with TLS 8443): %w",
			at, db.target.protocol, db.target.tls, err)
	}
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}
