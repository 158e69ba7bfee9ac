/** Keys of values that JSON does not have. A record with such a key is written as an escaped one. */
const MAP = '$map';
const DATE = '$date';
const BYTES = '$bytes';
const RECORD = '$record';

/** Writes maps, dates and bytes as plain JSON, at any depth. `undefined` members are left out. */
export function encodeState(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(encodeState);
  if (value instanceof Map) return { [MAP]: [...value].map(([key, item]) => [encodeState(key), encodeState(item)]) };
  if (value instanceof Set) throw new TypeError('State is made of maps and rows; a Set is neither.');
  if (value instanceof Date) return { [DATE]: value.getTime() };
  if (value instanceof Uint8Array) return { [BYTES]: Buffer.from(value).toString('base64') };
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.some(([key]) => key.startsWith('$') || key === '__proto__')) {
    return { [RECORD]: entries.map(([key, item]) => [key, encodeState(item)]) };
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, encodeState(item)]));
}

/** Reads what {@link encodeState} wrote. */
export function decodeState(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decodeState);
  const row = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(row);
  if (keys.some(isSpecial)) return decodeSpecial(row);
  const plain: Record<string, unknown> = {};
  for (const key of keys) plain[key] = decodeState(row[key]);
  return plain;
}

/** Most rows are plain. */
const isSpecial = (key: string): boolean => key.startsWith('$') || key === '__proto__';

function decodeSpecial(row: Readonly<Record<string, unknown>>): unknown {
  if (MAP in row) return new Map(pairs(row[MAP]).map(([key, item]) => [decodeState(key), decodeState(item)]));
  if (DATE in row) return new Date(Number(row[DATE]));
  if (BYTES in row) return new Uint8Array(Buffer.from(String(row[BYTES]), 'base64'));
  if (RECORD in row) return fromEntries(pairs(row[RECORD]).map(([key, item]) => [String(key), decodeState(item)]));
  return fromEntries(Object.entries(row).map(([key, item]) => [key, decodeState(item)]));
}

function pairs(value: unknown): (readonly [unknown, unknown])[] {
  if (!Array.isArray(value)) throw new TypeError('The world is damaged: a list of pairs was expected.');
  return value.map((pair: unknown) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw new TypeError('The world is damaged: a pair was expected.');
    return [pair[0], pair[1]] as const;
  });
}

/** `Object.fromEntries` defines own members, `__proto__` too. */
const fromEntries = (entries: [string, unknown][]): Record<string, unknown> => Object.fromEntries(entries);
