/** Values of a file whose form is not checked: what has another form is not there. */
export type Loose = Readonly<Record<string, unknown>>;

export function looseMembers(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

/** The objects of a list. */
export function looseList(value: unknown): readonly Loose[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[]).filter(
    (one): one is Loose => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
}

/** The texts of a list. */
export function looseTexts(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? (value as readonly unknown[]).filter((one): one is string => typeof one === 'string')
    : [];
}

export function looseText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
