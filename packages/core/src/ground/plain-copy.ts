const NOTHING: ReadonlySet<string> = new Set();

/**
 * A cloud's answer as plain JSON, as it would be read back, but without its text: every observation copies every answer. Dates are
 * ISO 8601, and members that are undefined or named in `leftOut` are missing. Undefined becomes null.
 */
export function plainCopy(value: unknown, leftOut: ReadonlySet<string> = NOTHING): unknown {
  return copyOf(value, leftOut) ?? null;
}

function copyOf(value: unknown, leftOut: ReadonlySet<string>): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null; // JSON has no -0
  if (Array.isArray(value)) return value.map((item) => plainCopy(item, leftOut));
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return membersOf(value as Readonly<Record<string, unknown>>, leftOut);
  }

  // Dates, objects of classes, and what JSON does not have.
  const text = JSON.stringify(value, (key, member: unknown) => (leftOut.has(key) ? undefined : member)) as
    string | undefined;
  return text === undefined ? undefined : JSON.parse(text);
}

/** Members are assigned one by one: objects with the same members then share one layout, which halves the time. */
function membersOf(value: Readonly<Record<string, unknown>>, leftOut: ReadonlySet<string>): Record<string, unknown> {
  const copies: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const copy = leftOut.has(key) ? undefined : copyOf(value[key], leftOut);
    if (copy === undefined) continue;

    if (key !== '__proto__') copies[key] = copy;
    // Assigned, it would be the prototype.
    else Object.defineProperty(copies, key, { value: copy, enumerable: true, configurable: true, writable: true });
  }
  return copies;
}
