#!/bin/sh
# The conformance vectors, read by Debian's python3-jwt and python3-cryptography.
set -eu
cd "$(dirname "$0")/../.."
# -B: nothing is written into the tree
exec /usr/bin/python3 -B test/interop/reader.py
