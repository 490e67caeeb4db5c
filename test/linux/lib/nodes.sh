# Sourced: the supported Nodes, installed where they are missing.
nodes=(20 22 24 26)

# node_of MAJOR: the program
node_of() { printf '%s/test/nodes/node_modules/node%s/bin/node' "$PWD" "$1"; }

install_nodes() {
  local missing=no major
  for major in "${nodes[@]}"; do [ -x "$(node_of "$major")" ] || missing=yes; done
  [ "$missing" = no ] || npm ci --prefix test/nodes --ignore-scripts --no-audit --no-fund
}
