import { jsonIn, type Json } from '../../../ground/json.js';
import type { Throttle } from '../../model/route.js';
import { HIDDEN_CONSTANT } from '../../snapshot/hide-values.js';
import { secretMembers } from '../../../ground/text/secrets.js';
import { targetLabel } from '../../words/target-label.js';

/** How a field of a change is shown, where that is not its value as it is. */
interface Shown {
  readonly label?: string | undefined;
  readonly text: (value: Json) => string;
}

/** The fields of changes that have a form of their own. */
const SETTINGS: Readonly<Record<string, Shown | undefined>> = {
  timeoutMs: {
    label: 'timeout',
    text: (value) => (Number(value) % 1000 === 0 ? `${Number(value) / 1000}s` : `${String(value)}ms`),
  },
  parameters: { text: (value) => parametersText(parsed(value)) },
  scopes: { text: (value) => [parsed(value)].flat().map(String).join(', ') || 'none' },
  throttle: { text: (value) => throttleText(parsed(value) as Throttle) },
  loadBalancer: {
    text: (value) =>
      [value]
        .flat()
        .map((id) => targetLabel({ id: String(id) }))
        .join(', '),
  },
};

/** `100/s, burst 50`; `none`. */
export function throttleText({ rate, burst }: Throttle): string {
  const parts = [...(rate === undefined ? [] : [`${rate}/s`]), ...(burst === undefined ? [] : [`burst ${burst}`])];
  return parts.join(', ') || 'none';
}

/** The text of a value; undefined where the field has no form of its own, or the value is none. */
export function settingText(field: string, value: Json | undefined): string | undefined {
  return value === undefined || value === null ? undefined : SETTINGS[field]?.text(value);
}

/** The two sides of a difference as text, and what they are values of. */
export interface Sides {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Both sides of a difference, in the forms of {@link settingText}; a side without a value is `none`. They never read the same:
 * where the usual texts are equal, such as two hidden constants, they say so or show the whole values.
 * @param shown the text of a value, where the field has no form of its own
 */
export function sidesOf(
  { field, from, to }: { readonly field: string; readonly from?: Json | undefined; readonly to?: Json | undefined },
  shown: (value: Json) => string = plain,
): Sides {
  const textOf = (value: Json | undefined): string =>
    value === undefined || value === null ? 'none' : (settingText(field, value) ?? shown(value));
  const sides = { label: SETTINGS[field]?.label ?? field, from: textOf(from), to: textOf(to) };
  if (sides.from !== sides.to) return sides;
  if (sides.to.includes(HIDDEN_CONSTANT)) return { ...sides, to: `${sides.to} (another value)` };

  const whole = { from: wholeText(from), to: wholeText(to) };
  return whole.from === whole.to ? { ...sides, to: `${sides.to} (another value)` } : { ...sides, ...whole };
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** With quotation marks, which distinguish an empty text and the text `none` from a missing value. */
function wholeText(value: Json | undefined): string {
  return value === undefined || value === null ? 'none' : JSON.stringify(value);
}

/** A difference of a route has the canonical JSON of a value. */
function parsed(value: Json): Json {
  return typeof value === 'string' && /^[[{]/.test(value) ? ((jsonIn(value) as Json | undefined) ?? value) : value;
}

/** `header x-tenant from header.tenant, query region = 'eu'`. A constant with the name of a secret is not shown. */
function parametersText(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value);

  const parts = Object.entries(value as Readonly<Record<string, Readonly<Record<string, string>>>>);
  const texts = parts.flatMap(([part, own]) =>
    Object.entries(own).map(([name, source]) => {
      if (!source.startsWith("'")) return `${part} ${name} from ${source}`;

      return `${part} ${name} = ${secretMembers({ [name]: source }) === undefined ? source : HIDDEN_CONSTANT}`;
    }),
  );
  return texts.join(', ') || 'none';
}
