import { keptAddresses } from '../../cidr/reserved.js';
import type { LoadBalancer } from '../../model/load-balancer.js';
import type { Instance, NetworkInterface } from '../../model/network.js';
import type { Found, Missing } from '../../world/views.js';
import { refusedOr } from '../../world/index/gap-facts.js';
import { readBlock } from '../block-set.js';
import { unseenInterfaces } from './interface-at.js';
import type { End, Place } from '../end.js';
import { isMachineId, listsMachines, machineStop } from '../machine.js';
import { readSpan, spanText, type Span } from '../span.js';
import { unknownStep, type Step } from '../step.js';
import type { World } from '../world.js';
import { cloudTraits } from '../../kinds/cloud/clouds.js';
import { balancerEnds } from './balancer-ends.js';

/** Who has an address of a network. */
export interface Owned {
  readonly end: End;
  /** Set where the address is a load balancer's. */
  readonly balancer?: LoadBalancer | undefined;
  /**
   * Set where the owner does not take calls, or where that is unknown: a stopped instance, a load balancer
   * that was not read.
   */
  readonly doubt?: Step | undefined;
}

/** An interface's address as an end. */
export function interfaceEnd(world: World, one: NetworkInterface, span: Span): End {
  return {
    text: spanText(span),
    span,
    ...placed(world, one.subnetId),
    networkId: one.networkId,
    groups: world.groupSet(one.securityGroupIds),
    behindNetworkAcl: true,
    owner: one.attachedTo ?? one.id,
  };
}

/**
 * The interface at which an instance is called: of several, the primary one. Undefined where no interface is
 * found; unknown where it cannot be determined which is primary.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html
 *   (Request routing and IP addresses)
 */
export function primaryInterface(world: World, id: string): Found<NetworkInterface> | undefined {
  const all = world.interfacesOf(id);
  const candidates = all.filter(({ primary }) => primary !== false);
  const value = all.find(({ primary }) => primary === true) ?? candidates[0];
  if (value !== undefined && (value.primary === true || candidates.length === 1)) return { is: 'found', value };
  if (all.length === 0) return undefined;
  const missing = refusedOr(world.index, 'interfaces', undefined, {
    what: `the primary network interface of ${id}`,
    remedy: 'Take the snapshot again with `postern snapshot`, which reads the primary interface.',
  });
  return { is: 'unknown', missing };
}

/** An instance's address as an end: by its interface where that is known, which has more facts. */
export function instanceEnd(world: World, instance: Instance, span: Span): End {
  const { networkId, subnetId, securityGroupIds, id } = instance;
  const own = networkId === undefined ? undefined : world.interfaceAt(networkId, spanText(span));
  if (own !== undefined) return interfaceEnd(world, own, span);
  return {
    text: spanText(span),
    span,
    ...(subnetId === undefined ? {} : placed(world, subnetId)),
    networkId,
    groups: world.groupSet(securityGroupIds),
    behindNetworkAcl: true,
    owner: id,
  };
}

/**
 * The owner of an address of a network. The address counts as unused only where the snapshot shows all
 * possible owners.
 */
export function ownerOf(world: World, networkId: string, span: Span): Owned | 'unused' | Missing {
  const address = spanText(span);
  const own = world.interfaceAt(networkId, address);
  if (own !== undefined) {
    const end = interfaceEnd(world, own, span);
    if (own.inUse === false) return { end, doubt: unattached(own, address) };
    const found = own.attachedTo === undefined ? undefined : world.index.find('loadBalancers', own.attachedTo);
    if (found?.is === 'found') return { end, balancer: found.value };
    if (own.attachedTo?.includes(':loadbalancer/') === true) return { end, doubt: unreadBalancer(world, own) };
    return { end, doubt: machineStop(world, own.attachedTo) ?? ofService(world, own) };
  }
  const balancer = world.balancerAt(networkId, address);
  if (balancer !== undefined) {
    const end = balancerEnds(world, balancer).find((one) => one.span.start === span.start);
    if (end !== undefined) return { end, balancer };
  }
  const instance = world.instanceAt(networkId, address);
  if (instance !== undefined) {
    return { end: instanceEnd(world, instance, span), doubt: machineStop(world, instance.id) };
  }
  const missing = world.index.all('interfaces').missing ?? unseenInterfaces(world.index, networkId, address);
  if (isKept(world, networkId, span)) return 'unused';
  // Where instances are listed besides interfaces, there are resources with addresses that are not interfaces
  // of the user.
  if (missing === undefined && !listsMachines(world.index.region)) return 'unused';
  if (missing?.failed === true) return missing;
  const remedy = `Check by hand that ${address} is in use, and the security groups and network ACLs in front of it.`;
  const unseen = missing ?? { what: `the owner of ${address} in ${networkId} (no interface has it)`, remedy };
  return refusedOr(world.index, 'instances', undefined, refusedOr(world.index, 'loadBalancers', undefined, unseen));
}

