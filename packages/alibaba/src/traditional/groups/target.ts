import type { CallContext, Owner, Target, TargetRef } from '@postern/core/internal/library';
import {
  defined,
  CloudError,
  InvalidInputError,
  UnsupportedError,
  type TargetMethods,
} from '@postern/core/internal/adapter';
import {
  addressTarget,
  notInternal,
  wrongNetwork,
  parseBackendRef,
  type ParsedBackendRef,
  isPlainId,
} from '../../cloud/target-ref.js';
import { getInstance, isIntegration, requireInstance } from '../instances/instance.js';
import { getLoadBalancer, listEcsInstances } from '../../balancers/observe.js';
import type { Session } from '../../client/session.js';
import {
  accessTarget,
  listVpcAccesses,
  modifyVpcAccess,
  removeVpcAccess,
  setVpcAccess,
} from '../instances/vpc-access.js';

/**
 * Targets in the form of core's driver: VPC access authorizations, and plain private addresses, which an
 * integration instance calls without an authorization.
 */
export function targets(session: Session): TargetMethods {
  return {
    resolve: async (ref, { networkId, linkId }, ctx) => {
      const parsed = parseBackendRef(ref);
      const found = await resolveBackend(session, parsed, ctx);
      const network = networkId ?? (linkId === undefined ? undefined : await networkOf(session, linkId, ctx));
      const within = inNetwork(found, network);
      const vpcId = within.networkId ?? network;
      const [access] = vpcId === undefined ? [] : await accessesOf(session, parsed, vpcId, ctx);
      return access === undefined ? within : accessTarget(access);
    },
    create: (linkId, ref, owner, ctx) => createTarget(session, linkId, ref, owner, ctx),
    find: async (linkId, ref, ctx) => {
      const parsed = parseBackendRef(ref);
      const link = await requireInstance(session, linkId, ctx);
      const accesses = await accessesOf(session, parsed, link.ConnectVpcId || undefined, ctx);
      if (accesses[0] !== undefined) return accessTarget(accesses[0]);

      return parsed.kind === 'address' && isIntegration(link) ? addressTarget(parsed, link.ConnectVpcId) : undefined;
    },
    update: (linkId, id, ref, ctx) => updateTarget(session, linkId, id, ref, ctx),
    delete: (id, ctx) => removeVpcAccess(session, id, ctx),
  };
}

/** What a reference means, without its authorization. @throws {CloudError} `NOT_FOUND`. {InvalidInputError} `WRONG_KIND` */
async function resolveBackend(session: Session, parsed: ParsedBackendRef, ctx: CallContext): Promise<Target> {
  if (parsed.kind === 'address') return addressTarget(parsed, undefined);

  const { instanceId, port } = parsed;
  const base = { kind: 'instance', id: `${instanceId}:${port}`, resourceId: instanceId, port } as const;
  if (parsed.kind === 'ecs') {
    const [instance] = await listEcsInstances(session, ctx, { ids: [instanceId] });
    if (instance === undefined) throw missing('DescribeInstances', instanceId, session.region);

    return {
      ...base,
      name: instance.name || undefined,
      networkId: instance.networkId,
      resourceType: 'ecs',
      subnetIds: instance.subnetId === undefined ? [] : [instance.subnetId],
      securityGroupIds: instance.securityGroupIds,
      raw: instance,
    };
  }

  const found = await getLoadBalancer(session, instanceId, ctx);
  if (found === undefined) throw missing('DescribeLoadBalancerAttribute', instanceId, session.region);

  const { loadBalancer, listeners } = found;
  if (loadBalancer.scheme !== 'internal') throw notInternal(instanceId);

  const listener = listeners.find((one) => one.port === port);
  if (listener === undefined) {
    const has = listeners.map((one) => `${one.protocol} ${one.port}`).join(', ') || 'none';
    throw new CloudError('NOT_FOUND', `${instanceId} has no listener on port ${port}; it has ${has}`, {
      operation: 'DescribeLoadBalancerAttribute',
      remedy: 'Write a port that it listens on, or give it a listener.',
    });
  }

  return {
    ...base,
    name: loadBalancer.name || undefined,
    networkId: loadBalancer.networkId,
    resourceType: 'clb',
    protocol: listener.protocol,
    subnetIds: loadBalancer.subnetIds,
    raw: loadBalancer.raw,
  };
}

