import type { CreateVpcLinkRequest } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import { checkTags } from '../api/tags.js';
import type { Given } from '../../state/given.js';
import type { VpcLinkV1Row } from '../state.js';
import { LINK_WORDS } from './words.js';

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