/**
 * Whether a cloud, where not every address has a network interface, reserves an address of a subnet: see
 * {@link keptAddresses}.
 */
function isKept(world: World, networkId: string, span: Span): boolean {
  const { addressesAreInterfaces, reserves } = cloudTraits(world.index.region);
  if (span.family !== 4 || addressesAreInterfaces || reserves === undefined) return false;
  const block = readBlock(world.placeOf(networkId, span)?.subnet.cidrBlock ?? '');
  if (block === undefined) return false;
  const value = BigInt(span.start);
  return keptAddresses(block, reserves).ranges.some(({ first, last }) => first.value <= value && value <= last.value);
}

/** Load balancers are read where a target names one, or with the whole region. */
function unreadBalancer({ index }: World, { attachedTo: id = '', addresses }: NetworkInterface): Step {
  const remedy = `Declare a listener of the load balancer as the target instead of ${addresses[0] ?? 'its address'}, or check a snapshot of the whole region (\`postern snapshot\`).`;
  const what = `the listeners and targets of load balancer ${id}`;
  const missing = index.missing('loadBalancers', id);
  return unknownStep(
    'path/load-balancer',
    'load balancer',
    { kind: 'load balancer', id },
    missing?.failed === true ? { ...missing, what } : { what, remedy },
  );
}

/**
 * An interface that is not attached: its addresses do not answer.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describenetworkinterfaceattribute (Status)
 */
function unattached({ id }: NetworkInterface, address: string): Step {
  return {
    check: 'path/route',
    hop: 'target',
    verdict: 'fail',
    tell: () => ({
      kind: 'interface',
      id,
      text: `has ${address}, and is not attached`,
      why: { code: 'INTERFACE_UNATTACHED', params: { interface: id, address } },
    }),
  };
}

/**
 * An interface that a service created, such as a load balancer: what the service does with calls cannot be
 * determined.
 */
function ofService(world: World, one: NetworkInterface): Step | undefined {
  const { id, addresses, managed, linkId } = one;
  if (linkId !== undefined || (managed !== true && !isOfOther(world, one))) return undefined;
  return unknownStep(
    'path/load-balancer',
    'target',
    { kind: 'interface', id },
    {
      what: `how the service that owns interface ${id} handles calls to ${addresses[0] ?? 'it'}`,
      remedy:
        'Declare a target that Postern reads (a CLB instance, an ECS instance) for the service, or check by hand that it answers.',
    },
  );
}

/**
 * Whether an interface belongs to something other than an instance, such as an ALB, where addresses of other things are not interfaces
 * of the user: `alb-…` as its owner.
 */
function isOfOther({ index }: World, { attachedTo }: NetworkInterface): boolean {
  if (attachedTo === undefined || cloudTraits(index.region).addressesAreInterfaces) return false;
  return !isMachineId(attachedTo) && index.find('instances', attachedTo).is !== 'found';
}

/** The IPv4 addresses of a list; its IPv6 ones where it has no others. */
export function firstFamily(addresses: readonly string[]): readonly Span[] {
  const spans = addresses.flatMap((text) => readSpan(text) ?? []);
  const four = spans.filter(({ family }) => family === 4);
  return four.length > 0 ? four : spans;
}

export function placeOf(world: World, subnetId: string): Place | undefined {
  const found = world.place(subnetId);
  return found.is === 'found' ? found.value : undefined;
}

/** A subnet as a member of an end, or why it is not known. */
function placed(world: World, subnetId: string): Pick<End, 'place' | 'unplaced'> {
  const found = world.place(subnetId);
  if (found.is === 'found') return { place: found.value };
  return found.is === 'unknown' ? { unplaced: found.missing } : {};
}
