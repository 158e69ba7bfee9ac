import { blockHas } from '../../../vpc/request/text-rules.js';
import { addressOfInstance, findInstance, findVpc } from '../../../vpc/network.js';
import { findLoadBalancer } from '../../../slb/load-balancer.js';
import type { AlibabaRegionState } from '../../../state/region-state.js';
import type { VpcTriple } from '../request/find.js';
import { say } from '../request/parameters.js';
import { isPort } from '../../../../simulation/ports.js';

const PRIVATE_BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** Whether a text is a private IPv4 address. */
export function isPrivateAddress(text: string): boolean {
  return /^\d+(\.\d+){3}$/.test(text) && PRIVATE_BLOCKS.some((block) => blockHas(block, text));
}

/** What an authorization's instance is, by its form. */
export function targetKind(instanceId: string): 'ECS' | 'SLB' | 'ADDRESS' | undefined {
  if (instanceId.startsWith('i-')) return 'ECS';
  if (instanceId.startsWith('lb-')) return 'SLB';

  return isPrivateAddress(instanceId) ? 'ADDRESS' : undefined;
}

/**
 * The private address behind an authorization's instance; undefined when the instance was deleted or is not
 * in a VPC.
 */
export function addressOfTarget(state: AlibabaRegionState, instanceId: string): string | undefined {
  const kind = targetKind(instanceId);
  if (kind === 'ADDRESS') return instanceId;
  if (kind === 'SLB') {
    const balancer = findLoadBalancer(state, instanceId);
    return balancer?.AddressType === 'intranet' ? balancer.Address : undefined;
  }

  const instance = kind && findInstance(state, instanceId);
  return instance && addressOfInstance(state, instance);
}

/** The VPC of an ECS instance or load balancer. */
function vpcOfTarget(state: AlibabaRegionState, instanceId: string): string | undefined {
  return targetKind(instanceId) === 'SLB'
    ? findLoadBalancer(state, instanceId)?.VpcId
    : findInstance(state, instanceId)?.vpcId;
}

/**
 * An authorization's VPC must exist; its instance must be an ECS instance or an internal load balancer in it, or any
 * private address.
 * @throws {AlibabaError} `InvalidVpcId`, `InvalidInstanceId`, `InvalidPort`
 * @see https://www.alibabacloud.com/help/doc-detail/179362.htm
 */
export function checkVpcTarget(state: AlibabaRegionState, { VpcId, InstanceId, Port }: VpcTriple): void {
  if (!findVpc(state, VpcId)) throw say.invalid('VpcId', 'The specified VpcId does not exist.');
  if (!isPort(Port)) throw say.invalid('Port');

  const kind = targetKind(InstanceId);
  if (!kind) throw say.invalid('InstanceId');
  if (kind === 'ADDRESS') return;
  if (vpcOfTarget(state, InstanceId) !== VpcId) {
    throw say.invalid('InstanceId', 'The specified InstanceId does not exist in the specified VpcId.');
  }
  if (kind === 'SLB' && findLoadBalancer(state, InstanceId)?.AddressType !== 'intranet') {
    throw say.invalid('InstanceId', 'The specified InstanceId is not an internal load balancer.');
  }
}
