import type { AwsCall } from '../../operation/operation.js';
import { getDomain } from '../../rest-apis/control/domain/mapping-rules.js';
import { getApi, getStage, getVpcLink } from './request.js';
import { tagCheck, type Tagged, type Tags } from '../../api-gateway/tag-rules.js';
import { badRequest, notFound } from '../../api-gateway/words.js';

/** Refuses tags that no resource may have; the length of values is from the service's model. */
export const checkTags = tagCheck(1600);

/**
 * Finds the resource that an ARN names: a link, a domain name, an API or a stage of one.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 * @throws {ServiceError} BadRequestException for a text that is not such an ARN, NotFoundException for a
 * resource that does not exist
 */
export function findTagged(call: AwsCall, arn: string | undefined): Tagged {
  const [, partition, region, path = ''] = /^arn:([^:]*):apigateway:([^:]*)::(\/.*)$/.exec(arn ?? '') ?? [];
  if (partition !== call.partition || region !== call.region) throw badRequest(`Invalid resource ARN: ${arn ?? ''}`);

  const [, kind, id, below, name, ...more] = path.split('/');
  if (kind === 'domainnames' && below === undefined) return taggedDomain(call, id ?? '');
  if (kind === 'vpclinks' && below === undefined) return taggedLink(call, id);
  if (kind === 'apis' && below === undefined) return taggedApi(call, id);
  if (kind === 'apis' && below === 'stages' && name !== undefined && more.length === 0)
    return taggedStage(call, id, name);

  throw notFound(`Resource not found: ${arn ?? ''}`);
}

function taggedLink(call: AwsCall, id: string | undefined): Tagged {
  const row = getVpcLink(call, id);
  const replace = (Tags: Tags) => {
    call.state.apiGateway.vpcLinks.set(row.fields.VpcLinkId, { ...row, fields: { ...row.fields, Tags } });
  };
  return { tags: row.fields.Tags, replace };
}

function taggedDomain(call: AwsCall, domainName: string): Tagged {
  const row = getDomain(call, { domainName });
  const replace = (tags: Tags) =>
    call.state.restApi.domainNames.set(domainName, { ...row, fields: { ...row.fields, tags } });
  return { tags: row.fields.tags, replace };
}

function taggedApi(call: AwsCall, id: string | undefined): Tagged {
  const api = getApi(call, id);
  const replace = (Tags: Tags) => {
    api.fields = { ...api.fields, Tags };
  };
  return { tags: api.fields.Tags, replace };
}

function taggedStage(call: AwsCall, id: string | undefined, name: string): Tagged {
  const api = getApi(call, id);
  const stage = getStage(api, name);
  return { tags: stage.Tags, replace: (Tags) => api.stages.set(stage.StageName, { ...stage, Tags }) };
}
