// Package signin finds out who asks: by an API token, or by a session after a
// sign-in at an OpenID Connect provider. Who may see what is written in one
// file, which is read again whenever it changes, so that a token taken out of it
// is refused within seconds, sessions begun with it included.
package signin
