// Package digest gives the sha256 of files as manifests, receipts and the archive write it: 64 hexadecimal digits.
//
// It digests bytes alone. What relations, notices and plans are known by is for their own packages to say.
//
// Invariant: two files have one digest exactly if their bytes are the same.
package digest

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
)

// Of reads to the end.
func Of(r io.Reader) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// File reads a file whole.
func File(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return Of(f)
}
