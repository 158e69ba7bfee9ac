import type { CallContext } from '@postern/core/internal/library';
import {
  canonicalJson,
  CloudError,
  InvalidInputError,
  isPosternError,
  ownerTags,
  unlessGone,
  type LinkMethods,
  type LinkRequest,
} from '@postern/core/internal/adapter';
import type { Subnet } from '@postern/core/internal/snapshot';
import { chooseInstanceCidr } from '../cloud/blocks.js';
import { DEFAULT_INSTANCE_SPEC } from '../cloud/instance-specs.js';
import { INTEGRATION_INSTANCE } from '../cloud/index.js';
import { listApis } from '../groups/api-list.js';
import { listGroups, moveGroup, requireGroup, type GroupRow } from '../groups/api.js';
import { findByOwner, getInstance, isDedicated, listInstances, toLink, toStatus } from './instance.js';
import { vSwitchesById } from '../../network/network.js';
import { eachOf, sent, tagList } from '../../client/plain.js';
import { STALENESS_MS } from '../../limits.js';
import { isRepeated } from '../../client/request-watch.js';
import type { Query } from '../../client/apis/actions.js';
import { creationTokens, type CreationTokens } from '../../client/creation-tokens.js';
import type { Session } from '../../client/session.js';

/**
 * Purchases alike in one hour that have a token which follows from the request. "Do not reuse the token" is all that the documentation
 * says; what a second use is answered with, and for how long it is remembered, is not documented [U].
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createinstance
 */
const MOST = 5;

/** Instances, in the form of links of core's driver. */
export function instanceLinks(session: Session): LinkMethods {
  const tokens = creationTokens(MOST);
  return {
    create: (request, ctx) => createInstance(session, tokens, request, ctx),
    find: async (by, ctx) => {
      const found = 'id' in by ? await getInstance(session, by.id, ctx) : await findByOwner(session, by.owner, ctx);
      return found && isDedicated(found) ? toLink(found) : undefined;
    },
    statuses: async (ids, ctx) => {
      if (ids.length === 0) return [];

      const { instances, complete } = await listInstances(session, ctx);
      const known = new Set(instances.map(({ InstanceId }) => InstanceId));
      // The list has no second page. The missing instances are read one by one.
      const hidden = complete ? [] : ids.filter((id) => !known.has(id));
      const more = await eachOf(hidden, (id) => getInstance(session, id, ctx));
      const all = [...instances, ...more.flatMap((one) => one ?? [])];
      return all.filter(({ InstanceId = '' }) => ids.includes(InstanceId)).map(toStatus);
    },
    rename: async (id, name, ctx) => {
      await session.call(ctx, 'CloudAPI', 'ModifyInstanceAttribute', {
        InstanceId: id,
        InstanceName: name,
        Token: crypto.randomUUID(),
      });
    },
    tag: async (id, tags, ctx) => {
      if (Object.keys(tags).length === 0) return;

      await session.call(ctx, 'CloudAPI', 'TagResources', {
        ResourceType: 'instance',
        ResourceId: [id],
        Tag: tagList(tags),
      });
    },
    untag: async (id, keys, ctx) => {
      if (keys.length === 0) return;

      await session.call(ctx, 'CloudAPI', 'UntagResources', {
        ResourceType: 'instance',
        ResourceId: [id],
        TagKey: [...keys],
      });
    },
    delete: (id, ctx) => deleteInstance(session, id, ctx),
  };
}

async function createInstance(
  session: Session,
  tokens: CreationTokens,
  request: LinkRequest,
  ctx: CallContext,
): Promise<{ readonly id: string }> {
  const subnets = await readSubnets(session, request, ctx);
  const [error] = INTEGRATION_INSTANCE.requestRefusals(request, {
    region: session.region,
    account: '',
    links: [],
    loadBalancers: [],
    subnets,
    securityGroups: [],
    networks: [],
  });
  if (error !== undefined) throw error;

  const native = request.native ?? {};
  const { spec = DEFAULT_INSTANCE_SPEC, httpsPolicy = 'HTTPS2_TLS1_2' } = native;
  const query = {
    InstanceName: request.name,
    InstanceType: 'vpc_connect',
    InstanceSpec: String(spec),
    ChargeType: 'PostPaid',
    HttpsPolicy: String(httpsPolicy),
    InstanceCidr: chooseInstanceCidr(
      native['instanceCidr'],
      subnets.map(({ cidrBlock }) => cidrBlock),
    ),
    UserVpcId: subnets[0]?.networkId,
    ZoneVSwitchSecurityGroup: subnets.map(({ id, zone, cidrBlock }, index) => ({
      ZoneId: zone,
      VSwitchId: id,
      CidrBlock: cidrBlock,
      SecurityGroupId: request.securityGroupIds[index] ?? request.securityGroupIds[0],
    })),
    // Tagged in the same call: an instance without tags would count as unmanaged.
    Tag: tagList({ ...request.tags, ...ownerTags(request.owner) }),
  };
  return purchase(session, tokens, query, ctx);
}

/**
 * Buys an instance, or learns that another run has: then the caller looks for that one before it tries again.
 * @throws {CloudError} `CONFLICT`, to be tried again, where a token was used before
 */
