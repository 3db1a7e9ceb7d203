// Package deploy checks that what starts Egressor's programs speaks their
// language: every flag and variable in the chart's manifests and in the Compose
// file exists in the program that is started. Package deploy/test, a module of
// its own, renders those manifests and checks the rest.
package deploy
