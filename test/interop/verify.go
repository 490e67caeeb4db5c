// Command verify checks one license file with nothing but Go's standard library, after schemas/spec/license-file.md.
//
// Usage: verify FILE X NOW, where X is the issuing key's public part (the x of its JWK) and NOW an instant in
// UTC seconds. Prints the license id; exits with status 1 when the license is not good.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

const (
	begin = "-----BEGIN COUNTERFOIL LICENSE-----"
	end   = "-----END COUNTERFOIL LICENSE-----"
)

// Strict refuses unused bits; line feeds, which Go skips in base64, are refused apart.
var encoding = base64.RawURLEncoding.Strict()

func decode(text string) ([]byte, error) {
	if strings.ContainsAny(text, "\r\n") {
		return nil, errors.New("a line feed within a part")
	}
	return encoding.DecodeString(text)
}

// unarmor returns the body of the license block: lines of 64 characters, the last one shorter or as long.
func unarmor(text string) (string, error) {
	if strings.Contains(text, "\r") {
		return "", errors.New("a carriage return")
	}
	lines := strings.Split(text, "\n")
	for len(lines) > 0 && lines[0] != begin {
		lines = lines[1:]
	}
	if len(lines) == 0 {
		return "", errors.New("no BEGIN line")
	}
	var body strings.Builder
	for i, line := range lines[1:] {
		if line == end {
			return body.String(), nil
		}
		last := i+2 < len(lines) && lines[i+2] == end
		if len(line) > 64 || len(line) == 0 || (len(line) < 64 && !last) {
			return "", errors.New("a line of another length")
		}
		body.WriteString(line)
	}
	return "", errors.New("no END line")
}

type header struct {
	Alg string `json:"alg"`
	Kid string `json:"kid"`
	Typ string `json:"typ"`
}

// readHeader takes exactly three members. Go matches names in any case and takes duplicates, so the bytes are compared
// with what it would write: stricter than clause 4.2, which leaves order and white space free.
func readHeader(part string) (header, error) {
	var found header
	raw, err := decode(part)
	if err != nil {
		return found, err
	}
	reader := json.NewDecoder(bytes.NewReader(raw))
	reader.DisallowUnknownFields()
	if err := reader.Decode(&found); err != nil {
		return found, err
	}
	if _, err := reader.Token(); err != io.EOF {
		return found, errors.New("more than one value in the header")
	}
	again, err := json.Marshal(found)
	if err != nil || !bytes.Equal(again, raw) {
		return found, errors.New("a header in another spelling")
	}
	return found, nil
}

type claims struct {
	Nbf     int64  `json:"nbf"`
	Exp     *int64 `json:"exp"`
	License struct {
		ID string `json:"id"`
	} `json:"license"`
}

func verify(text, x string, now int64) (string, error) {
	token, err := unarmor(text)
	if err != nil {
		return "", err
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return "", errors.New("not three parts")
	}
	head, err := readHeader(parts[0])
	if err != nil {
		return "", err
	}
	thumbprint := sha256.Sum256([]byte(`{"crv":"Ed25519","kty":"OKP","x":"` + x + `"}`))
	if (head.Alg != "EdDSA" && head.Alg != "Ed25519") || head.Typ != "license+jwt" {
		return "", errors.New("another algorithm or another document")
	}
	if head.Kid != encoding.EncodeToString(thumbprint[:]) {
		return "", errors.New("another key")
	}
	key, err := decode(x)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return "", errors.New("no public key")
	}
	signature, err := decode(parts[2])
	if err != nil || !ed25519.Verify(key, []byte(parts[0]+"."+parts[1]), signature) {
		return "", errors.New("the signature does not hold")
	}
	payload, err := decode(parts[1])
	if err != nil {
		return "", err
	}
	var said claims
	if err := json.Unmarshal(payload, &said); err != nil {
		return "", err
	}
	if now < said.Nbf || (said.Exp != nil && now >= *said.Exp) {
		return "", errors.New("not in its time")
	}
	return said.License.ID, nil
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: verify FILE X NOW")
		os.Exit(2)
	}
	text, err := os.ReadFile(os.Args[1])
	now, wrong := strconv.ParseInt(os.Args[3], 10, 64)
	if err != nil || wrong != nil {
		fmt.Fprintln(os.Stderr, "cannot read the file or the instant")
		os.Exit(2)
	}
	id, err := verify(string(text), os.Args[2], now)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(id)
}
