import { isObject } from '../../ground/json.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import type { Items, Order } from './order.js';

/**
 * Forms of values: the expected structure of a snapshot, and of an argument of a public function. They check the
 * value in place, without a copy, and load no library. A snapshot of a large account has millions of members, and
 * a small one should be read without noticeable delay.
 */

/** A JSON Schema (draft 2020-12). */
export type JsonSchema = { readonly [key: string]: unknown };

/** The structure of one kind of value. */
export interface Form<T> {
  /** Reports to `walk` what does not match. */
  readonly check: (value: unknown, walk: Walk) => void;
  /** Whether a value certainly matches: determined without a walk, where that is possible. */
  readonly fits?: ((value: unknown) => boolean) | undefined;
  readonly schema: JsonSchema;
  /** The order of its lists, where that is fixed; see `sortSnapshot`. */
  readonly order?: Order | undefined;
  /** Of an object, or of the objects in a list: the forms of the members. Undefined where these may have any names. */
  readonly members?: Readonly<Record<string, AnyForm>> | undefined;
  /** Of a member: it is missing where there is none. Another one that is missing was not read. */
  readonly orNone?: true | undefined;
  /** Of a member: whether and where a call arrives does not depend on it. */
  readonly ignoredForPaths?: true | undefined;
  /** Never set: binds the form to exactly the type that it describes. */
  readonly of?: ((value: T) => T) | undefined;
}

/** A form of any value. */
export type AnyForm = Pick<
  Form<unknown>,
  'check' | 'fits' | 'schema' | 'order' | 'members' | 'orNone' | 'ignoredForPaths'
>;

/** The form of a member that may be missing. */
export interface OptionalForm<T> extends Form<T> {
  readonly optional: true;
}

/** A form for each member of `T`, including the optional ones: a new member of the type needs one in the form. */
export type Shape<T> = {
  readonly [Key in keyof T]-?: undefined extends T[Key] ? OptionalForm<T[Key]> : Form<T[Key]>;
};

/** The value that a form describes. */
export type ValueOf<F extends AnyForm> = F extends { readonly of?: ((value: never) => infer T) | undefined }
  ? T
  : never;

/** A member that may be missing. One of any value is always there in types, and may be missing in a file. */
export type MayBeMissing<F> = F extends OptionalForm<infer T> ? (unknown extends T ? false : true) : false;

/** The type of objects with these members: `interface Zone extends Infer<typeof zone> {}`. */
export type Infer<S extends Readonly<Record<string, AnyForm>>> = {
  readonly [Key in keyof S as MayBeMissing<S[Key]> extends true ? never : Key]: ValueOf<S[Key]>;
} & {
  readonly [Key in keyof S as MayBeMissing<S[Key]> extends true ? Key : never]?: ValueOf<S[Key]>;
};

/** The number of mistakes collected. More would not help the reader. */
const MOST_ISSUES = 6;

/** What does not match, and where. */
export interface FormIssue extends IssueDetails {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What an error for a caller says besides the message. */
export interface IssueDetails {
  /** Not `INVALID_INPUT`. */
  readonly code?: ErrorCode | undefined;
  readonly remedy?: string | undefined;
  /** What was expected, as a noun. */
  readonly expected?: string | undefined;
  /** The member that is missing. */
  readonly missing?: string | undefined;
  /** The member that is not known, and those that are. */
  readonly unknown?: { readonly key: string; readonly known: readonly string[] } | undefined;
}

/** What a check has found. */
export class Walk {
  /** The number of members of all checked objects; negative where the text needs a closer look, as `membersOf` says. */
  members = 0;
  /** What does not match, and where; at most six. */
  readonly issues: FormIssue[] = [];
  /** Whether checking can stop. */
  full = false;

  /** Reports that the current value does not match. */
  add(message: string, details?: IssueDetails): void {
    if (!this.full) this.issues.push({ path: [], message, ...details });
    this.full = this.issues.length >= MOST_ISSUES;
  }

