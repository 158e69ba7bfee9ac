import { parseUncompared } from '../../decode/parse-json.js';
import { jsonError, refuseTooLong } from '../../decode/scan-json.js';

/** A value of JSON. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

/** The attributes of a resource by their names in the provider's schema. */
export type Attributes = Readonly<Record<string, Value>>;

/** Which leaves of a value are not known, or sensitive: `true` for a leaf or a whole collection. */
export type Marks = boolean | null | readonly Marks[] | { readonly [name: string]: Marks };

/** A part of an attribute: `['ingress', 0, 'security_groups']`. */
export type AttributePath = readonly (string | number)[];

/** A part of a value; undefined where it has none. */
export function valueAt(value: Value | undefined, path: AttributePath): Value | undefined {
  let at: Value | undefined = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;

    at = (at as Readonly<Record<string | number, Value>>)[part];
  }
  return at;
}

/** Whether a mark is set anywhere. */
export function isMarked(marks: Marks | undefined): boolean {
  if (typeof marks !== 'object' || marks === null) return marks === true;

  return Object.values(marks).some(isMarked);
}

/** The marks of a part of a value: those of a whole are those of each part. */
export function marksAt(marks: Marks, path: AttributePath): Marks {
  let at: Marks = marks;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return at;

    at = (at as Readonly<Record<string | number, Marks>>)[part] ?? false;
  }
  return at;
}

/** A value without its marked leaves: they are null. */
export function hidden(value: Value, marks: Marks): Value {
  if (marks === true) return null;
  if (typeof value !== 'object' || value === null || typeof marks !== 'object' || marks === null) return value;
  if (Array.isArray(value)) return value.map((one: Value, at) => hidden(one, marksAt(marks, [at])));

  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hidden(one, marksAt(marks, [name]))]));
}

/** The longest plan of a tool that is read, in UTF-16 code units: plans repeat the whole state. */
export const MAX_PLAN_LENGTH = 256 * 1024 * 1024;

/** Refuses a text before anything of it is looked at. @throws {InvalidInputError} `INPUT_TOO_LARGE` */
export function refuseLongPlan(text: string, file: string | undefined): void {
  refuseTooLong(text, MAX_PLAN_LENGTH, file);
}

/** Each module inside of another one takes three levels. */
export const MAX_PLAN_DEPTH = 256;

/** The JSON of a plan. @throws {InvalidInputError} `INVALID_INPUT`; `INPUT_TOO_LARGE`, also where values are too deep in each other */
export function parsePlan(text: string, file: string | undefined): unknown {
  const { value } = parseUncompared(text, { file, maxLength: MAX_PLAN_LENGTH, maxDepth: MAX_PLAN_DEPTH });
  if (isDeeper(value, MAX_PLAN_DEPTH))
    throw jsonError({ file }, `nested deeper than ${MAX_PLAN_DEPTH}`, {
      code: 'INPUT_TOO_LARGE',
      remedy: 'Plan with fewer modules inside of each other.',
    });

  return value;
}

function isDeeper(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false;

  return most === 0 || Object.values(value).some((one) => isDeeper(one, most - 1));
}

/**
 * One instance of a resource, before and after, in the types and attributes of the Terraform providers, whichever tool
 * declares it. Sensitive values are in none of its members.
 */
export interface Instance {
  /** What the tool's users call it: a Terraform address, a logical ID, a URN. */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  /** `aws_security_group`. */
  readonly type: string;
  readonly actions: readonly string[];
  readonly deposed: boolean;
  readonly before: Attributes | undefined;
  readonly after: Attributes | undefined;
  /** What of `after` is not known. */
  readonly unknown: Marks;
  /** What of `after` is sensitive, and was left out. */
  readonly sensitive: Marks;
  /** Why it is not known what becomes of it. */
  readonly lost?: string | undefined;
  /** What is decided during the execution alone: `is updated in place, or replaced`. */
  readonly undecided?: string | undefined;
}

/** Instances as they are before a plan, which changes none of them. */
export function withoutChanges(all: readonly Instance[]): readonly Instance[] {
  return all
    .filter(({ deposed, before }) => !deposed && before !== undefined)
    .map((one) => (one.actions[0] === 'no-op' ? one : unchanged(one)));
}

function unchanged(one: Instance): Instance {
  return { ...one, actions: ['no-op'], after: one.before, unknown: false, sensitive: false, lost: undefined };
}

/** Makes attributes of an instance known. A plan has instances of its own. */
export function learn(instance: Instance, known: Attributes): void {
  const { after, unknown } = instance;
  const left =
    typeof unknown === 'object' && unknown !== null
      ? Object.fromEntries(Object.entries(unknown).filter(([name]) => known[name] === undefined))
      : unknown;
  Object.assign(instance, { after: { ...after, ...known }, unknown: left });
}
