package minute

// StatementText is what a statement's digest is over.
var StatementText = statementText
