import { raise } from '../../../../simulation/raise.js';
import type { AlibabaCall, AnyAlibabaOperation } from '../../../operation/operation.js';
import { PAGE, action, familyOf, required, text, page, type NumberedPageRequest } from '../../../operation/family.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { readIds } from '../app/authorizations.js';
import { getApi, getGroup, getStage } from '../request/find.js';
import { say, written } from '../request/parameters.js';
import type { ApiPolicyKind, ApiPolicyRow } from './state.js';

type RowOf<K extends ApiPolicyKind> = Extract<ApiPolicyRow, { readonly kind: K }>;

export function policiesOf<K extends ApiPolicyKind>({ cloudApi }: AlibabaRegionState, kind: K): readonly RowOf<K>[] {
  return [...cloudApi.apiPolicies.values()].filter((row): row is RowOf<K> => row.kind === kind);
}

/** @throws {AlibabaError} `NotFoundTrafficControl`, … */
export function getPolicy<K extends ApiPolicyKind>(state: AlibabaRegionState, kind: K, id: string): RowOf<K> {
  return policiesOf(state, kind).find((one) => one.id === id) ?? raise(say.notFound(kind));
}

/** Keeps a new policy, under an ID of its own. @throws {AlibabaError} `DuplicateTrafficControlName`, … */
export function addPolicy<K extends ApiPolicyKind>(
  { state, now, id: newId }: AlibabaCall,
  kind: K,
  given: Omit<RowOf<K>, 'kind' | 'id' | 'bindings' | 'createdAt' | 'modifiedAt'> & { readonly name: string },
): string {
  if (policiesOf(state, kind).some(({ name }) => name === given.name)) throw say.duplicate(`${kind}Name`);

  const id = newId('', 32, 'hex');
  const row = { ...given, kind, id, bindings: [], createdAt: now, modifiedAt: now };
  state.cloudApi.apiPolicies.set(id, row as unknown as RowOf<K>);
  return id;
}

/** Deletes a policy that is bound to no API. @throws {AlibabaError} `DependencyViolationTrafficControl`, … */
function deletePolicy(state: AlibabaRegionState, kind: ApiPolicyKind, id: string): void {
  if (bindingsOf(state, getPolicy(state, kind, id)).length > 0) throw say.inUse(kind, 'Api');

  state.cloudApi.apiPolicies.delete(id);
}

/** Those of APIs that still exist. */
const bindingsOf = ({ cloudApi }: AlibabaRegionState, { bindings }: ApiPolicyRow) =>
  bindings.filter(({ apiId }) => cloudApi.apis.has(apiId));

const BINDING = { GroupId: required(text), ApiIds: required(text), StageName: required(text) };

interface BindingInput {
  readonly GroupId: string;
  readonly ApiIds: string;
  readonly StageName: string;
}

function apisOf(state: AlibabaRegionState, { GroupId, ApiIds, StageName }: BindingInput): readonly string[] {
  getStage(getGroup(state, GroupId), StageName);
  return readIds('ApiIds', ApiIds, /^\w+$/).map((id) => getApi(state, id, GroupId).id);
}

/** Binds a policy to APIs on a stage. An API has one of a kind on a stage: the new one replaces another [I]. */
function bind({ state, now }: AlibabaCall, kind: ApiPolicyKind, id: string, input: BindingInput): void {
  const { id: own } = getPolicy(state, kind, id);
  const { GroupId: groupId, StageName: stageName } = input;
  const apiIds = apisOf(state, input);
  for (const row of policiesOf(state, kind)) unbindFrom(state, row, apiIds, stageName);
  const added = apiIds.map((apiId) => ({ groupId, apiId, stageName, boundAt: now }));
  const row = getPolicy(state, kind, own);
  state.cloudApi.apiPolicies.set(own, { ...row, bindings: [...row.bindings, ...added] });
}

/** Those that are not bound are ignored [I]. */
function unbind({ state }: AlibabaCall, kind: ApiPolicyKind, id: string, input: BindingInput): void {
  unbindFrom(state, getPolicy(state, kind, id), apisOf(state, input), input.StageName);
}

function unbindFrom(state: AlibabaRegionState, row: ApiPolicyRow, apiIds: readonly string[], stage: string): void {
  const bindings = row.bindings.filter((one) => one.stageName !== stage || !apiIds.includes(one.apiId));
  if (bindings.length < row.bindings.length) state.cloudApi.apiPolicies.set(row.id, { ...row, bindings });
}

const BOUND = { GroupId: required(text), StageName: required(text), ApiIds: text, ...PAGE };

/** The policies of a kind that are bound in a group on a stage: a row for each API, with the policy. */
function boundIn<K extends ApiPolicyKind>(
  state: AlibabaRegionState,
  kind: K,
  input: NumberedPageRequest & { readonly GroupId: string; readonly StageName: string; readonly ApiIds?: string },
) {
  const { GroupId, StageName, ApiIds = '' } = input;
  getStage(getGroup(state, GroupId), StageName);
  const only = ApiIds === '' ? undefined : readIds('ApiIds', ApiIds, /^\w+$/);
  const rows = policiesOf(state, kind).flatMap((policy) =>
    bindingsOf(state, policy)
      .filter(({ groupId, stageName }) => groupId === GroupId && stageName === StageName)
      .filter(({ apiId }) => only?.includes(apiId) !== false)
      .map(({ apiId, boundAt }) => ({
        policy,
        view: { ApiId: apiId, ApiName: state.cloudApi.apis.get(apiId)?.draft.name ?? '', BoundTime: written(boundAt) },
      })),
  );
  return page(rows, input, { largest: 100 });
}

/**
 * What each kind of policy has, such as `DeleteIpControl`, `SetIpControlApis`, `RemoveIpControlApis` and
 * `DescribeApiIpControls`: a policy that is bound to no API is deleted; others are bound, unbound and listed, a row for each
 * API of a group on a stage.
 */
export function boundActions(kind: ApiPolicyKind): readonly AnyAlibabaOperation[] {
  const [Id, Name] = [`${kind}Id`, `${kind}Name`];
  const named = { [Id]: required(text) };
  type Named = Readonly<Record<string, string>>;
  return familyOf('CloudAPI')({
    [`Delete${kind}`]: action(named, ({ state }, input: Named) => {
      deletePolicy(state, kind, input[Id] ?? '');
      return {};
    }),
    [`Set${kind}Apis`]: action({ ...named, ...BINDING }, (call, input: BindingInput & Named) => {
      bind(call, kind, input[Id] ?? '', input);
      return {};
    }),
    [`Remove${kind}Apis`]: action({ ...named, ...BINDING }, (call, input: BindingInput & Named) => {
      unbind(call, kind, input[Id] ?? '', input);
      return {};
    }),
    [`DescribeApi${kind}s`]: {
      parameters: BOUND,
      run({ state }, input: BindingInput) {
        const { items, numbers } = boundIn(state, kind, input);
        const rows = items.map(({ view, policy }) => ({ ...view, [Id]: policy.id, [Name]: policy.name }));
        return { ...numbers, [`Api${kind}s`]: { [`Api${kind}Item`]: rows } };
      },
    },
  });
}
