import type { EndpointConfiguration } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../../../operation/operation.js';
import type { RestApiFields } from '../../state.js';
import { checkApi, storedPolicy } from '../../api/api.js';
import { checkedEndpoint, type Endpoint } from '../../api/references.js';
import { withMember } from '../../patch.js';
import { badRequest } from '../../words.js';
import type { OpenApiDocument } from '../document.js';
import type { ImportMode } from '../draft.js';
import { checkMembers, extension, isObject, isTrue, list, number, object, text, type Json } from '../extensions.js';
import { defined } from '../../../../../simulation/defined.js';

/** What a document says of the API itself. */
export interface ApiInfo {
  readonly name?: string;
  readonly description?: string;
  readonly version?: string;
  readonly apiKeySource?: 'HEADER' | 'AUTHORIZER';
  readonly binaryMediaTypes?: string[];
  readonly minimumCompressionSize?: number;
  /** As JSON. */
  readonly policy?: string;
  readonly disableExecuteApiEndpoint?: boolean;
  readonly vpcEndpointIds?: string[];
}

/**
 * Reads what a document says of the API itself.
 */
export function apiInfo({ root }: OpenApiDocument): ApiInfo {
  const info = object(root['info']);
  const types = extension(root, 'binary-media-types');
  return defined<{ [K in keyof ApiInfo]: ApiInfo[K] | undefined }>({
    name: text(info['title']),
    description: text(info['description']),
    version: text(info['version']),
    apiKeySource: keySource(extension(root, 'api-key-source')),
    binaryMediaTypes: types === undefined ? undefined : list(types).flatMap((type) => text(type) ?? []),
    minimumCompressionSize: number(extension(root, 'minimum-compression-size')),
    policy: policyOf(extension(root, 'policy')),
    ...endpointInfo([root, ...list(root['servers'])]),
  }) as ApiInfo;
}

/**
 * The API's fields after an import. What `overwrite` does to settings that the document does not name is [I], after
 * what Terraform sets again: they return to their defaults.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/rest_api.go
 * @throws {ServiceError} BadRequestException
 */
export function importedFields(call: AwsCall, fields: RestApiFields, info: ApiInfo, mode: ImportMode): RestApiFields {
  const { name = fields.name, vpcEndpointIds, policy, binaryMediaTypes, ...rest } = info;
  const known = mode === 'merge' ? fields : withoutSettings(fields);
  const types = [...new Set([...(known.binaryMediaTypes ?? []), ...(binaryMediaTypes ?? [])])];
  const imported: RestApiFields = {
    ...known,
    ...rest,
    name,
    ...(types.length > 0 && { binaryMediaTypes: types }),
    ...(policy !== undefined && { policy: storedPolicy(call, fields.id, policy) }),
    ...(vpcEndpointIds && { endpointConfiguration: endpoint(known.endpointConfiguration, vpcEndpointIds) }),
  };
  checkApi(imported);
  return imported;
}

function withoutSettings(fields: RestApiFields): RestApiFields {
  const {
    description: _d,
    version: _v,
    binaryMediaTypes: _b,
    minimumCompressionSize: _m,
    policy: _p,
    ...rest
  } = fields;
  return {
    ...rest,
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    endpointConfiguration: withMember(rest.endpointConfiguration ?? {}, 'vpcEndpointIds', undefined),
  };
}

function endpoint(known: EndpointConfiguration | undefined, vpcEndpointIds: string[]): Endpoint {
  return checkedEndpoint({ ...(known as Endpoint), vpcEndpointIds });
}

/** The endpoint configuration, of the document or of one of its servers. */
function endpointInfo(places: readonly Json[]): Pick<ApiInfo, 'disableExecuteApiEndpoint' | 'vpcEndpointIds'> {
  const own = places.map((place) => extension(object(place), 'endpoint-configuration')).find(isObject);
  if (!own) return {};

  checkMembers('endpoint-configuration', own, ['disableExecuteApiEndpoint', 'vpcEndpointIds']);
  const ids = own['vpcEndpointIds'];
  return {
    ...(own['disableExecuteApiEndpoint'] !== undefined && {
      disableExecuteApiEndpoint: isTrue(own['disableExecuteApiEndpoint']),
    }),
    ...(ids !== undefined && { vpcEndpointIds: list(ids).flatMap((id) => text(id) ?? []) }),
  };
}

function policyOf(value: Json | undefined): string | undefined {
  return value === undefined || value === null ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
}

function keySource(value: Json | undefined): 'HEADER' | 'AUTHORIZER' | undefined {
  const source = text(value)?.toUpperCase();
  if (source === undefined || source === 'HEADER' || source === 'AUTHORIZER') return source;

  throw badRequest(`Invalid API key source specified: ${source}`); // [U]
}
