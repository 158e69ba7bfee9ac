import type { AwsCall, TimerHandlers } from '../../operation/call.js';
import type { LoadBalancerRow } from '../../load-balancing/state.js';
import type { VpcLinkV1Row } from '../state.js';

/**
 * From the call until the endpoint service is created for the target, or the link fails; simulated
 * milliseconds [I].
 */
const ENDPOINT_SERVICE_MS = 30_000;
/**
 * From the call until the link is AVAILABLE: "2 to 4 minutes".
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-api-with-vpclink-cli.html
 */
export const V1_PROVISIONING_MS = 180_000;
/** From the call until the link is deleted and its target is released [I]. */
export const V1_DELETION_MS = 120_000;

type Status = VpcLinkV1Row['fields']['status'];

const MESSAGES = {
  /** Recorded in LocalStack's snapshot test_vpc_link_lifecycle. */
  available: 'Your vpc link is ready for use',
  /** @see https://github.com/hashicorp/terraform-provider-aws/issues/30910 */
  malformed: 'NLB ARN is malformed',
  /** @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1951 */
  provisioning:
    'NLB is not in active state. If you recently created this NLB, please wait for it to become active and try again.',
  /** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-api-with-vpclink-cli.html */
  occupied: 'NLB is already associated with another VPC Endpoint Service',
  /** [U] */
  missing: 'NLB does not exist',
} as const;

/** Starts to provision a link that is PENDING. */
export function startProvisioning(call: AwsCall, id: string): void {
  call.after(ENDPOINT_SERVICE_MS, 'vpc-link-v1.service', { id });
  call.after(V1_PROVISIONING_MS, 'vpc-link-v1.available', { id });
}

/** Starts to delete a link. It has no status message then [U]. */
export function startDeletion(call: AwsCall, row: VpcLinkV1Row): void {
  const { statusMessage: _, ...fields } = row.fields;
  put(call, { ...row, fields: { ...fields, status: 'DELETING' } });
  call.after(V1_DELETION_MS, 'vpc-link-v1.gone', { id: fields.id });
}

function put(call: AwsCall, row: VpcLinkV1Row): void {
  call.state.restApi.vpcLinks.set(row.fields.id, row);
}

function find(call: AwsCall, id: string | number | undefined, status: Status): VpcLinkV1Row | undefined {
  const row = call.state.restApi.vpcLinks.get(String(id));
  return row?.fields.status === status ? row : undefined;
}

/** The link takes its target by an endpoint service: a network load balancer has room for one. */
function makeEndpointService(call: AwsCall, row: VpcLinkV1Row): void {
  const target = targetOf(call, row);
  if (typeof target === 'string') {
    return put(call, { ...row, fields: { ...row.fields, status: 'FAILED', statusMessage: target } });
  }
  const endpointServiceId = call.id('vpce-svc-');
  target.heldBy.push(endpointServiceId);
  put(call, { ...row, endpointServiceId });
}

/** The load balancer that a link can take, or the message of the link's failure. */
function targetOf(call: AwsCall, { fields }: VpcLinkV1Row): LoadBalancerRow | string {
  const { failingVpcLinks } = call.state.restApi;
  const planned = failingVpcLinks.get(fields.name) ?? failingVpcLinks.get('*');
  if (planned !== undefined) return planned;
  const [arn = ''] = fields.targetArns;
  if (!/^arn:[^:]+:elasticloadbalancing:[^:]+:\d{12}:loadbalancer\/net\/[^/]+\/[^/]+$/.test(arn)) {
    return MESSAGES.malformed;
  }
  const target = call.state.loadBalancing.loadBalancers.get(arn);
  if (target === undefined) return MESSAGES.missing;
  if (!target.state.startsWith('active')) return MESSAGES.provisioning;
  return target.heldBy.length > 0 ? MESSAGES.occupied : target;
}

function release(call: AwsCall, { fields, endpointServiceId }: VpcLinkV1Row): void {
  for (const arn of fields.targetArns) {
    const target = call.state.loadBalancing.loadBalancers.get(arn);
    if (target) target.heldBy = target.heldBy.filter((holder) => holder !== endpointServiceId);
  }
}

/**
 * State changes of V1 links over time. Each handler checks the state first, since the link may be
 * DELETING.
 */
export const vpcLinkV1Timers: TimerHandlers = {
  'vpc-link-v1.service': (call, { id }) => {
    const row = find(call, id, 'PENDING');
    if (row) makeEndpointService(call, row);
  },
  'vpc-link-v1.available': (call, { id }) => {
    const row = find(call, id, 'PENDING');
    if (row) put(call, { ...row, fields: { ...row.fields, status: 'AVAILABLE', statusMessage: MESSAGES.available } });
  },
  'vpc-link-v1.gone': (call, { id }) => {
    const row = find(call, id, 'DELETING');
    if (!row) return;
    release(call, row);
    call.state.restApi.vpcLinks.delete(row.fields.id);
  },
};
