import type { AwsCall } from '../call.js';
import { getApi, getStage, getVpcLink } from './find.js';
import { badRequest, notFound } from './words.js';

type Tags = Record<string, string>;

const LARGEST_KEY = 128;
const LARGEST_VALUE = 1600;
const MOST_TAGS = 50;

/**
 * Refuses tags that no resource of API Gateway may have. The length of values is limited by its own model.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html#tag-conventions
 * @throws {ServiceError} BadRequestException; the messages are [U]
 */
export function checkTags(tags: Tags | undefined): Tags {
  const entries = Object.entries(tags ?? {});
  if (entries.length > MOST_TAGS) throw badRequest(`A resource can have at most ${MOST_TAGS} tags`);
  for (const [key, value] of entries) {
    if (/^aws:/i.test(key)) throw badRequest(`Tag keys cannot start with the reserved prefix aws: ${key}`);
    if (key.length < 1 || key.length > LARGEST_KEY)
      throw badRequest(`Tag keys must have 1 to ${LARGEST_KEY} characters`);
    if (value.length > LARGEST_VALUE) throw badRequest(`Tag values must have at most ${LARGEST_VALUE} characters`);
  }
  return { ...tags };
}

/** A resource that carries tags, by its ARN. */
export interface Tagged {
  readonly tags: Tags;
  readonly replace: (tags: Tags) => void;
}

/**
 * Finds the resource that an ARN names: a link, an API or a stage of one.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 * @throws {ServiceError} BadRequestException for a text that is not such an ARN, NotFoundException for a
 * resource that does not exist
 */
export function findTagged(call: AwsCall, arn: string | undefined): Tagged {
  const [, partition, region, path = ''] = /^arn:([^:]*):apigateway:([^:]*)::(\/.*)$/.exec(arn ?? '') ?? [];
  if (partition !== call.partition || region !== call.region) throw badRequest(`Invalid resource ARN: ${arn ?? ''}`);
  const [, kind, id, below, name, ...more] = path.split('/');
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