async function createTarget(
  session: Session,
  linkId: string,
  ref: TargetRef,
  owner: Owner,
  ctx: CallContext,
): Promise<Target> {
  const parsed = parseBackendRef(ref);
  const link = await requireInstance(session, linkId, ctx);
  const vpcId = link.ConnectVpcId || undefined;
  if (parsed.kind === 'address') {
    if (isIntegration(link)) return addressTarget(parsed, vpcId);

    throw new UnsupportedError(
      `${linkId} is not a VPC integration instance, and cannot call ${parsed.address} by itself`,
      {
        remedy: 'Authorize the address in its VPC manually, or name the ECS or CLB instance behind it.',
      },
    );
  }

  const backend = inNetwork(await resolveBackend(session, parsed, ctx), vpcId);
  const triple = { vpcId: backend.networkId ?? '', instanceId: parsed.instanceId, port: parsed.port };
  const access = accessTarget(await setVpcAccess(session, triple, owner, ctx));
  return {
    ...access,
    protocol: backend.protocol,
    subnetIds: backend.subnetIds,
    securityGroupIds: backend.securityGroupIds,
  };
}

async function updateTarget(
  session: Session,
  linkId: string,
  id: string,
  ref: TargetRef,
  ctx: CallContext,
): Promise<Target> {
  const parsed = parseBackendRef(ref);
  const link = await requireInstance(session, linkId, ctx);
  const [access] = isPlainId(id) ? [] : await listVpcAccesses(session, ctx, { name: id });
  if (access === undefined) {
    throw new CloudError('NOT_FOUND', `authorization ${id} does not exist`, { operation: 'DescribeVpcAccesses' });
  }
  if (access.owner === undefined) {
    throw new InvalidInputError('NOT_OURS', `authorization ${id} is not managed by this project`, {
      remedy: 'It is unmanaged, or belongs to another project, and is never changed.',
    });
  }

  const backend = inNetwork(await resolveBackend(session, parsed, ctx), link.ConnectVpcId || undefined);
  const instanceId = parsed.kind === 'address' ? parsed.address : parsed.instanceId;
  const triple = { vpcId: backend.networkId ?? access.vpcId, instanceId, port: parsed.port };
  const same = access.vpcId === triple.vpcId && access.instanceId === instanceId && access.port === parsed.port;
  return accessTarget(same ? access : await modifyVpcAccess(session, access, triple, ctx));
}

function accessesOf(session: Session, parsed: ParsedBackendRef, vpcId: string | undefined, ctx: CallContext) {
  const instanceId = parsed.kind === 'address' ? parsed.address : parsed.instanceId;
  return listVpcAccesses(session, ctx, { instanceId, port: parsed.port, ...defined({ vpcId }) });
}

async function networkOf(session: Session, linkId: string, ctx: CallContext): Promise<string | undefined> {
  return (await getInstance(session, linkId, ctx))?.ConnectVpcId || undefined;
}

function inNetwork(target: Target, networkId: string | undefined): Target {
  const [error] = wrongNetwork(target.resourceId ?? target.id, target.networkId, networkId);
  if (error !== undefined) throw error;

  return target.networkId === undefined && networkId !== undefined ? { ...target, networkId } : target;
}

function missing(operation: string, id: string, region: string): CloudError {
  return new CloudError('NOT_FOUND', `${id} does not exist in ${region}`, {
    operation,
    remedy: 'Check the ID, the region and the account.',
  });
}
