package spool

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// mark is how far the spool has got. It is replaced as a whole.
type mark struct {
	// released is the number up to which every record is acknowledged or superseded.
	released uint64
	// sent is the highest number that was ever handed to the network.
	sent uint64
	// through is the latest covered time among the released records.
	through time.Time
}

const (
	markName  = "mark"
	markMagic = "EGSM1\n"
	markBytes = len(markMagic) + 3*8 + 4
)

// readMark returns the zero mark where there is none. A damaged mark is not
// fatal: every record is sent again then, and none dropped that might have been
// stored.
func readMark(dir string) (m mark, damaged bool, err error) {
	data, err := os.ReadFile(filepath.Join(dir, markName))
	if errors.Is(err, fs.ErrNotExist) {
		return mark{}, false, nil
	}
	if err != nil {
		return mark{}, false, fmt.Errorf("spool mark: %w", err)
	}
	if len(data) != markBytes || string(data[:len(markMagic)]) != markMagic {
		return mark{}, true, nil
	}
	sum := data[markBytes-4:]
	if crc32.Checksum(data[:markBytes-4], castagnoli) != binary.LittleEndian.Uint32(sum) {
		return mark{}, true, nil
	}
	fields := data[len(markMagic):]
	return mark{
		released: binary.LittleEndian.Uint64(fields),
		sent:     binary.LittleEndian.Uint64(fields[8:]),
		through:  nanosToTime(binary.LittleEndian.Uint64(fields[16:])),
	}, false, nil
}

// writeMark replaces the mark and returns when it is durable.
func writeMark(dir string, m mark) error {
	data := append(make([]byte, 0, markBytes), markMagic...)
	data = binary.LittleEndian.AppendUint64(data, m.released)
	data = binary.LittleEndian.AppendUint64(data, m.sent)
	data = binary.LittleEndian.AppendUint64(data, timeToNanos(m.through))
	data = binary.LittleEndian.AppendUint32(data, crc32.Checksum(data, castagnoli))
	temporary := filepath.Join(dir, markName+".new")
	if err := writeDurably(temporary, data); err != nil {
		return fmt.Errorf("spool mark: %w", err)
	}
	if err := os.Rename(temporary, filepath.Join(dir, markName)); err != nil {
		return fmt.Errorf("spool mark: %w", err)
	}
	return syncDir(dir)
}

func writeDurably(path string, data []byte) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Sync(), file.Close())
}

// syncDir makes creations, renames and removals in dir durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("spool directory: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("sync spool directory %s: %w", dir, err)
	}
	return nil
}
