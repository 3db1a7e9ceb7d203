package main

import (
	"context"
	"errors"
)

// runRecording is the demo where the lab cannot run.
func (d *demo) runRecording(context.Context) error { return errors.New("not yet") }
