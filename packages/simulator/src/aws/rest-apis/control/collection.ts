import { raise, rowBy } from '../../../simulation/raise.js';
import type * as sdk from '@aws-sdk/client-api-gateway';
import {
  type AwsCall,
  type AnyOperation,
  type MemberLimit,
  type Operation,
  ServiceError,
} from '../../operation/operation.js';
import {
  type GivenFamily,
  type GivenInput,
  type GivenOutput,
  type Member,
  familyOf,
  page,
} from '../../operation/family.js';
import { patched, type PatchTable, PATCH_LIMITS } from './patch.js';
import { WORDS } from './words.js';
import type { RestApiRow, RestApiState, ResourceRow } from './state.js';

type Sdk = typeof sdk;
type Text = Readonly<Record<string, string>>;
type Input<N extends string> = GivenInput<Sdk, N>;

/** What has a collection, and the member of its inputs that names it. */
interface Owner<O> {
  /** The member; the account has none. */
  readonly member?: string;
  /** The owner, or the refusal of an unknown one. */
  readonly find: (call: AwsCall, input: Text) => O | ServiceError;
}

export const API: Owner<RestApiRow> = {
  member: 'restApiId',
  find: ({ state, account }, { restApiId = '' }) =>
    state.restApi.apis.get(restApiId) ?? WORDS.apiNotFound(account, restApiId),
};

/** The account, in a region. */
export const REGION: Owner<RestApiState> = { find: ({ state }) => state.restApi };

/** The names of the collections of an owner, and their rows. */
type Tables<O> = { [K in keyof O]-?: NonNullable<O[K]> extends Map<string, object> ? K : never }[keyof O];
type RowOf<O, K extends keyof O> = NonNullable<O[K]> extends Map<string, infer R> ? R & object : never;
/** What patch operations change of a row. */
type Patched<R> = R extends { readonly fields: infer F } ? F : R;
type Verb = 'Create' | 'Update' | 'Get' | 'List';

/**
 * Resources that are created, listed, read, changed and deleted by five operations: `CreateModel`, `GetModels`,
 * `GetModel`, `UpdateModel`, `DeleteModel`. Their types are those of the SDK's commands.
 */
export interface Collection<N extends string, O, K extends Tables<O>> {
  readonly name: N;
  readonly of: Owner<O>;
  readonly rows: K;
  /** The member of inputs that names a row, and the name of a row. */
  readonly key: readonly [member: keyof Input<`Get${N}`> & string, of: (row: RowOf<O, K>) => string];
  /** The refusal of an unknown name. */
  readonly unknown: (name: string) => Error;
  /** The operations on one row refuse an unknown owner with `unknown`, too. */
  readonly hidesOwner?: true;
  /** The refusal of an unknown owner by the first operation. */
  readonly absentForNew?: () => Error;
  readonly limits?: Readonly<Record<string, MemberLimit>>;
  readonly rates?: Readonly<Partial<Record<'Create' | 'Update' | 'Delete', Exclude<Operation['rate'], undefined>>>>;
  /** A new row. Without it, there is no `CreateModel`. */
  readonly create?: (call: AwsCall, owner: O, input: Omit<Input<`Create${N}`>, 'restApiId'>) => RowOf<O, K>;
  /** What patch operations change. @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
  readonly patch: PatchTable<Patched<RowOf<O, K>>>;
  /** Refuses a row, new or changed, or completes it. @throws {ServiceError} */
  readonly checked?: (call: AwsCall, owner: O, row: RowOf<O, K>, before: RowOf<O, K> | undefined) => RowOf<O, K>;
  /** Refuses to delete a row. @throws {ServiceError} */
  readonly unused?: (owner: O, row: RowOf<O, K>, call: AwsCall) => void;
  /** What goes with a row that is deleted. */
  readonly deleted?: (owner: O, row: RowOf<O, K>) => void;
  /** A row as an operation answers it; by default, as it is stored, or its fields. */
  readonly show?: (
    row: RowOf<O, K>,
    verb: Verb,
    input: Input<`Get${N}`> & Input<`Get${N}s`>,
  ) => GivenOutput<Sdk, `Get${N}`>;
  /** The rows of a list, in its order; by default, all. */
  readonly listed?: (rows: readonly RowOf<O, K>[], input: Input<`Get${N}s`>) => readonly RowOf<O, K>[];
  /** The list of a page: what is the same on each of its pages. */
  readonly pages?: (input: Input<`Get${N}s`>) => string;
  /** A negative `limit` of a list counts as none. */
  readonly anyLimit?: true;
  /** Operations in place of those of the collection, and others. */
  readonly own?: GivenFamily<Sdk>;
}

