/**
 * Flattens parameters as the official clients do: `{ Tag: [{ Key: 'a' }] }` becomes `Tag.1.Key=a`. What is null or
 * undefined is left out; every value becomes text.
 */
export function flatten(parameters: Readonly<Record<string, unknown>>): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(parameters)) flattenValue(flat, name, value);
  return flat;
}

function flattenValue(flat: Map<string, string>, path: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) value.forEach((item, index) => flattenValue(flat, `${path}.${index + 1}`, item));
  else if (typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) flattenValue(flat, `${path}.${name}`, item);
  } else flat.set(path, String(value as string | number | boolean));
}
