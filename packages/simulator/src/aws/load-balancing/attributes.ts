import { raise } from '../../simulation/raise.js';
import { ofList, type ServiceError } from '../operation/operation.js';
import { invalid } from './request.js';
import { ownValue } from '../../simulation/own-value.js';

/** What an attribute's value may be. All values are text on the wire. */
export type AttributeValue =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'text'; readonly pattern?: RegExp }
  | { readonly kind: 'one of'; readonly values: readonly string[] }
  | { readonly kind: 'number'; readonly range: readonly [number, number]; readonly also?: readonly string[] };

/** One attribute of a kind of resource. */
export interface AttributeDefinition<Fields> {
  /** The value that a new resource has; undefined where this one has no such attribute. */
  readonly initial: (fields: Fields) => string | undefined;
  readonly value: AttributeValue;
}

/** All attributes of a kind of resource, by key, in the order in which they are described. */
export type AttributeTable<Fields> = Readonly<Record<string, AttributeDefinition<Fields>>>;

/** A resource that has attributes. */
interface Owner<Fields> {
  readonly fields: Fields;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Attribute {
  Key?: string | undefined;
  Value?: string | undefined;
}

/** What differs between load balancers, listeners and target groups. */
interface AttributeWords<Fields> {
  /** `Load balancer`, `Listener`, `Target group` */
  readonly kind: string;
  readonly unsupported: (key: string, fields: Fields) => ServiceError;
}

export const BOOLEAN: AttributeValue = { kind: 'boolean' };
export const TEXT: AttributeValue = { kind: 'text' };
export const oneOf = (...values: string[]): AttributeValue => ({ kind: 'one of', values });
export const between = (from: number, to: number, ...also: string[]): AttributeValue => ({
  kind: 'number',
  range: [from, to],
  also,
});

/** A resource's attributes with their values: what was set, else the default. */
export function attributesOf<Fields>(table: AttributeTable<Fields>, owner: Owner<Fields>): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [key, { initial }] of Object.entries(table)) {
    const start = initial(owner.fields);
    if (start !== undefined) all[key] = owner.attributes[key] ?? start;
  }
  return all;
}

/** One of them. */
export function attributeOf<Fields>(
  table: AttributeTable<Fields>,
  owner: Owner<Fields>,
  key: string,
): string | undefined {
  const start = table[key]?.initial(owner.fields);
  return start === undefined ? undefined : (owner.attributes[key] ?? start);
}

/** As the service lists them. */
export function attributeList(attributes: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
}

/**
 * The attributes after a change, each checked separately. Rules between attributes are checked by the
 * caller.
 * @throws {ServiceError} `ValidationError` for an unknown key or a bad value; the error in `words` for a key
 * of another type.
 */
export function changedAttributes<Fields>(
  table: AttributeTable<Fields>,
  owner: Owner<Fields>,
  changes: readonly Attribute[],
  words: AttributeWords<Fields>,
): Record<string, string> {
  const all = attributesOf(table, owner);
  const seen = new Set<string>();
  for (const { Key: key = '', Value: value = '' } of changes) {
    if (seen.has(key)) throw invalid(`Attribute key '${key}' has been specified more than once`);

    seen.add(key);
    const definition =
      ownValue(table, key) ?? raise(ofList(invalid(`${words.kind} attribute key '${key}' is not recognized`)));

    if (definition.initial(owner.fields) === undefined) throw words.unsupported(key, owner.fields);

    checkValue(key, value, definition.value);
    all[key] = value;
  }
  return all;
}

function checkValue(key: string, value: string, rule: AttributeValue): void {
  switch (rule.kind) {
    case 'boolean':
      if (value !== 'true' && value !== 'false') {
        throw invalid(`The value of '${key}' must be 'true' or 'false', but was '${value}'`);
      }

      return;
    case 'one of':
      if (!rule.values.includes(value)) throw invalid(`'${value}' must be one of [${rule.values.join(', ')}]`);

      return;
    case 'number': {
      if (rule.also?.includes(value)) return;

      const [from, to] = rule.range;
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (!(number >= from && number <= to)) {
        throw invalid(`'${key}' value '${value}' must be between '${from}-${to}' inclusive`);
      }

      return;
    }
    case 'text':
      if (rule.pattern && !rule.pattern.test(value)) throw invalid(`The value '${value}' of '${key}' is not valid`);
  }
}
