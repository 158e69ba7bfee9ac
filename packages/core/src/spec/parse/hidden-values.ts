/** Shorter values are parts of other words: in their place, texts could not be read any more. No secret is as short. */
const SHORTEST = 8;

/**
 * Values with the forms of regions, accounts, ports, addresses, ARNs and IDs of network resources are shown: they are no secrets,
 * and without them no plan can be reviewed.
 */
const IDENTIFIERS: readonly RegExp[] = [
  /^\d+$/,
  /^[a-z]{2}(?:-[a-z]{3,9}){1,2}(?:-\d)?$/,
  /^arn:[a-z-]+:[a-z0-9-]+:/,
  /^[a-z]{1,12}-(?:[0-9a-f]{8}|[0-9a-f]{17}|[a-z0-9]{17,25})$/,
  /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?$/,
  /^(?=.*:)[0-9a-f:]+(?:\/\d{1,3})?$/i,
];

/**
 * Shows a text without the values of a spec's variables, each as `${env:NAME}` or `${var:name}`. Undefined where no value is to be hidden.
 * `values` are the values with their variables, `env:NAME`.
 */
export function hidingValues(values: ReadonlyMap<string, string>): ((text: string) => string) | undefined {
  const forms = [...values]
    .filter(([value]) => value.length >= SHORTEST && !IDENTIFIERS.some((form) => form.test(value)))
    .toSorted(([a], [b]) => b.length - a.length)
    .flatMap(([value, name]) => [...new Set(formsOf(value))].map((form) => [form, `\${${name}}`] as const));
  if (forms.length === 0) return undefined;
  return (text) => forms.reduce((shown, [form, name]) => shown.replaceAll(form, () => name), text);
}

/** A value as it is, in JSON and in DOT, and in HTML and SVG. */
function formsOf(value: string): readonly string[] {
  const markup = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    markup,
    markup.replaceAll('"', '&quot;'),
    markup.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  ];
}
