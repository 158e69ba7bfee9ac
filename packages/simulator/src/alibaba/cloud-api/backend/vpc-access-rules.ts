import { findVpc } from '../../vpc/network.js';
import { findLoadBalancer } from '../../slb/load-balancer.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { targetKind, vpcOfTarget } from './backend-address.js';
import type { VpcTriple } from '../request/find.js';
import { say } from '../request/words.js';

/**
 * An authorization's VPC must exist; its instance must be an ECS instance or an internal load balancer in it, or any
 * private address.
 * @throws {AlibabaError} `InvalidVpcId`, `InvalidInstanceId`, `InvalidPort`
 * @see https://www.alibabacloud.com/help/doc-detail/179362.htm
 */
export function checkVpcTarget(state: AlibabaRegionState, { VpcId, InstanceId, Port }: VpcTriple): void {
  if (!findVpc(state, VpcId)) throw say.invalid('VpcId', 'The specified VpcId does not exist.');
  if (Port < 1 || Port > 65_535) throw say.invalid('Port');
  const kind = targetKind(InstanceId);
  if (!kind) throw say.invalid('InstanceId');
  if (kind === 'ADDRESS') return;
  if (vpcOfTarget(state, InstanceId) !== VpcId) {
    throw say.invalid('InstanceId', 'The specified InstanceId does not exist in the specified VpcId.');
  }
  if (kind === 'SLB' && findLoadBalancer(state, InstanceId)?.addressType !== 'intranet') {
    throw say.invalid('InstanceId', 'The specified InstanceId is not an internal load balancer.');
  }
}
