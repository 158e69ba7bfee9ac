import type { RecordedChange } from './as-pulumi.js';

/** What an expression refers to, and by which attribute: `id`. */
export interface Referred {
  readonly change: RecordedChange;
  readonly attribute: string | undefined;
}

const REFERENCE = /^([a-z0-9_]+\.\w+)(\[[^\]]+\])?(?:\.(\w+))?$/;

/** The resources that an expression of a configuration refers to, each once: of several instances the named one. */
export function referred(changes: readonly RecordedChange[], expression: unknown): readonly Referred[] {
  const found = new Map<RecordedChange, Referred>();
  const parts = referencesIn(expression).flatMap((text) => {
    const [, name, index, attribute] = REFERENCE.exec(text) ?? [];
    return name === undefined ? [] : [{ name, index, attribute }];
  });
  const named = new Set(parts.flatMap(({ name, index }) => (index === undefined ? [] : [name])));
  for (const { name, index, attribute } of parts) {
    if (index === undefined && named.has(name)) continue;
    for (const change of changes) {
      if (`${change.type}.${change.name}` !== name || (change.change.after ?? null) === null) continue;
      if (index !== undefined && change.address !== `${name}${index}`) continue;
      found.set(change, { change, attribute: found.get(change)?.attribute ?? attribute });
    }
  }
  return [...found.values()];
}

/** The references anywhere in an expression. */
function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => referencesIn(one));
  if (typeof value !== 'object' || value === null) return [];
  const { references, ...others } = value as Readonly<Record<string, unknown>>;
  return [...(Array.isArray(references) ? references.map(String) : []), ...referencesIn(Object.values(others))];
}
