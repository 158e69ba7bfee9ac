import type { RouteCall, CallContext, Owner, Target } from '@postern/core/internal/adapter';
import { grouped } from '@postern/core/internal/kinds';
import { eachOf } from '../../client/plain.js';
import type { Session } from '../../client/session.js';
import { accessTarget, type VpcAccess } from '../instances/vpc-access.js';
import { AS_CREATED, sentDefinition } from './api-definition.js';
import { isAsSent, keyOfDescription, isPathOf, toRouteKey } from './description.js';
import { isAsCreated, isLastWritten, type ApiSummary, type Publication } from './api-list.js';
import { getApi, toRoute, type ApiOutput } from './api.js';

/** A draft of a group with its definition. */
export interface Draft {
  readonly summary: ApiSummary;
  readonly api: ApiOutput;
  /**
   * The definition is what Postern sent, and was not read: the API was not changed since it was `created`, so that each of its
   * publications has this definition, whichever version is online; or since it was `changed` and published, so that those
   * have it that `isLastWritten` says.
   */
  readonly sent?: 'created' | 'changed' | undefined;
}

/** The group of drafts, and what their definitions name. */
export interface DraftGroup {
  readonly groupId: string;
  readonly basePath: string;
  readonly accesses: ReadonlyMap<string, VpcAccess>;
  /** What is published, by stage and ID. */
  readonly shown: ReadonlyMap<string, ReadonlyMap<string, Publication>>;
  /** Whether each definition is read, whatever the list shows. */
  readonly every: boolean;
}

type Use = RouteCall['use'];

/** So many ways to call a backend of another integration are compared with one description. */
const MOST_USES = 300;

/**
 * The definitions of drafts: those that a list of the group proves are not read. A row proves one where its times show no
 * change since Postern wrote it, and where its description has the hash of a definition that calls an authorization of
 * the region, or an address that another API of the same integration calls. All others are read, one by one.
 */
export async function readDrafts(
  session: Session,
  group: DraftGroup,
  apis: readonly ApiSummary[],
  ctx: CallContext,
): Promise<readonly Draft[]> {
  const uses = usesOfAccesses(group.accesses);
  const drafts = new Map<string, Draft>();
  const rest: ApiSummary[] = [];
  const read = async (summary: ApiSummary): Promise<void> => {
    const api = await getApi(session, group.groupId, summary.id, ctx);
    if (api !== undefined) drafts.set(summary.id, { summary, api });
  };
  const prove = (summary: ApiSummary): boolean => {
    const api = definitionSent(summary, group, uses);
    if (api !== undefined) drafts.set(summary.id, { summary, api, sent: isAsCreated(summary) ? 'created' : 'changed' });
    return api !== undefined;
  };
  const unproven = new Map<string, ApiSummary[]>();
  for (const summary of apis) {
    if (group.every || !mayBeAsSent(summary, group)) rest.push(summary);
    else if (!prove(summary)) unproven.set(ownerKey(summary), [...(unproven.get(ownerKey(summary)) ?? []), summary]);
  }
  // The backend of one API of an integration shows what its other APIs were sent.
  await eachOf([...unproven.values()], async ([first, ...others]) => {
    if (first === undefined) return;

    await read(first);
    const use = useOf(drafts.get(first.id)?.api, group);
    if (use !== undefined) uses.found(first, use);
    rest.push(...others.filter((summary) => !prove(summary)));
  });
  await eachOf(rest, read);
  return apis.flatMap(({ id }) => drafts.get(id) ?? []);
}

/** Whether an API is as a project of Postern wrote it last, as far as lists can tell: the hash of its definition decides. */
function mayBeAsSent(summary: ApiSummary, { shown }: DraftGroup): boolean {
  const { id, owner, description, visibility } = summary;
  return (
    owner !== undefined &&
    owner.unbound !== true &&
    isAsSent(description) &&
    visibility === AS_CREATED.Visibility &&
    (isAsCreated(summary) || [...shown.values()].some((apis) => isLastWritten(apis.get(id), summary)))
  );
}