/** The five operations of a collection. */
export function collection<const N extends string, O extends object, const K extends Tables<O>>(
  given: Collection<N, O, K>,
): readonly AnyOperation[] {
  type Row = RowOf<O, K>;
  const { name, of, limits, rates = {} } = given;
  const [member, keyOf] = given.key;
  const rate = (verb: keyof typeof rates) => rates[verb] && { rate: rates[verb] };
  const fieldsOf = (row: Row) => ('fields' in row ? row.fields : row) as Patched<Row>;
  const show = (row: Row, verb: Verb, input: unknown): object =>
    given.show?.(row, verb, input as never) ?? (fieldsOf(row) as object);
  const rowsOf = (owner: O) => owner[given.rows] as Map<string, Row> | undefined;
  const ownerOf = (call: AwsCall, input: Text, refusal?: () => Error): O => {
    const owner = of.find(call, input);
    if (owner instanceof ServiceError) throw refusal?.() ?? owner;

    return owner;
  };
  const find = (call: AwsCall, input: Text) => {
    const unknown = () => given.unknown(input[member] ?? '');
    const owner = ownerOf(call, input, given.hidesOwner && unknown);
    const row = rowsOf(owner)?.get(input[member] ?? '') ?? raise(unknown());

    return { owner, row };
  };
  const pageOf = (input: ListInput): ListInput =>
    given.anyLimit && (input.limit ?? 0) < 0 ? { ...input, limit: undefined } : input;
  const set = (call: AwsCall, owner: O, row: Row, before?: Row): Row => {
    const checked = given.checked?.(call, owner, row, before) ?? row;
    const rows = rowsOf(owner) ?? new Map<string, Row>();
    rows.set(keyOf(checked), checked);
    Object.assign(owner, { [given.rows]: rows });
    return checked;
  };
  const { create } = given;
  const members: Readonly<Record<string, Member<never, unknown>>> = {
    ...(create && {
      [`Create${name}`]: {
        ...(limits && { limits }),
        ...rate('Create'),
        run(call, input: Input<`Create${N}`> & Text) {
          const owner = ownerOf(call, input, given.absentForNew);
          const { restApiId: _, ...rest }: object & { readonly restApiId?: string } = input;
          const row = set(call, owner, create(call, owner, rest as Input<`Create${N}`>));
          return show(row, 'Create', input);
        },
      },
    }),
    [`Update${name}`]: {
      ...rate('Update'),
      run(call, input: Text & { readonly patchOperations: Parameters<typeof patched>[1] }) {
        const { owner, row } = find(call, input);
        const fields = patched(fieldsOf(row), input.patchOperations, given.patch);
        const changed = ('fields' in row ? { ...row, fields } : fields) as Row;
        return show(set(call, owner, changed, row), 'Update', input);
      },
    },
    [`Delete${name}`]: {
      ...rate('Delete'),
      run(call, input: Text) {
        const { owner, row } = find(call, input);
        given.unused?.(owner, row, call);
        rowsOf(owner)?.delete(keyOf(row));
        given.deleted?.(owner, row);
        return {};
      },
    },
    [`Get${name}`]: (call, input: Text) => show(find(call, input).row, 'Get', input),
    [`Get${name}s`]: {
      run(call, input: Input<`Get${N}s`> & Text) {
        const all = [...(rowsOf(ownerOf(call, input))?.values() ?? [])];
        const rows = given.listed?.(all, input) ?? all;
        const list =
          given.pages?.(input) ?? `Get${name}s${of.member === undefined ? '' : ` ${input[of.member] ?? ''}`}`;
        const { items, ...next } = listPage(rows, pageOf(input as ListInput), list, keyOf);
        return { items: items.map((row) => show(row, 'List', input)), ...next };
      },
    },
  };
  return family({ ...members, ...given.own });
}

/** Rows by ID or name. Each function @throws {ServiceError} NotFoundException */
export const getApi = rowBy(
  (call: AwsCall) => call.state.restApi.apis,
  (id, call) => WORDS.apiNotFound(call.account, id),
);

/**
 * The API of a call on one of its resources: an unknown API has the sentence of an unknown resource there.
 * @throws {ServiceError} NotFoundException
 */
export const getApiOfResource = rowBy((call: AwsCall) => call.state.restApi.apis, WORDS.resourceNotFound);
export const getResource = rowBy((api: RestApiRow) => api.resources, WORDS.resourceNotFound);
export const getMethod = rowBy((resource: ResourceRow) => resource.methods, WORDS.methodNotFound);
export const getDeployment = rowBy((api: RestApiRow) => api.deployments, WORDS.deploymentNotFound);
export const getStage = rowBy((api: RestApiRow) => api.stages, WORDS.stageNotFound);
export const getVpcLink = rowBy((call: AwsCall) => call.state.restApi.vpcLinks, WORDS.vpcLinkNotFound);

/**
 * IAM identifies API Gateway's operations by their HTTP methods.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
 */
const METHODS: readonly (readonly [RegExp, string])[] = [
  [/^Get/, 'GET'],
  [/^(Create|Import|TestInvoke)/, 'POST'],
  [/^(Put|TagResource)/, 'PUT'],
  [/^Update/, 'PATCH'],
  [/^(Delete|UntagResource|Flush)/, 'DELETE'],
];

/**
 * Operations of API Gateway V1 (REST APIs), with the permissions that they need.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html (each operation: `API_<name>.html`)
 */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({
  service: 'apigateway',
  permission: (name) => `apigateway:${METHODS.find(([pattern]) => pattern.test(name))?.[1] ?? 'POST'}`,
  gateways: ['domainName', 'usagePlanId', 'restApiId'],
  updates: PATCH_LIMITS,
});

/** `limit` and `position`. */
interface ListInput {
  readonly limit?: number | undefined;
  readonly position?: string | undefined;
}

/**
 * One page of a list: 25 items by default, at most 500.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html
 * @param list the operation's name, and the API's ID where there is one
 */
export function listPage<T>(
  rows: Iterable<T>,
  { limit, position }: ListInput,
  list: string,
  key: (row: T) => string,
): { items: T[]; position?: string | undefined } {
  const { items, next } = page(
    [...rows],
    { size: limit, token: position },
    { service: 'apigateway', list, defaultSize: 25, largest: 500, key },
  );
  return next === undefined ? { items } : { items, position: next };
}
