import type { CreateVpcLinkRequest } from '@aws-sdk/client-api-gateway';
import type { AwsCall, TimerHandlers } from '../../operation/operation.js';
import type { LoadBalancerRow } from '../../load-balancing/state.js';
import type { VpcLinkV1Row, ResourceRow, RestApiRow } from './state.js';
import { badRequest } from './words.js';
import { checkTags } from './api/api.js';
import type { Given } from '../../state/given.js';
import type { ApiRow } from '../../http-apis/control/state.js';

/**
 * From the call until the endpoint service is created for the target, or the link fails; simulated milliseconds [I].
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
  if (!target.fields.State.Code.startsWith('active')) return MESSAGES.provisioning;

  return target.heldBy.length > 0 ? MESSAGES.occupied : target;
}

function release(call: AwsCall, { fields, endpointServiceId }: VpcLinkV1Row): void {
  for (const arn of fields.targetArns) {
    const target = call.state.loadBalancing.loadBalancers.get(arn);
    if (target) target.heldBy = target.heldBy.filter((holder) => holder !== endpointServiceId);
  }
}

/** State changes of V1 links over time. Each handler checks the state first, since the link may be DELETING. */
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

export const LINK_WORDS = {
  /** This and the next are recorded in LocalStack's snapshot test_create_vpc_link_invalid_parameters. */
  name: () => badRequest('Name cannot be empty'),
  malformedArn: (arn: string) => badRequest(`Invalid ARN. ARN is not well formed ${arn}`),
  /** This and the next: @see https://github.com/hashicorp/terraform-provider-aws/pull/2512 */
  oneTarget: () => badRequest('More than one target arn specified for vpc link.'),
  targetsFixed: () => badRequest('Target arns are not allowed to be changed/added.'),
  /** [U] */
  noTarget: () => badRequest('No target arn specified for vpc link.'),
  /** @see https://github.com/hashicorp/terraform-provider-aws/issues/40500 (V2; V1 has the same words) */
  tooMany: (limit: number) => badRequest(`There are too many Vpc Links defined for this account. Limit is ${limit}.`),
  /** @see https://github.com/klothoplatform/klotho/issues/202 */
  usedByStages: (id: string, users: readonly string[]) => referenced(id, users, 'RESTApiId:Method:Resource:Stage'),
  /** The service's words on V2 links name the method and the resource; the API's ID before them is [I]. */
  usedByApis: (id: string, users: readonly string[]) => referenced(id, users, 'RESTApiId:Method:Resource'),
} as const;

function referenced(id: string, users: readonly string[], form: string) {
  return badRequest(
    `Cannot delete vpc link. Vpc link '${id}', is referenced in [${users.join(', ')}] in format of [${form}].`,
  );
}

/**
 * A V1 link that is PENDING, or the refusal of a request that is refused at once. Whether the target is
 * a network load balancer that the link can use shows only later, in the link's status.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 * @throws {ServiceError} BadRequestException, for the quota, too
 */
export function newLink(call: AwsCall, input: Given<CreateVpcLinkRequest>): VpcLinkV1Row {
  const { name, description, targetArns } = input;
  checkName(name);
  const [arn, ...others] = targetArns;
  if (arn === undefined) throw LINK_WORDS.noTarget();
  if (others.length > 0) throw LINK_WORDS.oneTarget();
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(arn)) throw LINK_WORDS.malformedArn(arn);

  const tags = checkTags(input.tags);
  const limit = call.quota('vpc-links-v1');
  if (call.state.restApi.vpcLinks.size >= limit) throw LINK_WORDS.tooMany(limit);

  return {
    fields: {
      id: call.id('', 6, 'base36'),
      name,
      ...(description !== undefined && description !== '' && { description }),
      targetArns: [arn],
      status: 'PENDING',
    },
    tags,
  };
}

/** @throws {ServiceError} BadRequestException */
export function checkName(name: string | undefined): string {
  if (name === undefined || name === '') throw LINK_WORDS.name();

  return name;
}

/** A method whose integration names a VPC link, of either version. */
interface PrivateMethod {
  readonly resourceId: string;
  readonly verb: string;
  readonly linkId: string;
}

/**
 * The methods that name a link itself. A stage variable (`${stageVariables.link}`) is not followed, as
 * the service does not follow it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function privateMethods(resources: ReadonlyMap<string, ResourceRow>): PrivateMethod[] {
  return [...resources.values()].flatMap(({ id: resourceId, methods }) =>
    [...methods].flatMap(([verb, { methodIntegration }]) => {
      const { connectionType, connectionId: linkId } = methodIntegration ?? {};
      if (connectionType !== 'VPC_LINK' || linkId === undefined || linkId.includes('${')) return [];

      return [{ resourceId, verb, linkId }];
    }),
  );
}

/**
 * Refuses to delete a V1 link that is in use: in a REST API, or in an integration of a WebSocket API [I].
 * @throws {ServiceError} BadRequestException
 */
export function checkUnused(call: AwsCall, id: string): void {
  const sockets = [...call.state.apiGateway.apis.values()].flatMap((api) => integrationsWith(api, id));
  checkUnusedByRestApis(call, id, sockets);
}

/**
 * Refuses to delete a link, of either version, that a REST API uses: in a deployment that a stage points to,
 * or in its working copy. That the service protects a V2 link in the same words is [U].
 * @param others what else uses the link
 * @throws {ServiceError} BadRequestException
 */
export function checkUnusedByRestApis(call: AwsCall, id: string, others: readonly string[] = []): void {
  const apis = [...call.state.restApi.apis.values()];
  const deployed = apis.flatMap((api) => stagesWith(api, id));
  if (deployed.length > 0) throw LINK_WORDS.usedByStages(id, deployed);

  const users = [...apis.flatMap((api) => methodsWith(api, id)), ...others];
  if (users.length > 0) throw LINK_WORDS.usedByApis(id, users);
}

function methodsWith({ fields, resources }: RestApiRow, id: string): string[] {
  return privateMethods(resources)
    .filter(({ linkId }) => linkId === id)
    .map(({ verb, resourceId }) => `${fields.id}:${verb}:${resourceId}`);
}

/** The deployed methods with the link, by stage. A canary's deployment is one that its stage points to. */
function stagesWith({ fields, stages, deployments }: RestApiRow, id: string): string[] {
  return [...stages.values()].flatMap(({ stageName, deploymentId, canarySettings }) =>
    [...new Set([deploymentId, canarySettings?.deploymentId ?? deploymentId])]
      .flatMap((deployment) => privateMethods(deployments.get(deployment)?.copy.resources ?? new Map()))
      .filter(({ linkId }) => linkId === id)
      .map(({ verb, resourceId }) => `${fields.id}:${verb}:${resourceId}:${stageName}`),
  );
}

function integrationsWith({ fields, integrations }: ApiRow, id: string): string[] {
  return [...integrations.values()]
    .filter(({ ConnectionType, ConnectionId }) => ConnectionType === 'VPC_LINK' && ConnectionId === id)
    .map(({ IntegrationMethod, IntegrationId }) => `${fields.ApiId}:${IntegrationMethod ?? 'ANY'}:${IntegrationId}`);
}
