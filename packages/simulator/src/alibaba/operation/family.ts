import {
  type AlibabaCall,
  type AlibabaOperation,
  type AnyAlibabaOperation,
  type Wire,
  type Parameter,
  AlibabaError,
  type ProductName,
} from './operation.js';
import { tokenPage } from '../../simulation/dispatch/token-page.js';

/** The page parameters of a request, decoded. */
export interface NumberedPageRequest {
  readonly PageNumber?: number | undefined;
  readonly PageSize?: number | undefined;
}

/** Bounds of one list. */
interface NumberedPageRules {
  /** Ten by default: nearly every list answers ten items to a caller that gives no size. */
  readonly defaultSize?: number;
  /** The largest size that a caller may ask for: 100 by default, as for most of CloudAPI; 50 for API groups, and in VPC. */
  readonly largest?: number;
}

/** One page of a numbered list. The three numbers are the answer's own members: `{ ...numbers, Things: { Thing: items } }`. */
interface NumberedPage<T> {
  readonly items: T[];
  readonly numbers: { readonly TotalCount: number; readonly PageNumber: number; readonly PageSize: number };
}

/**
 * Cuts page `PageNumber` (from 1) out of a list. Beyond the end it is empty.
 * @throws {AlibabaError} `InvalidPageNumber`, `InvalidPageSize` when out of bounds
 */
export function page<T>(
  items: readonly T[],
  { PageNumber = 1, PageSize }: NumberedPageRequest,
  { defaultSize = 10, largest = 100 }: NumberedPageRules,
): NumberedPage<T> {
  const size = PageSize ?? defaultSize;
  if (!Number.isInteger(PageNumber) || PageNumber < 1) throw invalid('PageNumber');
  if (!Number.isInteger(size) || size < 1 || size > largest) throw invalid('PageSize');

  const start = (PageNumber - 1) * size;
  return { items: items.slice(start, start + size), numbers: { TotalCount: items.length, PageNumber, PageSize: size } };
}

/** The page parameters of a request for a list with tokens, decoded. VPC spells the first `MaxResult`. */
export interface TokenPageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** How one list with tokens pages. */
export interface TokenPageRules<T> {
  readonly operation: Pick<AnyAlibabaOperation, 'product' | 'name'>;
  /** What else must be the same on every page: the parent's id. */
  readonly list?: string;
  readonly defaultSize: number;
  readonly smallest?: number;
  readonly largest: number;
  /** An item's ID: with it, a page continues after the last item of the previous page. */
  readonly key?: (item: T) => string;
}

/**
 * Cuts a page out of a list that pages by tokens. The last page's token is the empty string, as ECS answers it.
 * @throws {AlibabaError} `InvalidMaxResults`, `InvalidNextToken`
 */
export function pageByToken<T>(
  items: readonly T[],
  { MaxResults, NextToken }: TokenPageRequest,
  { operation, list = '', defaultSize, smallest = 1, largest, key }: TokenPageRules<T>,
): { readonly items: T[]; readonly NextToken: string } {
  const size = MaxResults ?? defaultSize;
  if (!Number.isInteger(size) || size < smallest || size > largest) throw invalid('MaxResults');

  const { items: cut, next = '' } = tokenPage(items, {
    scope: `${operation.product}\n${operation.name}\n${list}`,
    size,
    token: NextToken === '' ? undefined : NextToken,
    key,
    refuse: () => invalid('NextToken'),
  });
  return { items: cut, NextToken: next };
}

const invalid = (name: string) => new AlibabaError(`Invalid${name}`, `Specified parameter ${name} is not valid.`);

/** Actions that change nothing, by their names. */
const READS = /^(?:Describe|Get|List|Validate|Query)/;

/** An action in a family. Its `kind` follows from its name. */
export interface Member<I, O, P extends ParameterTable = ParameterTable> extends Pick<
  AlibabaOperation<I, O>,
  'run' | 'waits' | 'perSecond' | 'isBare' | 'ramAction'
> {
  readonly parameters: P;
}

/** The wire form of an official model. */
type Model<Sdk, K extends string> = K extends keyof Sdk
  ? Sdk[K] extends new (...given: never[]) => infer M
    ? Wire<M>
    : never
  : never;

/**
 * The parameters of a request on the wire, those that must be there always. Some models have page numbers as texts; on the
 * wire all are.
 */
type Input<R, P> = {
  readonly [K in keyof R as K extends keyof P ? K : never]: K extends 'PageNumber' | 'PageSize' ? number : R[K];
} & {
  readonly [K in keyof R & RequiredNames<P>]-?: NonNullable<R[K]>;
};

/** An action with parameters and nothing else. */
export const action = <const P extends ParameterTable, O>(
  parameters: P,
  run: (call: AlibabaCall, input: InputOf<P>) => O,
) => ({ parameters, run });

/** Parameters that the official model does not have: a table may name none. */
type Unknown<K extends PropertyKey> = { readonly [Name in K as string extends Name ? never : Name]: never };

/** Actions by name, typed by the official models of the module `Sdk`: `CreateVpc` by `CreateVpcRequest` and `CreateVpcResponseBody`. */
export type Family<Sdk, P extends Readonly<Record<string, ParameterTable>>> = {
  readonly [N in keyof P & string]: Member<
    Input<Model<Sdk, `${N}Request`>, P[N]>,
    Model<Sdk, `${N}ResponseBody`>,
    P[N]
  > & { readonly parameters: Unknown<Exclude<keyof P[N], keyof Model<Sdk, `${N}Request`>>> };
};

