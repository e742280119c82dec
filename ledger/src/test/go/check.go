// Checks a ledger's folder with Go's own transparency log library and none of our code:
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run check.go FOLDER VKEY [OLDER-CHECKPOINT [PROOF]]
//
// the checkpoint's signature, each entry's inclusion, consistency with an older checkpoint, and a proof as text (c2sp.org/tlog-proof@v1).
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type folder string

func (f folder) Height() int                            { return 8 }
func (f folder) SaveTiles(tiles []tlog.Tile, d [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) (data [][]byte, err error) {
	for _, t := range tiles {
		b, err := os.ReadFile(filepath.Join(string(f), strings.Replace(t.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		data = append(data, b)
	}
	return data, nil
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func tree(signed []byte, key note.Verifier) tlog.Tree {
	opened, err := note.Open(signed, note.VerifierList(key))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: root}
}

func leaves(f folder, n, size int64) (all [][]byte) {
	t := tlog.Tile{H: 8, L: -1, N: n, W: 256}
	if rest := size - n*256; rest < 256 {
		t.W = int(rest)
	}
	b, err := os.ReadFile(filepath.Join(string(f), strings.Replace(t.Path(), "tile/8/data/", "tile/entries/", 1)))
	must(err)
	for len(b) > 0 {
		end := 2 + int(binary.BigEndian.Uint16(b))
		all = append(all, b[2:end])
		b = b[end:]
	}
	if len(all) != t.W {
		log.Fatalf("bundle %d has %d entries, not %d", n, len(all), t.W)
	}
	return all
}

func main() {
	key, err := note.NewVerifier(os.Args[2])
	must(err)
	f := folder(os.Args[1])
	signed, err := os.ReadFile(filepath.Join(string(f), "checkpoint"))
	must(err)
	now := tree(signed, key)
	hashes := tlog.TileHashReader(now, f)
	var known []tlog.Hash
	for n := int64(0); n*256 < now.N; n++ {
		for _, leaf := range leaves(f, n, now.N) {
			at := int64(len(known))
			known = append(known, tlog.RecordHash(leaf))
			proof, err := tlog.ProveRecord(now.N, at, hashes)
			must(err)
			must(tlog.CheckRecord(proof, now.N, now.Hash, at, known[at]))
		}
	}
	fmt.Printf("included %d\n", len(known))
	if len(os.Args) > 3 {
		signed, err := os.ReadFile(os.Args[3])
		must(err)
		old := tree(signed, key)
		proof, err := tlog.ProveTree(now.N, old.N, hashes)
		must(err)
		must(tlog.CheckTree(proof, now.N, now.Hash, old.N, old.Hash))
		fmt.Printf("consistent %d\n", old.N)
	}
	if len(os.Args) > 4 {
		text, err := os.ReadFile(os.Args[4])
		must(err)
		head, signed, _ := bytes.Cut(text, []byte("\n\n"))
		lines := strings.Split(string(head), "\n")
		at, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
		must(err)
		var proof tlog.RecordProof
		for _, line := range lines[2:] {
			hash, err := tlog.ParseHash(line)
			must(err)
			proof = append(proof, hash)
		}
		then := tree(signed, key)
		must(tlog.CheckRecord(proof, then.N, then.Hash, at, known[at]))
		fmt.Printf("proved %d\n", at)
	}
}
