import type { CallContext, Link, LinkState, Owner } from '@postern/core/internal/library';
import {
  defined,
  byUse,
  CloudError,
  INTEGRATION_TAG,
  isMarkOfLink,
  ownerFromTags,
  PROJECT_TAG,
  unlessGone,
  waitFor,
  type Json,
  type LinkSettings,
  type LinkStatus,
} from '@postern/core/internal/adapter';
import type { Answer } from '../../client/apis/actions.js';
import { CHANGE_POLL_MS, CHANGE_TIMEOUT_MS } from '../../limits.js';
import type { ItemOf } from '../../client/lists.js';
import { flagOf, numberOf, plain, sent, tagMap } from '../../client/plain.js';
import type { Session } from '../../client/session.js';

/** An instance as DescribeInstances lists it. */
export type InstanceOutput = ItemOf<Answer<'CloudAPI', 'DescribeInstances'>, 'Instances.InstanceAttribute'>;

/** All instances, and whether these are all: the request has no pages, and the answer counts more than it lists beyond ten. */
export interface InstanceList {
  readonly instances: readonly InstanceOutput[];
  readonly complete: boolean;
}

/** The instances of the region, the shared one included; with `tags`, those that have all of them. */
export async function listInstances(
  session: Session,
  ctx: CallContext,
  tags: Readonly<Record<string, string>> = {},
): Promise<InstanceList> {
  const Tag = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const { Instances, TotalCount } = await session.call(ctx, 'CloudAPI', 'DescribeInstances', { Tag });
  const instances = Instances?.InstanceAttribute ?? [];
  const total = sent(numberOf(TotalCount) ?? (Instances && instances.length), 'TotalCount', 'DescribeInstances');
  return { instances, complete: instances.length >= total };
}

export async function getInstance(session: Session, id: string, ctx: CallContext): Promise<InstanceOutput | undefined> {
  const answer = await unlessGone(session.call(ctx, 'CloudAPI', 'DescribeInstances', { InstanceId: id }));
  if (answer === undefined) return undefined;

  // A list that is cut short may hold others first.
  return (sent(answer.Instances, 'Instances', 'DescribeInstances').InstanceAttribute ?? []).find(
    ({ InstanceId }) => InstanceId === id,
  );
}

/** @throws {CloudError} `NOT_FOUND` */
export async function requireInstance(session: Session, id: string, ctx: CallContext): Promise<InstanceOutput> {
  const instance = await getInstance(session, id, ctx);
  if (instance !== undefined) return instance;

  throw new CloudError('NOT_FOUND', `API Gateway instance ${id} does not exist in ${session.region}`, {
    operation: 'DescribeInstances',
    remedy: 'Check the ID, the region and the account.',
  });
}

/** Whether an instance can be a link. The shared instance is owned by no account and connects to no network. */
export function isDedicated({ DedicatedInstanceType, InstanceType }: InstanceOutput): boolean {
  return DedicatedInstanceType !== undefined || InstanceType === 'VPC_DEDICATED';
}

/** Whether it has interfaces of its own in a VPC. */
export function isIntegration({ DedicatedInstanceType }: InstanceOutput): boolean {
  return DedicatedInstanceType === 'vpc_connect';
}

/**
 * An instance in the portable form. `UserVpcId` is the VPC of the callers. `ConnectVpcId` is the VPC that
 * the instance connects to.
 */
export function toLink(instance: InstanceOutput): Link {
  const tags = tagMap(instance.Tags?.TagInfo);
  return {
    ...toStatus(instance),
    ...(isKnownWord(instance.Status) ? {} : { state: 'unknown' as const }),
    name: instance.InstanceName ?? '',
    kind: isIntegration(instance) ? 'integration-instance' : 'dedicated-instance',
    networkId: instance.ConnectVpcId || undefined,
    ...shapeOf(instance),
    tags,
    createdAt: instance.CreatedTime || undefined,
    native: nativeOf(instance),
    settings: instanceSettings(instance),
    owner: ownerFromTags(tags),
    raw: plain(instance),
  };
}

function shapeOf({ NetworkInterfaceAttributes }: InstanceOutput): Pick<Link, 'subnetIds' | 'securityGroupIds'> {
  const zones = NetworkInterfaceAttributes?.NetworkInterfaceAttribute ?? [];
  return {
    subnetIds: distinct(zones.map(({ VswitchId }) => VswitchId)),
    securityGroupIds: distinct(zones.map(({ SecurityGroupId }) => SecurityGroupId)),
  };
}

