import {
  defined,
  CloudError,
  formatMark,
  hashText,
  InvalidInputError,
  isPosternError,
  parseMark,
  readUntil,
  unlessGone,
  waitFor,
} from '@postern/core/internal/adapter';
import type { CallContext, Owner, Target } from '@postern/core/internal/library';
import { CHANGE_POLL_MS, CHANGE_TIMEOUT_MS, PAGE, STALENESS_MS } from '../../limits.js';
import { listAll, type Listed } from '../../client/lists.js';
import { numberOf, plain } from '../../client/plain.js';
import type { Session } from '../../client/session.js';

type AccessOutput = Listed<'CloudAPI', 'DescribeVpcAccesses'>;

/** A VPC access authorization: the gateway may call one port of one instance or address of a VPC. */
export interface VpcAccess {
  /** Unique in the region, and what APIs name it by. */
  readonly name: string;
  readonly id: string;
  readonly vpcId: string;
  /** `i-…`, `lb-…`, or an address. */
  readonly instanceId: string;
  readonly port: number;
  /** The Host header, and the name that the backend's certificate is checked for. */
  readonly hostName: string;
  readonly owner: Owner | undefined;
  readonly raw: unknown;
}

/** What an authorization is keyed by. */
export interface Triple {
  readonly vpcId: string;
  readonly instanceId: string;
  readonly port: number;
}

/** Authorizations: all of them, those of a triple, or the one of a name. Filters are checked again, since the name's is fuzzy. */
export async function listVpcAccesses(
  session: Session,
  ctx: CallContext,
  by: Partial<Triple> & { readonly name?: string } = {},
): Promise<readonly VpcAccess[]> {
  const { vpcId, instanceId, port, name } = by;
  const rows = await listAll(session, ctx, 'VPC access authorizations', 'CloudAPI', 'DescribeVpcAccesses', {
    ...defined({ VpcId: vpcId, InstanceId: instanceId, Port: port?.toString() }),
    ...(name === undefined ? {} : { Name: name, AccurateQuery: true }),
  });
  return rows
    .map(toVpcAccess)
    .filter(
      (one) =>
        (vpcId === undefined || one.vpcId === vpcId) &&
        (instanceId === undefined || one.instanceId === instanceId) &&
        (port === undefined || one.port === port) &&
        (name === undefined || one.name === name),
    );
}

function toVpcAccess(row: AccessOutput): VpcAccess {
  return {
    name: row.Name ?? '',
    id: row.VpcAccessId ?? '',
    vpcId: row.VpcId ?? '',
    instanceId: row.InstanceId ?? '',
    port: numberOf(row.Port) ?? 0,
    hostName: row.VpcTargetHostName ?? '',
    owner: ownerOfAccess(row.Name, row.Description),
    raw: plain(row),
  };
}

/** An authorization as a target. Its ID is its name, because the service uses the name everywhere. */
export function accessTarget(access: VpcAccess): Target {
  const kind = /^\d+(?:\.\d+){3}$/.test(access.instanceId) ? 'address' : 'instance';
  return {
    kind,
    id: access.name,
    name: access.name,
    networkId: access.vpcId,
    resourceId: access.instanceId,
    resourceType: access.instanceId.startsWith('lb-') ? 'clb' : kind === 'instance' ? 'ecs' : undefined,
    port: access.port,
    owner: access.owner,
    raw: access.raw,
  };
}

/**
 * Authorizes a triple, with the owner's mark. Names and triples are unique, so this is safe to repeat: an
 * authorization that is refused because it exists is found. Where an older version pointed the authorization
 * of this name to another triple, another name is used.
 * @throws {CloudError} `ALREADY_EXISTS` when both names belong to other triples.
 */
export async function setVpcAccess(
  session: Session,
  triple: Triple,
  owner: Owner,
  ctx: CallContext,
): Promise<VpcAccess> {
  try {
    return await setNamed(session, accessName(owner, triple), triple, owner, ctx);
  } catch (error) {
    if (!isPosternError(error, 'ALREADY_EXISTS')) throw error;

    const [existing] = await listVpcAccesses(session, ctx, triple);
    return existing ?? setNamed(session, accessName(owner, triple, '#2'), triple, owner, ctx);
  }
}

async function setNamed(
  session: Session,
  name: string,
  { vpcId, instanceId, port }: Triple,
  owner: Owner,
  ctx: CallContext,
): Promise<VpcAccess> {
  const query = { Name: name, VpcId: vpcId, InstanceId: instanceId, Port: port, Description: formatMark(owner) };
  await session.call(ctx, 'CloudAPI', 'SetVpcAccess', query, 'idempotent');
  return {
    name,
    id: '',
    vpcId,
    instanceId,
    port,
    hostName: '',
    owner: ownerOfAccess(name, query.Description),
    raw: plain(query),
  };
}

/**
 * The owner of an authorization: what its description says, where its name agrees. The name is unique, and fixed when
 * the authorization is created. A description that was copied to another authorization therefore makes it unmanaged.
 */
function ownerOfAccess(name = '', description = ''): Owner | undefined {
  const owner = parseMark(description);
  if (owner === undefined || !/^-[0-9a-f]{8}$/.test(name.slice(readableName(owner).length))) return undefined;

  return name.startsWith(readableName(owner)) ? owner : undefined;
}

function readableName({ project, integration, name = '' }: Owner): string {
  const words = [project, integration, name].filter((part) => part !== '').join('-');
  return words.replaceAll(/[^A-Za-z0-9-]+/g, '-').slice(0, 40);
}