/** The definition of an API that was not changed since Postern wrote it, where the hash in its description is that of a definition with one of `uses`. */
function definitionSent(summary: ApiSummary, group: DraftGroup, uses: Uses): ApiOutput | undefined {
  const { method, path, description, owner } = summary;
  const described = keyOfDescription(description);
  const key = described !== undefined && isPathOf(described, method, path) ? described : toRouteKey(method, path);
  if (owner === undefined) return undefined;

  for (const use of uses.of(summary)) {
    const sent = sentDefinition({ gatewayId: group.groupId, owner, key, use }, group.basePath);
    if (sent === undefined || sent.Description !== description || sent.ApiName !== summary.name) continue;

    uses.found(summary, use);
    return asRead(summary, sent, group);
  }
  return undefined;
}

/** What DescribeApi answers of a definition, as far as it was sent. */
function asRead(
  { id, createdTime, modifiedTime }: ApiSummary,
  sent: NonNullable<ReturnType<typeof sentDefinition>>,
  { groupId, accesses }: DraftGroup,
): ApiOutput {
  const parsed = <T>(text: string): T => JSON.parse(text) as T;
  const service = parsed<NonNullable<ApiOutput['ServiceConfig']>>(sent.ServiceConfig);
  const access = accesses.get(service.VpcConfig?.Name ?? '');
  const behind = access && { VpcId: access.vpcId, InstanceId: access.instanceId, Port: access.port };
  return {
    ...AS_CREATED,
    ApiId: id,
    GroupId: groupId,
    ApiName: sent.ApiName,
    Description: sent.Description,
    RequestConfig: parsed(sent.RequestConfig),
    ServiceConfig: { ...service, ...(service.VpcConfig && { VpcConfig: { ...service.VpcConfig, ...behind } }) },
    RequestParameters: { RequestParameter: parsed(sent.RequestParameters) },
    ServiceParameters: { ServiceParameter: parsed(sent.ServiceParameters) },
    ServiceParametersMap: { ServiceParameterMap: parsed(sent.ServiceParametersMap) },
    BackendEnable: false,
    CreatedTime: createdTime,
    ModifiedTime: modifiedTime,
  };
}

/** The ways to call a backend that the description of an API is compared with, the likeliest first. */
interface Uses {
  readonly of: (summary: ApiSummary) => readonly Use[];
  readonly found: (summary: ApiSummary, use: Use) => void;
}

/** What other APIs of the same integration and target use; then the authorizations of the integration; then others. */
function usesOfAccesses(accesses: ReadonlyMap<string, VpcAccess>): Uses {
  const byIntegration = grouped([...accesses.values()], ({ owner }) => integrationKey(owner));
  const others = [...accesses.values()].flatMap(usesOfAccess).slice(0, MOST_USES);
  const used = new Map<string, readonly Use[]>();
  return {
    of: (summary) => [
      ...(used.get(ownerKey(summary)) ?? []),
      ...(byIntegration.get(integrationKey(summary.owner)) ?? []).flatMap(usesOfAccess),
      ...others,
    ],
    found: (summary, use) => {
      const before = used.get(ownerKey(summary)) ?? [];
      if (before[0] !== use) used.set(ownerKey(summary), [use, ...before.filter((one) => one !== use)]);
    },
  };
}

function usesOfAccess(access: VpcAccess): readonly Use[] {
  const target = accessTarget(access);
  const names = access.hostName === '' ? [] : [{ serverName: access.hostName }];
  return [undefined, {}, ...names].flatMap((tls) =>
    (['overwrite', 'keep'] as const).map((path): Use => ({ target, tls, path })),
  );
}

function integrationKey(owner: Owner | undefined): string {
  return JSON.stringify([owner?.project, owner?.integration]);
}

/** How an API that was read calls its backend. */
function useOf(api: ApiOutput | undefined, { groupId, accesses }: DraftGroup): Use | undefined {
  if (api === undefined) return undefined;

  const { targetId, tls, path = 'overwrite' } = toRoute(api, { groupId, instanceId: undefined, accesses });
  if (targetId === undefined) return undefined;

  const access = accesses.get(targetId);
  const target: Target = access === undefined ? { kind: 'address', id: targetId, raw: null } : accessTarget(access);
  return { target, tls, path };
}

function ownerKey({ owner }: ApiSummary): string {
  return JSON.stringify([owner?.project, owner?.spec, owner?.integration, owner?.name]);
}