  /** Checks a member. Its path is put together on the way back, since most members have no issue. */
  into(key: string | number, form: AnyForm, value: unknown): void {
    if (form.fits?.(value) === true) return;

    const before = this.issues.length;
    form.check(value, this);
    for (let at = before; at < this.issues.length; at += 1) this.issues[at]?.path.unshift(key);
  }
}

function mismatch(walk: Walk, expected: string, given: unknown): void {
  walk.add(`expected ${expected}, found ${valueKind(given)}`, { expected });
}

/** A value that a test accepts. */
export function value<T>(expected: string, fits: (value: unknown) => boolean, schema: JsonSchema): Form<T> {
  return {
    check: (given, walk) => {
      if (!fits(given)) mismatch(walk, expected, given);
    },
    fits,
    schema,
  };
}

/** One of a few texts. */
export function oneOf<const T extends string>(...texts: readonly T[]): Form<T> {
  const all: ReadonlySet<unknown> = new Set(texts);
  return value(`one of ${texts.join(', ')}`, (given) => all.has(given), { type: 'string', enum: texts });
}

/** May be missing. */
export function optional<T>(form: Form<T>): OptionalForm<T | undefined> {
  return { ...(form as Form<T | undefined>), optional: true };
}

/** May be missing, which means that there is none. */
export function none<T>(form: Form<T>): OptionalForm<T | undefined> {
  return { ...optional(form), orNone: true };
}

/** See {@link Form.ignoredForPaths}. */
export function ignoredForPaths<F extends AnyForm>(form: F): F {
  return { ...form, ignoredForPaths: true };
}

/** May be `null`. */
export function nullable<T>(form: Form<T>): Form<T | null> {
  return {
    check: (given, walk) => {
      if (given !== null) form.check(given, walk);
    },
    fits: (given) => given === null || form.fits?.(given) === true,
    schema: { anyOf: [form.schema, { type: 'null' }] },
  };
}

export function list<T>(item: Form<T>): Form<readonly T[]> {
  return {
    check: (given, walk) => {
      if (!Array.isArray(given)) return mismatch(walk, 'a list', given);

      for (let index = 0; index < given.length && !walk.full; index += 1) walk.into(index, item, given[index]);
    },
    schema: { type: 'array', items: item.schema },
    order: item.order,
    members: item.members,
  };
}

/** A list of exactly two. */
export function pair<T>(item: Form<T>): Form<readonly [T, T]> {
  const each = list(item);
  return {
    check: (given, walk) => {
      if (Array.isArray(given) && given.length !== 2) walk.add(`expected two members, found ${given.length}`);
      else each.check(given, walk);
    },
    schema: { type: 'array', prefixItems: [item.schema, item.schema], items: false, minItems: 2 },
    order: item.order,
    members: item.members,
  };
}

/** An object with members of any name. */
export function record<T>(member: Form<T>): Form<Readonly<Record<string, T>>> {
  return {
    check: (given, walk) => {
      if (!isObject(given)) return mismatch(walk, 'an object', given);

      for (const key in given) {
        walk.members += key === '__proto__' ? Number.NEGATIVE_INFINITY : 1;
        if (!walk.full) walk.into(key, member, given[key]);
      }
    },
    schema: { type: 'object', additionalProperties: member.schema },
  };
}

/**
 * An object with exactly the members of `T`; unknown ones are refused, including `__proto__`. Call it as
 * `strict<Link>()({ … })`: TypeScript cannot infer one type argument and accept the other.
 */
export function strict<T>(): (shape: Shape<T>) => Form<T> {
  return (shape) => {
    const entries = Object.entries(shape) as [string, AnyForm | OptionalForm<unknown>][];
    const forms = new Map(
      entries.map(([key, form]) => [
        key,
        { key, form, fits: form.fits ?? doesNot, required: 'optional' in form ? 0 : 1 },
      ]),
    );
    // Objects of one kind mostly have the same members in the same order: each is looked up once.
    const order: ReturnType<typeof forms.get>[] = [];
    const required = entries.filter(([, form]) => !('optional' in form)).map(([key]) => key);
    return {
      // A large snapshot has millions of members: most are checked without a call.
      check: (given, walk) => {
        if (!isObject(given)) return mismatch(walk, 'an object', given);

        let found = 0;
        let at = 0;
        for (const key in given) {
          let member = order[at];
          if (member === undefined || member.key !== key) member = order[at] = forms.get(key);
          at += 1;
          if (member === undefined) {
            const unknown = { key, known: [...forms.keys()] };
            walk.add(`unknown member ${JSON.stringify(key.slice(0, 80))}`, { unknown });
          } else {
            found += member.required;
            const value = given[key];
            if (member.fits(value) || (value === undefined && member.required === 0)) continue;

            walk.into(key, member.form, value);
          }
          if (walk.full) break;
        }
        walk.members += at;
        if (walk.full) return;

        if (found < required.length) {
          for (const key of required) {
            if (Object.hasOwn(given, key)) continue;

            walk.add(`the member ${key} is missing`, { missing: key, expected: expectedBy(forms.get(key)?.form) });
          }
        }
      },
      schema: {
        type: 'object',
        properties: Object.fromEntries(entries.map(([key, { schema }]) => [key, schema])),
        ...(required.length === 0 ? {} : { required }),
        additionalProperties: false,
      },
      order: orderOf(entries),
      members: shape as Readonly<Record<string, AnyForm>>,
    };
  };
}

/** The orders of the lists in an object; undefined where it has none. */
function orderOf(entries: readonly (readonly [string, AnyForm])[]): Items | undefined {
  const of = entries.flatMap(([key, { order }]) => (order === undefined ? [] : [[key, order] as const]));
  return of.length === 0 ? undefined : { by: undefined, of: Object.fromEntries(of) };
}

/** What a form expects: what it says of nothing. */
function expectedBy(form: AnyForm | undefined): string | undefined {
  const walk = new Walk();
  form?.check(undefined, walk);
  return walk.issues[0]?.expected;
}

const doesNot = (): boolean => false;

export function valueKind(given: unknown): string {
  if (given === null) return 'null';
  if (Array.isArray(given)) return 'a list';
  if (typeof given === 'object') return 'an object';

  return typeof given === 'string' ? JSON.stringify(given.slice(0, 40)) : String(given);
}
