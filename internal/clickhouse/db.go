package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	clickhousego "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Aliases of the driver's types, so that no other package imports it.
type (
	// Conn runs statements. It is safe for concurrent use.
	Conn = driver.Conn
	// Rows is an open result; close it.
	Rows = driver.Rows
	// Batch is an insert in the making; send it, or close it.
	Batch = driver.Batch
	// Settings are ClickHouse settings by name.
	Settings = clickhousego.Settings
	// Exception is an error that the store itself reported, with its code.
	Exception = clickhousego.Exception
)

// Named binds a value to {name:Type} in a statement.
func Named(name string, value any) driver.NamedValue { return clickhousego.Named(name, value) }

// DB is a connection to the store: a component, and a Conn once started.
type DB struct {
	Conn
	config Config
	target target
	log    *slog.Logger
}

// New returns an inert connection, or says what is wrong with config.
func New(log *slog.Logger, config Config) (*DB, error) {
	t, err := config.resolve()
	if err != nil {
		return nil, err
	}
	if config.Database == "" {
		config.Database = "default"
	}
	return &DB{config: config, target: t, log: log}, nil
}

// Start connects, creating the database where it does not exist. The error
// says whether address, credentials or the far side's kind are wrong.
func (db *DB) Start(ctx context.Context) error {
	if err := db.readPassword(); err != nil {
		return err
	}
	conn, err := db.open(ctx, db.config.Database)
	if code(err) == codeUnknownDatabase {
		if err = db.createDatabase(ctx); err == nil {
			conn, err = db.open(ctx, db.config.Database)
		}
	}
	if err != nil {
		return db.explain(err)
	}
	db.Conn = conn
	db.log.Debug("connected to clickhouse", "address", db.target.hostPort, "protocol", db.target.protocol, "database", db.config.Database)
	return nil
}

func (db *DB) readPassword() error {
	if db.config.PasswordFile == "" {
		return nil
	}
	text, err := os.ReadFile(db.config.PasswordFile)
	if err != nil {
		return fmt.Errorf("password of clickhouse at %s: %w", db.target.hostPort, err)
	}
	db.config.Password = strings.TrimSpace(string(text))
	return nil
}

// Stop closes the connections.
func (db *DB) Stop(context.Context) error {
	if db.Conn == nil {
		return nil
	}
	if err := db.Close(); err != nil {
		return fmt.Errorf("closing the connections to clickhouse at %s: %w", db.target.hostPort, err)
	}
	return nil
}

// Database is the name of the database that unqualified tables are in.
func (db *DB) Database() string { return db.config.Database }

func (db *DB) open(ctx context.Context, database string) (Conn, error) {
	conn, err := clickhousego.Open(db.config.options(db.target, database))
	if err != nil {
		return nil, err
	}
	// A query rather than Ping: over HTTP only a query meets the database.
	var one uint8
	if err := conn.QueryRow(ctx, "SELECT 1").Scan(&one); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

func (db *DB) createDatabase(ctx context.Context) error {
	conn, err := db.open(ctx, "default")
	if err != nil {
		return err
	}
	err = conn.Exec(ctx, "CREATE DATABASE IF NOT EXISTS "+Quote(db.config.Database))
	if err != nil {
		err = fmt.Errorf("creating database %s: %w", db.config.Database, err)
	}
	return errors.Join(err, conn.Close())
}

// Quote writes an identifier so that any name is safe in a statement.
func Quote(identifier string) string {
	return "`" + strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(identifier) + "`"
}

// WithSettings makes statements under the returned context run with settings,
// beside those that the context already carries.
func WithSettings(ctx context.Context, settings Settings) context.Context {
	merged := Settings{}
	if outer, ok := ctx.Value(settingsKey{}).(Settings); ok {
		for name, value := range outer {
			merged[name] = value
		}
	}
	for name, value := range settings {
		merged[name] = value
	}
	ctx = context.WithValue(ctx, settingsKey{}, merged)
	return clickhousego.Context(ctx, clickhousego.WithSettings(merged))
}

type settingsKey struct{}

// WithToken makes an insert under the returned context happen once per token
// and table, however often it is sent with the same rows. The table needs
// non_replicated_deduplication_window, which says how many inserts are
// remembered. The token must name the content: the same token with other rows
// is dropped in silence.
func WithToken(ctx context.Context, token string) context.Context {
	return WithSettings(ctx, Settings{"insert_deduplicate": 1, "insert_deduplication_token": token})
}

// literal writes a text so that any content is safe in a statement. Prefer
// Named wherever the statement allows a parameter.
func literal(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(text) + "'"
}