/** `shop-orders-backend-1a2b3c4d`: readable, unique by a hash, and no longer than 50 characters. */
function accessName(owner: Owner, { vpcId, instanceId, port }: Triple, turn = ''): string {
  const { project, spec, integration, name = '' } = owner;
  return `${readableName(owner)}-${hashText(`${project}${spec === undefined ? '' : `@${spec}`}/${integration}/${name}/${vpcId}/${instanceId}:${port}${turn}`).slice(0, 8)}`;
}

/**
 * Points an authorization at another triple, or gives it another host name, and waits until all APIs that use it follow. Its
 * name stays: it is what the service finds it by.
 * @throws {CloudError} `CLOUD_REFUSED` when an API could not follow.
 */
export async function modifyVpcAccess(
  session: Session,
  access: VpcAccess,
  changes: Partial<Triple> & { readonly hostName?: string },
  ctx: CallContext,
): Promise<VpcAccess> {
  const next = { ...access, ...changes };
  const { OperationId } = await session.call(ctx, 'CloudAPI', 'ModifyVpcAccessAndUpdateApis', {
    Name: access.name,
    VpcId: next.vpcId,
    InstanceId: next.instanceId,
    Port: next.port,
    ...(next.hostName === '' ? {} : { VpcTargetHostName: next.hostName }),
    // "Needed for published APIs" in one version of the documentation, "without effect" in another.
    NeedBatchWork: true,
    Token: crypto.randomUUID(),
  });
  if (OperationId !== undefined && OperationId !== '') await awaitTask(session, access.name, OperationId, ctx);
  return next;
}

/** Words with which a row of a task ends. Any other word means that the task is in progress. */
const DONE = /^(?:success|succeeded|over|finished)$/i;
const FAILED = /^fail/i;

async function awaitTask(session: Session, name: string, operation: string, ctx: CallContext): Promise<void> {
  const read = async () => {
    const answer = await unlessGone(
      session.call(ctx, 'CloudAPI', 'DescribeUpdateVpcInfoTask', { OperationUid: operation }),
    );
    return answer?.ApiUpdateVpcInfoResults?.ApiUpdateVpcInfoResult ?? [];
  };
  const rows = await waitFor({
    what: `the APIs that use ${name}`,
    read,
    // A successful row may contain a text in ErrorMsg, too: only the status word counts.
    status: (list) =>
      list.every(({ UpdateStatus = '' }) => DONE.test(UpdateStatus) || FAILED.test(UpdateStatus)) ? 'done' : 'running',
    pending: ['running'],
    target: ['done'],
    timeoutMs: CHANGE_TIMEOUT_MS,
    pollMs: CHANGE_POLL_MS,
    clock: ctx.clock,
    signal: ctx.ending ?? ctx.signal,
  });
  const failed = rows.filter(({ UpdateStatus = '' }) => FAILED.test(UpdateStatus));
  if (failed.length === 0) return;

  const words = failed.map(({ ApiName, StageName, ErrorMsg }) => `${ApiName} on ${StageName}: ${ErrorMsg}`);
  throw new CloudError('CLOUD_REFUSED', `not all APIs of ${name} were updated: ${words.join('; ')}`, {
    operation: 'ModifyVpcAccessAndUpdateApis',
    remedy: 'Make the new backend reachable from the instances of these APIs, and run again.',
    details: { apis: failed.map(({ ApiUid, StageName }) => ({ apiId: ApiUid, stage: StageName })) },
  });
}

/**
 * Removes a managed authorization. One that lists do not show for as long as they may lag does not exist, which is not an error. The service would leave
 * published APIs without their backend, so the removal is refused while an API uses it.
 * @throws {InvalidInputError} `NOT_OURS`. {CloudError} `STILL_REFERENCED`
 */
export async function removeVpcAccess(session: Session, name: string, ctx: CallContext): Promise<void> {
  const [access] = await readUntil(
    () => listVpcAccesses(session, ctx, { name }),
    ({ length }) => length > 0,
    STALENESS_MS,
    ctx,
  );
  if (access === undefined) return;

  if (access.owner === undefined) {
    throw new InvalidInputError('NOT_OURS', `authorization ${name} is not managed by this project`, {
      remedy: 'It is unmanaged, or belongs to another project. Remove it manually if it is not needed.',
    });
  }

  // The service itself refuses nothing here, and a list may be stale: the authorization counts as unused
  // only if two lists lack a user.
  let users = await usersOf(session, name, ctx);
  if (users.length === 0) users = await usersOf(session, name, ctx);
  if (users.length > 0) {
    const words = users.map((api) => `${api.Method} ${api.Path} of ${api.GroupId} on ${api.StageName}`);
    throw new CloudError(
      'STILL_REFERENCED',
      `${words.length} published APIs use ${name}: ${words.slice(0, 5).join(', ')}`,
      {
        operation: 'RemoveVpcAccess',
        remedy: 'Delete those routes, or change their target.',
        details: { apiIds: users.map(({ ApiId }) => ApiId) },
      },
    );
  }

  const { vpcId, instanceId, port } = access;
  await unlessGone(
    session.call(ctx, 'CloudAPI', 'RemoveVpcAccess', { VpcId: vpcId, InstanceId: instanceId, Port: port }),
  );
}

/** None of an authorization that another run has deleted meanwhile. */
async function usersOf(session: Session, name: string, ctx: CallContext) {
  const query = { VpcName: name, PageSize: PAGE };
  const page = await unlessGone(session.call(ctx, 'CloudAPI', 'DescribeApisByVpcAccess', query));
  return page?.ApiVpcAccessInfos?.ApiVpcAccessInfo ?? [];
}
