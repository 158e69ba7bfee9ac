import { calledTargetReasons } from '../reasons/load-balancer.js';
import { keptAddresses } from '../../../cidr/reserved.js';
import type { Endpoint } from '../../../do/model/routing.js';
import type { LoadBalancer } from '../../../do/model/load-balancer.js';
import type { NetworkInterface } from '../../../do/model/network.js';
import type { Found, Missing } from '../../../do/world/views.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import { readBlock } from '../model/group-set.js';
import { unseenInterfaces, instanceEnd, interfaceEnd } from './interface-end.js';
import { failStep, type End, unknownStep, type PathStep } from '../model/step.js';
import { isMachineId, listsMachines, machineStop } from '../machine.js';
import { spanText, type Span } from '../model/span.js';
import type { World } from '../model/world.js';
import { balancerEnds } from './balancer-ends.js';

/** Who has an address of a network. */
export interface AddressOwner {
  readonly end: End;
  /** Set where the address is a load balancer's. */
  readonly balancer?: LoadBalancer | undefined;
  /** Set where the address is an interface's of an endpoint. */
  readonly endpoint?: Endpoint | undefined;
  /**
   * Set where the owner does not take calls, or where that is unknown: a stopped instance, a load balancer
   * that was not read.
   */
  readonly doubt?: PathStep | undefined;
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

/**
 * The owner of an address of a network. The address counts as unused only where the snapshot shows all
 * possible owners.
 */
export function ownerOf(world: World, networkId: string, span: Span): AddressOwner | 'unused' | Missing {
  const address = spanText(span);
  const own = world.interfaceAt(networkId, address);
  if (own !== undefined) {
    const end = interfaceEnd(world, own, span);
    if (own.inUse === false) return { end, doubt: unattached(own, address) };

    const found = own.attachedTo === undefined ? undefined : world.index.find('loadBalancers', own.attachedTo);
    if (found?.is === 'found') return { end, balancer: found.value };
    if (own.attachedTo?.includes(':loadbalancer/') === true) return { end, doubt: unreadBalancer(world, own) };

    const endpoint = world.index.group('endpoints', 'interface', ({ interfaceIds }) => interfaceIds).get(own.id)?.[0];
    if (endpoint !== undefined) return { end, endpoint };

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
  if (missing === undefined && !listsMachines(world.index)) return 'unused';
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
  const { addressesAreInterfaces, reserved } = world.index.clouds.network(world.index.region);
  if (span.family !== 4 || addressesAreInterfaces || reserved === undefined) return false;

  const block = readBlock(world.placeOf(networkId, span)?.subnet.cidrBlock ?? '');
  if (block === undefined) return false;

  const value = BigInt(span.start);
  return keptAddresses(block, reserved.subnets).ranges.some(
    ({ first, last }) => first.value <= value && value <= last.value,
  );
}

/** Load balancers are read where a target names one, or with the whole region. */
function unreadBalancer({ index }: World, { attachedTo: id = '', addresses }: NetworkInterface): PathStep {
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
function unattached({ id }: NetworkInterface, address: string): PathStep {
  return failStep('path/route', 'target', () => ({
    kind: 'interface',
    id,
    text: `has ${address}, and is not attached`,
    ...calledTargetReasons.INTERFACE_UNATTACHED({ interface: id, address }),
  }));
}

/**
 * An interface that a service created, such as a load balancer: what the service does with calls cannot be determined.
 */
function ofService(world: World, one: NetworkInterface): PathStep | undefined {
  const { id, addresses, attachedTo, managed, linkId } = one;
  const what = { kind: 'interface', id };
  if (isEndpoint(attachedTo)) {
    const remedy = 'Take the snapshot again with `postern snapshot`, which reads endpoints.';
    const missing = world.index.missing('endpoints') ?? { what: `the endpoint of interface ${id}`, remedy };
    return unknownStep('path/endpoint', 'endpoint', what, missing);
  }
  if (linkId !== undefined || (managed !== true && !isOfOther(world, one))) return undefined;

  return unknownStep('path/load-balancer', 'target', what, {
    what: `how the service that owns interface ${id} handles calls to ${addresses[0] ?? 'it'}`,
    remedy: `Declare a target that Postern reads (${readableTargets(world)}) for the service, or check by hand that it answers.`,
  });
}

/** EC2 marks the interfaces of endpoints by their description only. */
export function isEndpoint(owner = ''): boolean {
  return owner.startsWith('VPC Endpoint Interface');
}

/** What a spec can name on the cloud instead of an address. */
function readableTargets({ index: { clouds, region } }: World): string {
  const { targets = {} } = clouds.named(region.provider) ?? {};
  const named = Object.values(targets).flatMap(({ addressed }) => addressed?.examples ?? []);
  return named.join(', ') || Object.keys(targets).join(', ');
}

/**
 * Whether an interface belongs to something other than an instance, such as an ALB, where addresses of other things are not interfaces
 * of the user: `alb-…` as its owner.
 */
function isOfOther({ index }: World, { attachedTo }: NetworkInterface): boolean {
  if (attachedTo === undefined || index.clouds.network(index.region).addressesAreInterfaces) return false;

  return !isMachineId(attachedTo) && index.find('instances', attachedTo).is !== 'found';
}
