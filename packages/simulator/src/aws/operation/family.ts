import type { AwsCall, AnyOperation, Operation, ServiceName, ServiceError } from './operation.js';
import type { Given, TagRow } from '../state/given.js';
import { tokenPage, type TokenPage } from '../../simulation/dispatch/token-page.js';
import { words } from './words.js';
import { raise } from '../../simulation/raise.js';

/** Operations that change nothing, by their names. */
const READS = /^(?:Describe|Discover|Export|Get|List|Search|TestInvoke)/;

/** What an operation does; it is given its own name, too. The output is a promise only where a server of the user's own is called. */
type Run<I, O> = (call: AwsCall, input: I, name: string) => O | Promise<O>;

/** An operation in a family: a function, or one with limits, rates and so on. Its `kind` follows from its name. */
export type Member<I, O> =
  Run<I, O> | (Pick<Operation<I, O>, 'limits' | 'rate' | 'holds' | 'waits'> & { readonly run: Run<I, O> });

/** An operation with limits and nothing else. */
export const limited = <I, O>(limits: NonNullable<Operation['limits']>, run: Run<I, O>) => ({ limits, run });

/** What a command of the SDK takes and gives. */
type Command<I, O> = new (...given: never[]) => {
  readonly input: I;
  readonly resolveMiddleware: (...given: never[]) => (...given: never[]) => Promise<{ output: O }>;
};

/** Blobs are bytes: commands take them in more forms, and return them with methods. */
type Bytes<T> = {
  [K in keyof T]: [Extract<T[K], Uint8Array>] extends [never] ? T[K] : Uint8Array | Extract<T[K], undefined>;
};

type InputOf<C> = C extends Command<infer I, unknown> ? Bytes<I> : never;
type OutputOf<C> = C extends Command<unknown, infer O> ? Bytes<Omit<O, '$metadata'>> : never;

/** Operations by name, typed by the commands of the module `Sdk`: `CreateVpc` is what `CreateVpcCommand` sends. */
export type Family<Sdk> = {
  readonly [K in keyof Sdk as K extends `${infer Name}Command` ? Name : never]?: Member<
    InputOf<Sdk[K]>,
    OutputOf<Sdk[K]>
  >;
};

/** The same for a service whose codec refuses inputs without a required member. */
export type GivenFamily<Sdk> = {
  readonly [K in keyof Sdk as K extends `${infer Name}Command` ? Name : never]?: Member<
    Given<InputOf<Sdk[K]>>,
    OutputOf<Sdk[K]>
  >;
};

/** The input of the command `<N>Command` of the module `Sdk`, as an operation gets it. */
export type GivenInput<Sdk, N extends string> = `${N}Command` extends keyof Sdk
  ? Given<InputOf<Sdk[`${N}Command`]>>
  : never;

/** The output of the command `<N>Command` of the module `Sdk`. */
export type GivenOutput<Sdk, N extends string> = `${N}Command` extends keyof Sdk ? OutputOf<Sdk[`${N}Command`]> : never;

interface Common extends Pick<Operation, 'service'> {
  readonly permission?: (name: string) => string;
  /** Runs before each operation, and may refuse its input. */
  readonly before?: (input: object) => void;
  /** The members of inputs that name a gateway. A write holds the first that it has. */
  readonly gateways?: readonly string[];
  /** The limits of an update that has none of its own. */
  readonly updates?: Operation['limits'];
}

/** Defines operations of a service. Its module types the members: {@link Family}. */
export function familyOf({ service, permission, before, gateways, updates }: Common) {
  const held = (input: Readonly<Record<string, string | undefined>>) =>
    gateways?.map((member) => input[member]).find((name) => name !== undefined);
  return (members: Readonly<Record<string, Member<never, unknown>>>): readonly AnyOperation[] =>
    Object.entries(members).map(([name, member]): AnyOperation => {
      const { run, ...rest } = typeof member === 'function' ? { run: member } : member;
      const kind = READS.test(name) ? 'read' : 'write';
      return {
        ...(gateways && kind === 'write' && { holds: held }),
        ...(updates && name.startsWith('Update') && { limits: updates }),
        ...rest,
        service,
        name,
        kind,
        ...(permission && { permission: permission(name) }),
        run: (call, input) => {
          before?.(input);
          return run(call, input, name);
        },
      };
    });
}

/** The page parameters of a request. */
export interface PageRequest {
  /** `MaxResults`, `PageSize`, `Limit`, …; API Gateway's is a string. */
  readonly size?: number | string | undefined;
  /** `NextToken` or `Marker`, as an earlier answer gave it. */
  readonly token?: string | undefined;
}

