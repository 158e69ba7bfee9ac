import type { AttributePath, Marks, Value } from './values.js';

/** An attribute of another resource, which may not exist yet. */
export interface Reference {
  /** The address of the resource. */
  readonly of: string;
  /** Its attribute. Undefined: the one that is wanted where the reference stands. */
  readonly attribute: string | undefined;
}

/** Text, of which some parts are attributes of other resources: `integrations/` and an ID. */
export type OpenText = readonly (string | Reference)[];

/** A value that is not known yet: it is one of several texts, or something else for a reason. */
export class Open {
  constructor(
    readonly texts: readonly OpenText[],
    readonly reasons: readonly string[],
    readonly isSecret = false,
  ) {}
}

/** A value with parts that are not known yet. */
export type OpenValue =
  null | boolean | number | string | Open | readonly OpenValue[] | { readonly [name: string]: OpenValue | undefined };

/** The members of an object by name. */
export type OpenMembers = Readonly<Record<string, OpenValue | undefined>>;

export function isMembers(value: OpenValue | undefined): value is OpenMembers {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Open);
}

/** A value as instances have it: what is not known is null and marked. */
export interface Closed {
  readonly value: Value;
  readonly unknown: Marks;
  readonly sensitive: Marks;
}

/** Splits a value; what is not known goes to `opens`, by its {@link pathText}. */
export function closed(value: OpenValue | undefined, path: AttributePath, opens: Map<string, Open>): Closed {
  if (value instanceof Open) {
    opens.set(pathText(path), value);
    return { value: null, unknown: !value.isSecret, sensitive: value.isSecret };
  }
  if (Array.isArray(value)) {
    const parts = (value as readonly OpenValue[]).map((one, at) => closed(one, [...path, at], opens));
    return {
      value: parts.map((one) => one.value),
      unknown: parts.map((one) => one.unknown),
      sensitive: parts.map((one) => one.sensitive),
    };
  }
  if (!isMembers(value)) return { value: (value ?? null) as Value, unknown: false, sensitive: false };
  const parts = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([name, one]) => [name, closed(one, [...path, name], opens)] as const);
  const of = <K extends keyof Closed>(key: K): { [name: string]: Closed[K] } =>
    Object.fromEntries(parts.map(([name, one]) => [name, one[key]]));
  return { value: of('value'), unknown: of('unknown'), sensitive: of('sensitive') };
}

export function pathText(path: AttributePath): string {
  return path.join('/');
}
