import type { CallContext, Egress, SeenBy } from '@postern/core/internal/library';
import { formatPrefix, parsePrefix } from '@postern/core/internal/cidr';
import { isIntegration, listInstances, requireInstance, type InstanceOutput } from './instance.js';
import { listInterfaces, toInterface, type InterfaceOutput } from '../../network/nat.js';
import { flagOf, isWord } from '../../client/plain.js';
import type { Session } from '../../client/session.js';
import { listVpcAccesses, type VpcAccess } from './vpc-access.js';

/**
 * The source addresses of an instance's calls. The blocks of an integration instance's vSwitches stay for as
 * long as it exists. Its addresses are those of interfaces that look like its own, since no API shows which
 * are. A conventional instance calls from blocks of Alibaba Cloud's own space: an old one and, after a
 * change of the instance type, a new one. Allow both.
 * @throws {CloudError} `NOT_FOUND`
 */
export async function readEgress(session: Session, linkId: string, ctx: CallContext): Promise<Egress> {
  const instance = await requireInstance(session, linkId, ctx);
  const { ConnectVpcId: vpcId } = instance;
  if (!isIntegration(instance) || vpcId === undefined || vpcId === '') {
    return { ...conventional(instance), seenBy: await sourceAddressesOf(session, undefined, ctx) };
  }

  const [{ instances }, interfaces, rows] = await Promise.all([
    listInstances(session, ctx),
    listInterfaces(session, [vpcId], ctx),
    sourceAddressesOf(session, vpcId, ctx),
  ]);
  return { ...toEgress(instance, instances, interfaces), seenBy: rows };
}

/** An instance's egress from what was read, without what its targets see. `instances` are all that may share its vSwitches. */
export function toEgress(
  instance: InstanceOutput,
  instances: readonly InstanceOutput[],
  interfaces: readonly InterfaceOutput[],
): Egress {
  if (!isIntegration(instance)) return conventional(instance);

  const places = placesOf(instance);
  const own = interfaces.flatMap((row) => {
    const how = ownerOf(row, instances);
    return how !== undefined && how.id === instance.InstanceId
      ? [{ ...toInterface(row, how.id), how: how.confidence }]
      : [];
  });
  return {
    linkId: instance.InstanceId ?? '',
    addresses: own.flatMap(({ addresses }) => addresses),
    prefixes: [...new Set(places.map(({ cidrBlock }) => cidrBlock))].flatMap(canonical),
    securityGroupIds: [...new Set(places.map(({ securityGroupId }) => securityGroupId))],
    stability: 'momentary',
    // Their description is free text. The service does not guarantee it.
    confidence: 'candidate',
    seenBy: [],
  };
}

/** The instance that an interface serves, as far as it can be determined. */
export function ownerOf(
  row: InterfaceOutput,
  instances: readonly InstanceOutput[],
): { readonly id: string; readonly confidence: 'described' | 'alone' } | undefined {
  if (!flagOf(row.ServiceManaged) || isWord(row.Type, 'primary')) return undefined;

  const groups = row.SecurityGroupIds?.SecurityGroupId ?? [];
  const possible = instances.filter((instance) =>
    placesOf(instance).some(
      ({ vSwitchId, securityGroupId }) => vSwitchId === row.VSwitchId && groups.includes(securityGroupId),
    ),
  );
  const described = possible.find(
    ({ InstanceId }) => InstanceId !== undefined && row.Description?.includes(InstanceId),
  );
  if (described?.InstanceId !== undefined) return { id: described.InstanceId, confidence: 'described' };

  // With several instances in one vSwitch with one group, the owner cannot be determined. An address too
  // many would allow too much.
  const [only] = possible;
  return possible.length === 1 && only?.InstanceId !== undefined
    ? { id: only.InstanceId, confidence: 'alone' }
    : undefined;
}

function placesOf({ NetworkInterfaceAttributes }: InstanceOutput) {
  return (NetworkInterfaceAttributes?.NetworkInterfaceAttribute ?? []).map((row) => ({
    cidrBlock: row.CidrBlock ?? '',
    vSwitchId: row.VswitchId ?? '',
    securityGroupId: row.SecurityGroupId ?? '',
  }));
}

function conventional(instance: InstanceOutput): Egress {
  const old = split(instance.VpcEgressAddress);
  const young = split(instance.NewVpcEgressAddress).filter((block) => !old.includes(block));
  return {
    linkId: instance.InstanceId ?? '',
    addresses: [],
    prefixes: [...old, ...young],
    securityGroupIds: [],
    stability: 'stable',
    ...(young.length === 0 ? {} : { prefixNotes: Object.fromEntries(young.map((block) => [block, 'new'])) }),
    seenBy: [],
  };
}

/** A value may be blank, one address, one block, or several between commas. */
function split(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(/[,;\s]+/)
    .filter((part) => part !== '')
    .flatMap((part) => canonical(part.includes('/') ? part : `${part}/32`));
}

function canonical(text: string): readonly string[] {
  try {
    return [formatPrefix(parsePrefix(text))];
  } catch {
    return [];
  }
}

/** What backends see, for each authorization of the VPC. */
async function sourceAddressesOf(
  session: Session,
  vpcId: string | undefined,
  ctx: CallContext,
): Promise<readonly SeenBy[]> {
  const accesses = await listVpcAccesses(session, ctx, vpcId === undefined ? {} : { vpcId });
  return sourceAddressRows(accesses);
}

/** What the targets of authorizations see; in general where there is none. */
export function sourceAddressRows(accesses: readonly VpcAccess[]): readonly SeenBy[] {
  if (accesses.length === 0)
    return [{ target: 'ECS instances and addresses', source: 'link', because: DIRECT }, BALANCED];

  return accesses.map(({ name, instanceId }) =>
    instanceId.startsWith('lb-') ? { ...BALANCED, target: name } : { target: name, source: 'link', because: DIRECT },
  );
}

const DIRECT = "the gateway's own interfaces call it, so it sees their addresses";
const BALANCED: SeenBy = {
  target: 'CLB instances',
  source: 'link',
  because:
    'a CLB instance, and its access control list, see the gateway; servers behind a TCP listener see it too, behind an HTTP listener in X-Forwarded-For',
};