/** The facts of a link that exist on this cloud only. Members that the service leaves empty are left out. */
function nativeOf(instance: InstanceOutput): Readonly<Record<string, Json>> {
  const places = instance.NetworkInterfaceAttributes?.NetworkInterfaceAttribute ?? [];
  const texts = {
    instanceCidr: instance.InstanceCidrBlock,
    spec: instance.InstanceSpec,
    httpsPolicy: instance.HttpsPolicies,
    chargeType: instance.InstanceChargeType,
    expiresAt: instance.ExpiredTime,
    zone: instance.ZoneId,
    // The source addresses of its calls: for a conventional instance blocks of Alibaba Cloud's own, for
    // either kind the address towards the internet.
    vpcEgressAddress: instance.VpcEgressAddress,
    newVpcEgressAddress: instance.NewVpcEgressAddress,
    internetEgressAddress: instance.InternetEgressAddress,
    intranetSegments: instance.IntranetSegments,
    // The VPC of the callers, not the VPC that the instance connects to.
    clientNetworkId: instance.UserVpcId,
  };
  const flags = {
    ipv6: instance.SupportIpv6,
    egressIpv6: instance.EgressIpv6Enable,
    vpcSlbIntranet: instance.VpcSlbIntranetEnable,
  };
  const zones = places.map((place) => ({
    zone: place.ZoneId ?? '',
    subnetId: place.VswitchId ?? '',
    cidrBlock: place.CidrBlock ?? '',
    securityGroupId: place.SecurityGroupId ?? '',
  }));
  return {
    ...Object.fromEntries(Object.entries(texts).flatMap(([name, text]) => (text ? [[name, text]] : []))),
    ...Object.fromEntries(
      Object.entries(flags).flatMap(([name, flag]) => (flag === undefined ? [] : [[name, flagOf(flag)]])),
    ),
    ...(zones.length === 0 ? {} : { zones }),
  };
}

/**
 * The state of an instance. RUNNING is the only documented word. During a change of the instance type APIs
 * stay callable (`WAIT_SWITCH`). Words with an obvious meaning are used as they are. Any other word is
 * waited out, and reported unchanged.
 */
export function toStatus({ InstanceId = '', Status = '' }: InstanceOutput): Omit<LinkStatus, 'kind'> {
  const state = stateOf(Status);
  const known = state === 'ready' || /^(?:CREATING|MODIFYING|DELETING)$/i.test(Status);
  return {
    id: InstanceId,
    state,
    nativeState: Status,
    reason: known ? undefined : `its state is ${JSON.stringify(Status)}, which the service does not document`,
  };
}

/**
 * Whether a state is documented, or its name shows its meaning. A wait continues at any other state, but it
 * cannot be determined whether waiting helps. EXPIRED, STOPPED or LOCKED, if the service writes these, never
 * become RUNNING by themselves.
 */
function isKnownWord(status = ''): boolean {
  return stateOf(status) !== 'pending' || /ing$/i.test(status);
}

function stateOf(status: string): LinkState {
  if (/^RUNNING$/i.test(status) || /wait.?switch/i.test(status)) return 'ready';
  if (/delet|releas|destroy/i.test(status)) return 'deleting';

  return /fail|error/i.test(status) ? 'failed' : 'pending';
}

/** The best of the instances that carry an owner's mark. */
export async function findByOwner(
  session: Session,
  wanted: Owner,
  ctx: CallContext,
): Promise<InstanceOutput | undefined> {
  const { project, integration } = wanted;
  const { instances } = await listInstances(session, ctx, { [PROJECT_TAG]: project, [INTEGRATION_TAG]: integration });
  return instances
    .filter((instance) => isMarkOfLink(ownerFromTags(tagMap(instance.Tags?.TagInfo)), wanted, shapeOf(instance)))
    .toSorted((a, b) => byUse(useOf(a), useOf(b)))[0];
}

function useOf({ InstanceId = '', Status = '', CreatedTime }: InstanceOutput) {
  return { id: InstanceId, state: stateOf(Status), createdAt: CreatedTime };
}

/** Waits until an instance accepts changes again. @throws {WaitError} {CloudError} `NOT_FOUND` */
export async function waitUntilRunning(session: Session, id: string, ctx: CallContext): Promise<InstanceOutput> {
  return waitFor({
    what: `instance ${id}`,
    read: () => requireInstance(session, id, ctx),
    status: ({ Status = '' }) => (stateOf(Status) === 'pending' ? 'pending' : Status),
    reason: (instance) => toStatus(instance).reason,
    pending: ['pending'],
    target: ['RUNNING'],
    timeoutMs: CHANGE_TIMEOUT_MS,
    pollMs: CHANGE_POLL_MS,
    clock: ctx.clock,
    signal: ctx.ending ?? ctx.signal,
  });
}

function distinct(ids: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(ids.flatMap((id) => id || []))];
}

/** What an instance gives the groups that are on it. `VpcSlbIntranetEnable`: whether API Gateway itself may call them. */
function instanceSettings(instance: InstanceOutput): LinkSettings {
  return defined({
    httpsPolicy: instance.HttpsPolicies || undefined,
    requestsPerSecond: numberOf(instance.InstanceRpsLimit),
    ipv6: optionalFlag(instance.SupportIpv6),
    egressIpv6: optionalFlag(instance.EgressIpv6Enable),
    clientNetworkId: instance.UserVpcId || undefined,
    networkDomain: optionalFlag(instance.VpcIntranetEnable),
    intranetDomain: optionalFlag(instance.VpcSlbIntranetEnable),
    spec: instance.InstanceSpec || undefined,
    switchPending: /wait.?switch/i.test(instance.Status ?? '') || undefined,
  });
}

function optionalFlag(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : flagOf(value);
}