async function purchase(
  session: Session,
  tokens: CreationTokens,
  query: Omit<Query<'CloudAPI', 'CreateInstance'>, 'Token'>,
  ctx: CallContext,
): Promise<{ readonly id: string }> {
  const request = canonicalJson(query);
  const Token = tokens.of(request, ctx);
  const answer = session.call(ctx, 'CloudAPI', 'CreateInstance', { ...query, Token });
  const { InstanceId } = await answer.catch((cause: unknown) => {
    if (!isRepeated(cause)) throw cause;

    tokens.spend(request, ctx);
    throw usedBefore('another run has submitted this purchase', cause);
  });
  const id = sent(InstanceId, 'InstanceId', 'CreateInstance', true);
  tokens.spend(request, ctx);
  // The answer may be that of an earlier purchase, whose instance was released since.
  const bought = await getInstance(session, id, ctx).then(
    (found) => found !== undefined && toLink(found).state !== 'deleting',
    () => true,
  );
  if (!bought) throw usedBefore(`instance ${id}, with which the purchase was answered, is not listed`);

  return { id };
}

/** Lists show the instance of the other purchase by then, or it is gone. */
const LOOK_AFTER_MS = STALENESS_MS + 5_000;

function usedBefore(message: string, cause?: unknown): CloudError {
  return new CloudError('CONFLICT', message, {
    operation: 'CreateInstance',
    cause,
    retryable: true,
    retryAfterMs: LOOK_AFTER_MS,
    remedy: 'Run again in a minute: the instance of the other run is used.',
  });
}

/** The vSwitches in the order of the request, as the service needs them. @throws {CloudError} `NOT_FOUND` */
async function readSubnets(session: Session, { subnetIds }: LinkRequest, ctx: CallContext): Promise<readonly Subnet[]> {
  if (subnetIds.length === 0) {
    throw new InvalidInputError('INVALID_INPUT', 'an instance needs at least one vSwitch', {
      remedy: 'Name vSwitches of the VPC that the backends are in.',
    });
  }

  const found = await vSwitchesById(session, ctx, subnetIds);
  return subnetIds.map((id) => {
    const subnet = found.find((one) => one.id === id);
    if (subnet !== undefined) return subnet;

    throw new CloudError('NOT_FOUND', `vSwitch ${id} does not exist in ${session.region}`, {
      operation: 'DescribeVSwitches',
      remedy: 'Check the ID, the region and the account.',
    });
  });
}

/**
 * Releases an instance. It is kept while a group on it has a published API, or APIs of other owners. Groups
 * without any first go back to the shared instance, where they were before their first route was created.
 * @throws {CloudError} `STILL_REFERENCED`
 */
async function deleteInstance(session: Session, id: string, ctx: CallContext): Promise<void> {
  const [instance, groups] = await Promise.all([
    getInstance(session, id, ctx),
    unlessGone(listGroups(session, ctx, id)),
  ]);
  const project = instance === undefined ? undefined : toLink(instance).owner?.project;
  const used = await eachOf(groups ?? [], async (group) => {
    const apis = await listApis(session, group.GroupId, ctx);
    return {
      group,
      published: apis.filter(({ stages }) => stages.length > 0).length,
      others: apis.filter(({ owner }) => owner === undefined || owner.project !== project).length,
    };
  });
  const busy = used.filter(({ published, others }) => published > 0 || others > 0);
  if (busy.length > 0) {
    const words = busy.map(({ group, published, others }) => {
      const what = published > 0 ? `${published} published APIs` : `${others} APIs of other owners`;
      return `${group.GroupId} (${group.GroupName}) with ${what}`;
    });
    throw new CloudError('STILL_REFERENCED', `instance ${id} is used by API groups: ${words.join(', ')}`, {
      operation: 'DeleteInstance',
      remedy: 'Delete those routes, or move the groups to another instance.',
      details: { linkId: id, groupIds: busy.map(({ group }) => group.GroupId) },
    });
  }

  if (used.length > 0)
    await sendBack(
      session,
      used.map(({ group }) => group),
      ctx,
    );
  await unlessGone(session.call(ctx, 'CloudAPI', 'DeleteInstance', { InstanceId: id }));
}

async function sendBack(session: Session, groups: readonly GroupRow[], ctx: CallContext): Promise<void> {
  const { instances } = await listInstances(session, ctx);
  const shared = instances.find((instance) => !isDedicated(instance))?.InstanceId ?? SHARED_INSTANCE;
  for (const { GroupId } of groups) {
    const group = await requireGroup(session, GroupId, ctx);
    try {
      await moveGroup(session, group, shared, ctx);
    } catch (cause) {
      if (!isPosternError(cause)) throw cause;

      throw new CloudError('STILL_REFERENCED', `API group ${GroupId} cannot leave the instance: ${cause.message}`, {
        operation: 'DeleteInstance',
        remedy: 'Move the group to another instance first.',
        cause,
      });
    }
  }
}

/** The id of the shared instance, as all regions have it. */
const SHARED_INSTANCE = 'api-shared-vpc-001';
