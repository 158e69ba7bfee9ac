import { rowBy } from '../../../simulation/raise.js';
import type { AwsCall, AnyOperation } from '../../operation/operation.js';
import type { ApiRow } from './state.js';
import { WORDS, badRequest, notFound } from '../../api-gateway/words.js';
import type * as sdk from '@aws-sdk/client-apigatewayv2';
import { familyOf, type GivenFamily, page } from '../../operation/family.js';
import { getDomain } from '../../rest-apis/control/domain/mapping-rules.js';
import { tagCheck, type Tagged, type Tags } from '../../api-gateway/tag-rules.js';

/** Rows by ID or name. Each function @throws {ServiceError} NotFoundException */
export const getApi = rowBy(
  (call: AwsCall) => call.state.apiGateway.apis,
  (id, call) => WORDS.apiNotFound(call.account, id),
);
export const getIntegration = rowBy((api: ApiRow) => api.integrations, WORDS.integrationNotFound);
export const getRoute = rowBy((api: ApiRow) => api.routes, WORDS.routeNotFound);
export const getStage = rowBy((api: ApiRow) => api.stages, WORDS.stageNotFound);
export const getDeployment = rowBy((api: ApiRow) => api.deployments, WORDS.deploymentNotFound);
export const getVpcLink = rowBy((call: AwsCall) => call.state.apiGateway.vpcLinks, WORDS.vpcLinkNotFound);

/**
 * IAM identifies API Gateway's operations by their HTTP methods.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
 */
const METHODS: readonly (readonly [RegExp, string])[] = [
  [/^(Get|Export)/, 'GET'],
  [/^(Create|TagResource)/, 'POST'],
  [/^(Import|Reimport)/, 'PUT'],
  [/^Update/, 'PATCH'],
  [/^(Delete|UntagResource)/, 'DELETE'],
];

/** Operations of API Gateway V2, with the permissions that they need. */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({
  service: 'apigatewayv2',
  permission: (name) => `apigateway:${METHODS.find(([pattern]) => pattern.test(name))?.[1] ?? 'POST'}`,
  gateways: ['DomainName', 'ApiId'],
});

/** `MaxResults` (a string in this API) and `NextToken`. */
export interface ListInput {
  readonly MaxResults?: string | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * One page of a list: 25 items by default, at most 500. The bounds are those of REST APIs; for V2 none are
 * published [U].
 * @param list the operation's name, and the API's id where there is one
 */
export function listPage<T>(
  rows: Iterable<T>,
  input: ListInput,
  list: string,
  key: (row: T) => string,
): { Items: T[]; NextToken?: string | undefined } {
  const { items, next } = page(
    [...rows],
    { size: input.MaxResults, token: input.NextToken },
    { service: 'apigatewayv2', list, defaultSize: 25, largest: 500, key },
  );
  return next === undefined ? { Items: items } : { Items: items, NextToken: next };
}

/**
 * How this service updates a row: members that are left out stay, an empty string clears.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigatewayv2/integration.go
 */
export function patch<T extends object>(row: T, changes: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const result: Record<string, unknown> = Object.fromEntries(Object.entries(row));
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') delete result[name];
    else if (value !== undefined) result[name] = value;
  }
  return result as T;
}

/** The same for a map: entries that are left out stay, an empty value removes its entry. */
export function patchMap(
  map: Readonly<Record<string, string>> | undefined,
  changes: Readonly<Record<string, string>> | undefined,
): Record<string, string> | undefined {
  if (changes === undefined) return map && { ...map };

  const entries = Object.entries({ ...map, ...changes }).filter(([, value]) => value !== '');
  return entries.length > 0 || map !== undefined ? Object.fromEntries(entries) : undefined;
}

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
