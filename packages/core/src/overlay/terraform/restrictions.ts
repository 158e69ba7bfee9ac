import type { DataSource } from '../declared/data-sources.js';
import type { Wanted } from '../declared/open.js';
import { isMarked, marksAt, valueAt, type AttributePath } from '../declared/values.js';
import { partAt } from './expressions.js';
import type { TerraformInstance } from './instances.js';

/** Values as texts. */
export interface Values {
  readonly texts: readonly string[];
  /** All of them are known. */
  readonly isWhole: boolean;
  /** Each of them counts: a list that is written, and no choice. */
  readonly isEach?: boolean | undefined;
}

/** What a data source asks for: an attribute of resources, which has one of some values. */
export interface Restriction {
  readonly attribute: string;
  readonly values: Values;
  readonly wanted: Wanted | undefined;
  readonly isPattern: boolean;
}

/** Whether a resource is found: surely, surely not, or by what is not known. */
export type Fit = 'yes' | 'maybe' | 'no';

/** The values of an attribute. `written`: where its expression is. */
type ValuesAt = (path: AttributePath, wanted: Wanted | undefined, written?: AttributePath) => Values;

/** Arguments that restrict nothing. */
const NEUTRAL: ReadonlySet<string> = new Set(['region', 'timeouts', 'provider', 'depends_on']);

/** What a data source asks for; `hasOthers`: also for what is not understood. */
export function restrictionsOf(
  data: TerraformInstance,
  source: DataSource,
  valuesAt: ValuesAt,
): { readonly restrictions: readonly Restriction[]; readonly hasOthers: boolean } {
  const restrictions: Restriction[] = [];
  let hasOthers = false;
  for (const name of Object.keys(data.config?.expressions ?? {})) {
    if (NEUTRAL.has(name)) continue;

    const isNull = (valueAt(data.after, [name]) ?? undefined) === undefined && !isMarked(marksAt(data.unknown, [name]));
    if (isNull) continue;

    const attribute = source.arguments[name];
    if (name === 'tags') hasOthers = !addTags(data, restrictions) || hasOthers;
    else if (name !== 'filter' && attribute === undefined) hasOthers = true;
    else if (attribute !== undefined) {
      const wanted = source.ids[attribute];
      restrictions.push({ attribute, wanted, values: valuesAt([name], wanted), isPattern: false });
    }
  }
  const filters = valueAt(data.after, ['filter']);
  if (marksAt(data.unknown, ['filter']) === true) hasOthers = true;
  for (const at of Array.isArray(filters) ? filters.keys() : []) {
    const found = filterAt(data, source, at, valuesAt);
    if (found === undefined) hasOthers = true;
    else restrictions.push(found);
  }
  return { restrictions, hasOthers };
}

/** Tags that a resource has: all of them. */
function addTags(data: TerraformInstance, restrictions: Restriction[]): boolean {
  const tags = valueAt(data.after, ['tags']);
  if (isMarked(marksAt(data.unknown, ['tags'])) || typeof tags !== 'object' || tags === null) return false;

  for (const [name, value] of Object.entries(tags))
    restrictions.push(tagged(name, { texts: [String(value)], isWhole: true }, false));
  return true;
}

function tagged(name: string, values: Values, isPattern: boolean): Restriction {
  return { attribute: `tag:${name}`, values, wanted: undefined, isPattern };
}

/** A block of filters. Undefined: it is not understood. */
function filterAt(
  data: TerraformInstance,
  { filters = {}, ids }: DataSource,
  at: number,
  valuesAt: ValuesAt,
): Restriction | undefined {
  const name = valueAt(data.after, ['filter', at, 'name']);
  if (typeof name !== 'string') return undefined;

  const isKnown = !isMarked(marksAt(data.unknown, ['filter', at, 'values']));
  const tag = /^tag:(.+)$/.exec(name)?.[1];
  const attribute = tag === undefined ? filters[name] : `tag:${tag}`;
  if (attribute === undefined) return undefined;

  const written = writtenAt(data, name);
  // The blocks are a set: which of several with one name it is, is not known.
  if (!isKnown && written === undefined) return undefined;

  const wanted = ids[attribute];
  const values = valuesAt(
    ['filter', at, 'values'],
    wanted,
    written === undefined ? undefined : ['filter', written, 'values'],
  );
  return { attribute, wanted, values: isKnown ? { ...values, isEach: true } : values, isPattern: true };
}

/** The place of a filter in the configuration, by its name. */
function writtenAt({ config }: TerraformInstance, name: string): number | undefined {
  const blocks = partAt(config?.expressions, ['filter']);
  if (!Array.isArray(blocks)) return undefined;

  const found = (blocks as readonly unknown[]).flatMap((one, at) => {
    const written = (one as { readonly name?: { readonly constant_value?: unknown } } | null)?.name;
    return written?.constant_value === name || written?.constant_value === undefined ? [at] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a value is one of those that are looked for. */
export function compare(wanted: Values, own: Values, isPattern: boolean): Fit {
  const [only, ...others] = own.texts;
  const fitting = wanted.texts.filter((text) => own.texts.some((one) => isLike(one, text, isPattern)));
  if (fitting.length === 0) return wanted.isWhole && own.isWhole ? 'no' : 'maybe';

  const isOne = wanted.isEach === true || wanted.texts.length === 1;
  return wanted.isWhole && own.isWhole && only !== undefined && others.length === 0 && isOne ? 'yes' : 'maybe';
}

/** In filters, `*` is any text and `?` any character. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html */
function isLike(text: string, wanted: string, isPattern: boolean): boolean {
  if (!isPattern || !/[*?]/.test(wanted)) return text === wanted;

  const parts = [...wanted].map((one) => (one === '*' ? '.*' : one === '?' ? '.' : one.replace(/[^\w]/, '\\$&')));
  return new RegExp(`^${parts.join('')}$`, 's').test(text);
}

export function worst(all: readonly Fit[]): Fit {
  return all.includes('no') ? 'no' : all.includes('maybe') ? 'maybe' : 'yes';
}
