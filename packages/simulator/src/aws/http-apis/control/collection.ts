import type * as sdk from '@aws-sdk/client-apigatewayv2';
import type { AwsCall, AnyOperation, MemberLimit } from '../../operation/operation.js';
import type { GivenInput, GivenOutput, Member } from '../../operation/family.js';
import { notFound } from '../../api-gateway/words.js';
import { family, getApi, listPage, patch, patchMap } from './request.js';
import type { ApiRow } from './state.js';

type Sdk = typeof sdk;

/** The collections of an API whose rows the five operations show as they are stored. */
export interface Rows {
  Authorizer: 'authorizers';
  Integration: 'integrations';
  IntegrationResponse: 'integrationResponses';
  Model: 'models';
  Route: 'routes';
  RouteResponse: 'routeResponses';
}

/** What one row of a collection is. */
type Row<N extends keyof Rows> = NonNullable<ApiRow[Rows[N]]> extends Map<string, infer R> ? R & object : never;

type Text = Readonly<Record<string, string>>;

/**
 * Resources of an API that are created, listed, read, changed and deleted by five operations: `CreateModel`, `GetModels`,
 * `GetModel`, `UpdateModel`, `DeleteModel`. Their types are those of the SDK's commands.
 */
export interface Collection<N extends keyof Rows> {
  readonly name: N;
  /** Never where GetModel, … could not answer a row as it is. */
  readonly rows: Row<N> extends GivenOutput<Sdk, `Get${N}`> ? Rows[N] : never;
  /** The API of a call, by default any. @throws {ServiceError} NotFoundException, BadRequestException */
  readonly api?: (call: AwsCall, id: string) => ApiRow;
  /** The resource of the API that the rows belong to: the member of inputs that names it, and what finds it. */
  readonly of?: readonly [member: keyof Row<N> & string, get: (api: ApiRow, id: string) => object];
  /** The refusal of an unknown ID. The form of the sentence is that of other resources [I]. */
  readonly unknown?: () => Error;
  readonly limits?: Readonly<Record<string, MemberLimit>>;
  /** Members that are merged by an update. An empty value removes its key. */
  readonly maps?: readonly (keyof Row<N> & string)[];
  /** A new row; by default, what was given with an ID. */
  readonly create?: (call: AwsCall, api: ApiRow, input: Omit<GivenInput<Sdk, `Create${N}`>, 'ApiId'>) => Row<N>;
  /** The row after an update; by default, members that are not given stay. */
  readonly change?: (api: ApiRow, row: Row<N>, input: Omit<GivenInput<Sdk, `Update${N}`>, 'ApiId'>) => Row<N>;
  /** Refuses a row, new or changed. @throws {ServiceError} */
  readonly check?: (api: ApiRow, row: Row<N>, call: AwsCall, before?: Row<N>) => void;
  /** Refuses to delete a row. @throws {ServiceError} */
  readonly unused?: (api: ApiRow, row: Row<N>) => void;
  /** What goes with a row that is deleted. */
  readonly deleted?: (api: ApiRow, row: Row<N>) => void;
  /** What follows a change of the collection. */
  readonly changed?: (call: AwsCall, api: ApiRow) => void;
}

/** The five operations of a collection. */
export function collection<const N extends keyof Rows>(given: Collection<N>): readonly AnyOperation[] {
  const { name, api: apiOf = getApi, of, limits, maps = [], check, changed } = given;
  const ID = `${name}Id` as keyof Row<N> & string;
  const unknown = given.unknown ?? (() => notFound(`Invalid ${name} identifier specified`));
  const idOf = (row: Row<N>): string => row[ID] as string;
  const rowsOf = (api: ApiRow) => api[given.rows] as Map<string, Row<N>> | undefined;
  const isOf = (row: Row<N>, input: Text) => of === undefined || row[of[0]] === input[of[0]];
  const show = (row: Row<N>): Row<N> => {
    const shown = { ...row };
    if (of) delete shown[of[0]];
    return shown;
  };
  const owner = (call: AwsCall, input: Text): ApiRow => {
    const api = apiOf(call, input['ApiId'] ?? '');
    of?.[1](api, input[of[0]] ?? '');
    return api;
  };
  const find = (call: AwsCall, input: Text) => {
    const api = owner(call, input);
    const row = rowsOf(api)?.get(input[ID] ?? '');
    if (row === undefined || !isOf(row, input)) throw unknown();

    return { api, row };
  };
  const set = (call: AwsCall, api: ApiRow, row: Row<N>, before?: Row<N>): Row<N> => {
    check?.(api, row, call, before);
    const rows = rowsOf(api) ?? new Map<string, Row<N>>();
    rows.set(idOf(row), row);
    Object.assign(api, { [given.rows]: rows });
    changed?.(call, api);
    return show(row);
  };
  const withId = (call: AwsCall, input: object) => ({ ...input, [ID]: call.id('', 6, 'base36') }) as Row<N>;
  const patched = (row: Row<N>, input: object): Row<N> => {
    const merged = maps.map((map) => [map, patchMap(row[map] as Text | undefined, (input as Row<N>)[map] as Text)]);
    return patch(row, { ...input, ...Object.fromEntries(merged) });
  };
  const limited = limits && { limits };
  const members: Readonly<Record<string, Member<never, unknown>>> = {
    [`Create${name}`]: {
      ...limited,
      run(call, input: GivenInput<Sdk, `Create${N}`> & Text) {
        const { ApiId: _, ...rest } = input;
        const api = owner(call, input);
        return set(call, api, given.create?.(call, api, rest) ?? withId(call, rest));
      },
    },
    [`Update${name}`]: {
      ...limited,
      run(call, input: GivenInput<Sdk, `Update${N}`> & Text) {
        const { ApiId: _, ...rest } = input;
        const { api, row } = find(call, input);
        return set(call, api, given.change?.(api, row, rest) ?? patched(row, rest), row);
      },
    },
    [`Delete${name}`]: {
      run(call, input: Text) {
        const { api, row } = find(call, input);
        given.unused?.(api, row);
        rowsOf(api)?.delete(idOf(row));
        given.deleted?.(api, row);
        changed?.(call, api);
        return {};
      },
    },
    [`Get${name}`]: (call, input: Text) => show(find(call, input).row),
    [`Get${name}s`](call, input: Text) {
      const rows = [...(rowsOf(owner(call, input))?.values() ?? [])].filter((row) => isOf(row, input));
      return listPage(rows.map(show), input, `Get${name}s ${input[of?.[0] ?? 'ApiId'] ?? ''}`, idOf);
    },
  };
  return family(members);
}
