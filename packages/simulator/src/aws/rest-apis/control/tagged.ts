import { ownValue } from '../../../simulation/own-value.js';
import type { Tagged, Tags } from '../../api-gateway/tag-rules.js';
import type { AwsCall } from '../../operation/operation.js';
import { getCertificate } from './client-certificate.js';
import { getDomain } from './domain/mapping-rules.js';
import { getApi, getStage, getVpcLink } from './collection.js';
import { getKey, getPlan } from './usage/key-rules.js';
import { badRequest, notFound } from './words.js';

/** Finds a tagged resource, by the first part of its path: `restapis`, `vpclinks`, … */
const KINDS: Readonly<Record<string, (call: AwsCall, id: string) => Tagged>> = {
  restapis: (call, id) => {
    const api = getApi(call, id);
    return {
      tags: api.fields.tags,
      replace: (tags) => {
        api.fields = { ...api.fields, tags };
      },
    };
  },
  vpclinks: (call, id) => {
    const row = getVpcLink(call, id);
    return { tags: row.tags, replace: (tags) => call.state.restApi.vpcLinks.set(id, { ...row, tags }) };
  },
  /** A private domain name is named with its ID: `example.com+abcdef1234`. */
  domainnames: (call, id) => {
    const [domainName = '', domainNameId] = id.split('+');
    const row = getDomain(call, { domainName, domainNameId });
    const replace = (tags: Tags) =>
      call.state.restApi.domainNames.set(domainName, { ...row, fields: { ...row.fields, tags } });
    return { tags: row.fields.tags, replace };
  },
  usageplans: (call, id) => {
    const row = getPlan(call, id);
    const replace = (tags: Tags) => call.state.restApi.usagePlans.set(id, { ...row, fields: { ...row.fields, tags } });
    return { tags: row.fields.tags, replace };
  },
  apikeys: (call, id) => {
    const row = getKey(call, id);
    return { tags: row.tags, replace: (tags) => call.state.restApi.apiKeys.set(id, { ...row, tags }) };
  },
  clientcertificates: (call, id) => {
    const row = getCertificate(call, id);
    return { tags: row.tags, replace: (tags) => call.state.restApi.clientCertificates.set(id, { ...row, tags }) };
  },
};

/**
 * Finds the resource that an ARN names: an API, a stage, a V1 link, a domain name, a usage plan, an API
 * key or a client certificate.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 * @throws {ServiceError} BadRequestException for a text that is not such an ARN, NotFoundException for a
 * resource that does not exist
 */
export function findTagged(call: AwsCall, arn: string | undefined): Tagged {
  const [, partition, region, account, kind = '', id = '', below = ''] =
    /^arn:([^:]*):apigateway:([^:]*):(\d*):\/([^/]+)\/([^/]+)(\/.*)?$/.exec(arn ?? '') ?? [];
  const own = account === '' || account === call.account;
  // [U] both messages
  if (partition !== call.partition || region !== call.region || !own) {
    throw badRequest(`Invalid ARN specified: ${arn ?? ''}`);
  }

  const find = below === '' ? ownValue(KINDS, kind) : undefined;
  if (find) return find(call, id);

  const [, stageName] = /^\/stages\/([^/]+)$/.exec(below) ?? [];
  if (kind === 'restapis' && stageName !== undefined) return taggedStage(call, id, stageName);

  throw notFound(`Resource not found: ${arn ?? ''}`);
}

function taggedStage(call: AwsCall, id: string, name: string): Tagged {
  const api = getApi(call, id);
  const stage = getStage(api, name);
  return { tags: stage.tags, replace: (tags) => api.stages.set(stage.stageName, { ...stage, tags }) };
}
