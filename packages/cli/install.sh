#!/bin/sh
# Installs the command as one file, for this user: POSTERN_URL=ADDRESS sh install.sh
# ADDRESS is the folder of a release, which has postern.mjs. POSTERN_HOME is where it goes; without it, ~/.local.
# The file is installed only where it has the hash that the release has written here.
set -eu

sha256=NOT-OF-A-RELEASE
home=${POSTERN_HOME:-$HOME/.local}

fail() {
  echo "error: $1" >&2
  exit 1
}

[ -n "${POSTERN_URL:-}" ] || fail 'write the address of the folder that has postern.mjs: POSTERN_URL=ADDRESS sh install.sh'
command -v node > /dev/null || fail 'Node.js 20.19 or newer is needed: https://nodejs.org/en/download'
node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' ||
  fail "Node.js 20.19 or newer is needed, and this is $(node --version): https://nodejs.org/en/download"

mkdir -p "$home/share/postern" "$home/bin"
file=$(mktemp "$home/share/postern/download.XXXXXX")
trap 'rm -f "$file"' EXIT
trap 'exit 1' HUP INT TERM
if command -v curl > /dev/null; then
  curl --fail --silent --show-error --location --output "$file" "$POSTERN_URL/postern.mjs" || fail "$POSTERN_URL/postern.mjs cannot be read"
elif command -v wget > /dev/null; then
  wget -q -O "$file" "$POSTERN_URL/postern.mjs" || fail "$POSTERN_URL/postern.mjs cannot be read"
else
  fail 'curl or wget is needed'
fi

# Node.js computes it: sha256sum is not on every system.
found=$(node -e 'console.log(crypto.createHash("sha256").update(fs.readFileSync(process.argv[1])).digest("hex"))' "$file")
[ "$found" = "$sha256" ] || fail "postern.mjs has the SHA-256 $found, not $sha256: nothing is installed"

chmod 755 "$file"
mv -f "$file" "$home/share/postern/postern.mjs"
ln -sf "$home/share/postern/postern.mjs" "$home/bin/postern"
echo "postern $("$home/bin/postern" --version) is installed: $home/bin/postern"
case ":$PATH:" in
  *":$home/bin:"*) ;;
  *) echo "Add it to the PATH: export PATH=\"$home/bin:\$PATH\"" ;;
esac
