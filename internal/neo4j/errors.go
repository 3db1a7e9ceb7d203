package neo4j

import (
	"errors"
	"fmt"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// ErrUnknownOutcome means that the connection was lost, or the server failed, while
// a commit was on its way: it may have happened or not. Read back before trying again.
var ErrUnknownOutcome = errors.New("the connection was lost or the server failed during commit: the outcome is unknown")

// explain turns what the driver says into what is wrong at which address and
// what to do about it. The driver's error stays reachable with errors.As.
func explain(cfg Config, err error) error {
	if err == nil {
		return nil
	}
	var refused *driver.Neo4jError
	if errors.As(err, &refused) {
		return explainRefusal(cfg, refused, err)
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "connection refused"):
		return fmt.Errorf("neo4j at %s: nothing listens there: start Neo4j, correct --neo4j-uri, or leave it out for the embedded one: %w", cfg.URI, err)
	case strings.Contains(text, "no such host"):
		return fmt.Errorf("neo4j at %s: the host name is not known: correct --neo4j-uri: %w", cfg.URI, err)
	case strings.Contains(text, "responded HTTP"):
		return fmt.Errorf("neo4j at %s: that is an HTTP port, not Bolt: Bolt's default is 7687: %w", cfg.URI, err)
	case strings.Contains(text, "handshake"), strings.Contains(text, "EOF"), strings.Contains(text, "connection reset"),
		strings.Contains(text, "unsupported version"), strings.Contains(text, "TLS"):
		return fmt.Errorf("neo4j at %s: something answers, but not as Neo4j (is it the Bolt port, and does TLS on or off match bolt:// or bolt+s://?): %w", cfg.URI, err)
	default:
		return fmt.Errorf("neo4j at %s: %w", cfg.URI, err)
	}
}

func explainRefusal(cfg Config, refused *driver.Neo4jError, err error) error {
	switch refused.Code {
	case "Neo.ClientError.Security.Unauthorized":
		return fmt.Errorf("neo4j at %s: user %q or its password is wrong: set --neo4j-user and --neo4j-password-file (or EGRESSOR_NEO4J_PASSWORD): %w", cfg.URI, cfg.User, err)
	case "Neo.ClientError.Security.AuthenticationRateLimit":
		return fmt.Errorf("neo4j at %s: too many wrong passwords for user %q: wait some seconds: %w", cfg.URI, cfg.User, err)
	case "Neo.ClientError.Security.CredentialsExpired":
		return fmt.Errorf("neo4j at %s: the password of user %q must be changed before first use (ALTER CURRENT USER SET PASSWORD): %w", cfg.URI, cfg.User, err)
	case "Neo.ClientError.Database.DatabaseNotFound":
		return fmt.Errorf("neo4j at %s: there is no database %q: correct --neo4j-database: %w", cfg.URI, cfg.Database, err)
	case logError, startFailed, commitFailed:
		return fmt.Errorf("neo4j at %s: its database has stopped, mostly because there was no space left to write (its debug.log says why): give the volume more room; the embedded one is restarted then, a server must be: %w", cfg.URI, err)
	default:
		return fmt.Errorf("neo4j at %s: %w", cfg.URI, err)
	}
}

// IsConstraintViolation reports whether a write broke a uniqueness constraint:
// someone else has written that key.
func IsConstraintViolation(err error) bool {
	var refused *driver.Neo4jError
	return errors.As(err, &refused) && refused.Code == "Neo.ClientError.Schema.ConstraintValidationFailed"
}
