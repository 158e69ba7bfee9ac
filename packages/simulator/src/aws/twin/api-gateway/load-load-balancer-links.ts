import { defined } from '../../../simulation/defined.js';
import type { Link, RegionSnapshot } from '@postern/core/internal/library';
import type { AwsCall } from '../../operation/operation.js';
import { startProvisioning, V1_DELETION_MS } from '../../rest-apis/control/vpc-link.js';
import type { VpcLinkV1Row } from '../../rest-apis/control/state.js';
import type { Lack } from '../lack.js';

const STATUSES: readonly VpcLinkV1Row['fields']['status'][] = ['AVAILABLE', 'PENDING', 'DELETING', 'FAILED'];

/**
 * V1 links in the states that they were in, and on their way. A link that is AVAILABLE or DELETING holds the endpoint
 * service of its load balancer.
 */
export function loadLoadBalancerLinks(call: AwsCall, { links }: RegionSnapshot, lack: Lack): void {
  for (const link of links) {
    if (link.kind !== 'vpc-link-v1') continue;

    const row = linkRow(link, lack);
    call.state.restApi.vpcLinks.set(link.id, hold(call, row));
    if (row.fields.status === 'PENDING') startProvisioning(call, link.id);
    if (row.fields.status === 'DELETING') call.after(V1_DELETION_MS, 'vpc-link-v1.gone', { id: link.id });
  }
}

function linkRow({ id, name, nativeState, reason, loadBalancerIds = [], tags }: Link, lack: Lack): VpcLinkV1Row {
  const status = STATUSES.find((word) => word === nativeState);
  if (status === undefined) lack(`${id} is ${nativeState}, which is not simulated: it is FAILED`);
  return {
    fields: {
      id,
      name,
      targetArns: [...loadBalancerIds],
      status: status ?? 'FAILED',
      ...defined({ statusMessage: reason }),
    },
    tags: { ...tags },
  };
}

/** A load balancer that is not in the snapshot is not held. */
function hold(call: AwsCall, row: VpcLinkV1Row): VpcLinkV1Row {
  const target = call.state.loadBalancing.loadBalancers.get(row.fields.targetArns[0] ?? '');
  const holds = row.fields.status === 'AVAILABLE' || row.fields.status === 'DELETING';
  if (target === undefined || !holds) return row;

  const endpointServiceId = call.id('vpce-svc-');
  target.heldBy.push(endpointServiceId);
  return { ...row, endpointServiceId };
}