/** How one list operation pages. */
export interface PageRules<T> {
  readonly service: ServiceName;
  /** Which list: the operation's name, and whatever else must be the same on every page (the API's id, the parent's ARN). */
  readonly list: string;
  /** Items on a page when the caller names no size, by default `largest`; `Infinity` where the service then answers everything. */
  readonly defaultSize?: number;
  /** The largest size that a caller may ask for. A larger one is refused, unless `clamp` is set. */
  readonly largest: number;
  /** The smallest, by default 1 (most of EC2: 5). */
  readonly smallest?: number;
  /** A size that is too large is cut to `largest` instead of being refused. */
  readonly clamp?: true;
  /**
   * An item's ID: with it, a page continues after the last item of the previous page, even if items were
   * added or deleted since.
   */
  readonly key?: (item: T) => string;
}

/** A page, and the token of the next one, if there is one. */
export type Page<T> = TokenPage<T>;

/**
 * Returns one page of a list. Tokens are opaque and belong to their list. A token of another list, or one
 * that the service did not issue, is refused in the service's words. A size out of bounds is refused as
 * well.
 * @throws {ServiceError} what the service answers to a bad size or token
 */
export function page<T>(items: readonly T[], request: PageRequest, rules: PageRules<T>): Page<T> {
  return tokenPage(items, {
    scope: `${rules.service}\n${rules.list}`,
    size: pageSize(request.size, rules),
    token: request.token,
    key: rules.key,
    refuse: (token) => words(rules.service).pageToken(token),
  });
}

function pageSize<T>(asked: number | string | undefined, rules: PageRules<T>): number {
  if (asked === undefined) return rules.defaultSize ?? rules.largest;

  const smallest = rules.smallest ?? 1;
  const size = typeof asked === 'number' ? asked : /^\d{1,9}$/.test(asked) ? Number(asked) : Number.NaN;
  if (rules.clamp && size > rules.largest) return rules.largest;
  if (!Number.isInteger(size) || size < smallest || size > rules.largest)
    throw words(rules.service).pageSize(asked, smallest, rules.largest);

  return size;
}

/** Rows that are created, listed, changed, tagged and deleted, and have no other effect. */
interface Kind<R> {
  readonly rows: (call: AwsCall) => Map<string, R>;
  /** What distinguishes rows; by default the text itself. */
  readonly key?: (name: string) => string;
  readonly missing: (name: string) => ServiceError;
  readonly exists: (name: string) => ServiceError;
}

/** Access to the rows of a kind, with the service's refusals. */
export function collection<R>({ rows, key = (name) => name, missing, exists }: Kind<R>) {
  /** @throws {ServiceError} `missing` */
  const get = (call: AwsCall, name: string): R => {
    return rows(call).get(key(name)) ?? raise(missing(name));
  };
  return {
    get,
    all: (call: AwsCall): R[] => [...rows(call).values()],
    find: (call: AwsCall, name: string): R | undefined => rows(call).get(key(name)),
    /** @throws {ServiceError} `exists` */
    refuseSecond(call: AwsCall, name: string): void {
      if (rows(call).has(key(name))) throw exists(name);
    },
    /** @throws {ServiceError} `exists` */
    add(call: AwsCall, name: string, row: R): R {
      if (rows(call).has(key(name))) throw exists(name);

      rows(call).set(key(name), row);
      return row;
    },
    /** Deletes a row and returns it. `check` may refuse it. @throws {ServiceError} `missing` */
    remove(call: AwsCall, name: string, check?: (row: R) => void): R {
      const row = get(call, name);
      check?.(row);
      rows(call).delete(key(name));
      return row;
    },
  };
}

/** A page of a list whose input and output have `Marker`, `MaxItems` and `IsTruncated`. */
export function markedPage<T>(
  items: readonly T[],
  input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
  rules: Pick<PageRules<T>, 'service' | 'list' | 'key'>,
) {
  const found = page(
    items,
    { size: input.MaxItems, token: input.Marker },
    { ...rules, defaultSize: 100, largest: 1000 },
  );
  return { items: found.items, IsTruncated: found.next !== undefined, Marker: found.next };
}

interface WireTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export const tagsOf = (tags: readonly WireTag[] = []): TagRow =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

/** Tags as most services show them. */
export const tagList = (tags: TagRow) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Tags without some keys. */
export const withoutTags = (tags: TagRow, keys: readonly string[] = []): TagRow =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));

/** What a service answers to tags that it refuses. */
interface TagRefusals {
  /** Where a key that occurs twice is refused. */
  readonly twice?: (key: string) => ServiceError;
  readonly reserved: (key: string) => ServiceError;
  readonly tooMany: (most: number) => ServiceError;
}

/** Of one resource: the pages of these services have the same number. */
const MOST_TAGS = 50;

/** Tags after some were added. @throws {ServiceError} those of `refusals` */
export function mergedTags(
  before: TagRow,
  tags: readonly WireTag[],
  { twice, reserved, tooMany }: TagRefusals,
): TagRow {
  const keys = new Set<string>();
  for (const { Key = '' } of tags) {
    if (twice && keys.has(Key)) throw twice(Key);

    keys.add(Key);
    if (/^aws:/i.test(Key)) throw reserved(Key);
  }
  const all = { ...before, ...tagsOf(tags) };
  if (Object.keys(all).length > MOST_TAGS) throw tooMany(MOST_TAGS);

  return all;
}
