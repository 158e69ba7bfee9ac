/** Replaces IDs that do not exist yet by the addresses of what they are for. */
export function renamer(symbols: ReadonlyMap<string, string>): (text: string) => string {
  if (symbols.size === 0) return (text) => text;
  const ids = [...symbols.keys()].toSorted((a, b) => b.length - a.length);
  const escaped = ids.map((id) => {
    const text = id.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    return isAddress(id) ? String.raw`(?<![\d.])${text}(?![\d/]|\.\d)` : text;
  });
  const form = new RegExp(escaped.join('|'), 'g');
  // Inside of JSON a quote of an address is escaped; texts without quotes are the same in both.
  return (text) => {
    const isJson = text.startsWith('{');
    return text.replace(form, (id) => {
      const address = symbols.get(id) ?? id;
      return isJson ? JSON.stringify(address).slice(1, -1) : address;
    });
  };
}

/** An address is a part of longer ones, and of blocks. */
function isAddress(id: string): boolean {
  return /^[\d.]+$/.test(id);
}
