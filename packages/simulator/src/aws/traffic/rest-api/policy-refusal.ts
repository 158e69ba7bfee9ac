import { partitionOf } from '../../operation/partition.js';
import { verdictOf } from './resource-policy.js';
import type { Refusal, Visit } from './visit.js';

/**
 * Refuses a call that the API's resource policy denies, or does not allow where only it can. A private API without a
 * policy allows no calls. A signed call of a method with IAM is allowed by the caller's own permissions, too.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function policyRefusal({
  ground,
  view,
  stage,
  copy,
  route,
  call,
  request,
  vpcEndpointId,
}: Visit): Refusal | undefined {
  const isPrivate = view.fields.endpointConfiguration?.types?.[0] === 'PRIVATE';
  if (copy.policy === undefined && !isPrivate) return undefined;
  const { account, region } = ground;
  const place = `${view.fields.id}/${stage.stageName}/${call.method}${request.path}`;
  const prefix = `arn:${partitionOf(region.name)}:execute-api:${region.name}:`;
  const asked = { arn: `${prefix}${account}:${place}`, sourceIp: call.sourceIp, vpcEndpointId };
  const verdict = verdictOf(copy, asked);
  if (verdict === 'allow') return undefined;
  if (verdict === 'unsaid' && route.method.authorizationType === 'AWS_IAM' && !isPrivate) return undefined;
  const shown = `${prefix}********${account.slice(-4)}:${place}`; // the account as the service shows it
  const explicit = verdict === 'deny' ? ' with an explicit deny' : '';
  return {
    type: 'ACCESS_DENIED',
    outcome: 'unauthorized',
    because: `The resource policy of API ${view.fields.id} ${verdict === 'deny' ? 'denies' : 'does not allow'} the call.`,
    message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${shown}${explicit}`,
  };
}