/** Actions of a product without official models on npm: each is typed by its own table of parameters. */
export type OwnFamily = <const P extends Readonly<Record<string, ParameterTable>>>(members: {
  readonly [N in keyof P]: Member<InputOf<P[N]>, unknown, P[N]>;
}) => readonly AnyAlibabaOperation[];

type Run = (call: AlibabaCall, input: never) => unknown;

type Around = (run: Run, name: string) => Run;

/** Defines actions of a product. `around` adds what they have in common, such as dry runs. */
export function familyOf(product: ProductName, around: Around = (run) => run) {
  return (members: Readonly<Record<string, Member<never, unknown>>>): readonly AnyAlibabaOperation[] =>
    Object.entries(members).map(([name, member]) => ({
      ...member,
      product,
      name,
      kind: READS.test(name) ? 'read' : 'write',
      run: around(member.run, name),
    }));
}

/** The same for a product without official models on npm. */
export function ownFamilyOf(product: ProductName, around?: Around): OwnFamily {
  return familyOf(product, around);
}

/** Parameters of one action, by their names on the wire. */
export type ParameterTable = Readonly<Record<string, Parameter>>;

// What tables of parameters are written with. Each has its own type, so that the input of an action follows from its table.

export const text = { type: 'string' } as const;
export const whole = { type: 'integer' } as const;
export const flag = { type: 'boolean' } as const;
/** Any JSON, which is kept as it is. */
export const anything = { type: 'json' } as const;
export const texts = { type: 'list', items: text } as const;

/** The same parameter, which must be there. */
export function required<const P extends Parameter>(parameter: P): P & { readonly required: true } {
  return { ...parameter, required: true };
}

export const neededText = required(text);

/** One of a few words. */
export function oneOf<const V extends readonly string[]>(...values: V) {
  return { type: 'string', values } as const;
}

/** A structure: `SystemDisk.Category`. */
export function structure<const M extends ParameterTable>(members: M) {
  return { type: 'structure', members } as const;
}

/** A list of structures, such as `Entry.1.Cidr`: of as many as a call has, or of `most`. */
export function listOf<const M extends ParameterTable>(members: M, most?: number) {
  const length = most === undefined ? {} : ({ length: [0, most] } as const);
  return { type: 'list', items: structure(members), ...length } as const;
}

export type ValueOf<P extends Parameter> = P extends { readonly values: readonly (infer V)[] }
  ? V
  : {
      readonly string: string;
      readonly integer: number;
      readonly boolean: boolean;
      readonly json: unknown;
      readonly list: P extends { readonly items: infer I extends Parameter }
        ? readonly ValueOf<I>[]
        : readonly unknown[];
      readonly structure: P extends { readonly members: infer M extends ParameterTable } ? InputOf<M> : object;
    }[P['type']];

/** Names of the parameters that must be there. */
type RequiredNames<T> = { [K in keyof T]: T[K] extends { readonly required: true } ? K : never }[keyof T];

/** What an action with these parameters gets: what is required is there, and nothing else has a name. */
export type InputOf<T extends ParameterTable> = { readonly [K in RequiredNames<T>]: ValueOf<T[K]> } & {
  readonly [K in Exclude<keyof T, RequiredNames<T>>]?: ValueOf<T[K]>;
};

/** The parameters of lists with page numbers. */
export const PAGE = { PageNumber: whole, PageSize: whole };

/** Whether a filter lets a value through: one that is not given, or empty, lets everything. */
export function admits(asked: string | undefined, value: unknown): boolean {
  return asked === undefined || asked === '' || asked === value;
}

/** An action that lists by page numbers. */
interface NumberedList<
  V,
  S extends string,
  T extends string,
  X extends ParameterTable,
  O,
  I,
> extends NumberedPageRules {
  /** What `rows` and `same` need beside texts. */
  readonly parameters?: X;
  /** The rows as the answer shows them. */
  readonly rows: (call: AlibabaCall, input: InputOf<X>) => readonly V[];
  /** Texts that select those that show the same under that name. */
  readonly same?: readonly S[];
  /** Texts that select those that show a text with this one in it. */
  readonly part?: readonly T[];
  /** Where the answer has them: `Plugins.PluginAttribute`. */
  readonly as: readonly [outer: O, inner: I];
}

/** The parameters of such an action. */
type Parameters<N extends string, X> = { readonly [K in Exclude<N, keyof X>]: typeof text } & X & typeof PAGE;

export function numberedList<
  const X extends ParameterTable,
  V extends { readonly [K in S | T]?: unknown },
  const O extends string,
  const I extends string,
  const S extends string = never,
  const T extends string = never,
>({ parameters, rows, same = [], part = [], as: [outer, inner], ...rules }: NumberedList<V, S, T, X, O, I>) {
  type P = Parameters<S | T, X>;
  const texts = Object.fromEntries([...same, ...part].map((name) => [name, text]));
  return {
    parameters: { ...texts, ...parameters, ...PAGE } as unknown as P,
    run(call: AlibabaCall, input: object) {
      const asked = input as InputOf<X> & NumberedPageRequest & Readonly<Partial<Record<S | T, string>>>;
      const fitting = rows(call, asked).filter(
        (row) =>
          same.every((name) => admits(asked[name], row[name])) &&
          part.every((name) => String(row[name] ?? '').includes(asked[name] ?? '')),
      );
      const { items, numbers } = page(fitting, asked, rules);
      return { ...numbers, [outer]: { [inner]: items } } as unknown as NumberedPage<V>['numbers'] & {
        [K in O]: { [L in I]: V[] };
      };
    },
  };
}
