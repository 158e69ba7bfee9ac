import { defined } from '../../../../../simulation/defined.js';
import type { Model, EndpointConfiguration } from '@aws-sdk/client-api-gateway';
import { checkModelName, checkSchema } from '../../model.js';
import { badRequest } from '../../words.js';
import { attempt, type Import, type ImportMode } from '../draft.js';
import { isObject, list, object, text, type Json, checkMembers, extension, isTrue, number } from '../extensions.js';
import type { AwsCall } from '../../../../operation/operation.js';
import type { RestApiFields } from '../../state.js';
import { checkApi, storedPolicy } from '../../api/api.js';
import { checkedEndpoint, type Endpoint } from '../../api/references.js';
import { withMember } from '../../patch.js';
import type { OpenApiDocument } from '../document.js';

const REFERENCE = /^#\/(?:components\/schemas|definitions)\/([^/]+)$/;

/** The types of schemas that cannot be models. */
const PLAIN: readonly string[] = ['string', 'number', 'integer', 'boolean'];

/** Adds the document's schemas as models. A model of the same name keeps its ID. */
export function importModels(task: Import): void {
  for (const [name, schema] of Object.entries(task.document.schemas)) {
    attempt(task.report, `Unable to create model for '${name}'`, () => {
      checkModelName(name);
      setModel(task, name, schema);
    });
  }
}

/**
 * The model of a body: the one that its schema refers to, or a new one, whose name is [I]. A reference to nothing and a
 * schema of a plain value are ignored, with a warning.
 * @see https://github.com/amazon-archives/aws-apigateway-importer/issues/202
 * @param where `201 response to method 'POST /pets'`
 */
export function modelOfSchema(task: Import, schema: Json | undefined, where: string): string | undefined {
  if (!isObject(schema)) return undefined;

  const { call, api, report } = task;
  const [, named] = REFERENCE.exec(text(schema['$ref']) ?? '') ?? [];
  if (named !== undefined && api.models.has(named)) return named;
  if (named !== undefined) {
    report.warnings.push(`Reference to model '${named}' not found. Ignoring.`);
    return undefined;
  }

  const type = text(schema['type']) ?? '';
  if (PLAIN.includes(type)) {
    const name = `${type.charAt(0).toUpperCase()}${type.slice(1)}Schema`;
    report.warnings.push(`Unsupported model type '${name}' in ${where}. Ignoring.`);
    return undefined;
  }

  const name = `MODEL${call.id('', 6)}`;
  setModel(task, name, schema);
  return name;
}

/** @throws {ServiceError} BadRequestException for a schema that is not an object, or that refers to an absent one */
function setModel({ call, api, document }: Import, name: string, schema: Json | undefined): void {
  const missing = references(schema).filter((each) => !Object.hasOwn(document.schemas, each));
  if (missing.length > 0) {
    const errors = missing.map((each) => `Invalid model specified: ${each}`).join(', ');
    throw badRequest(`Invalid model specified: Validation Result: warnings : [], errors : [${errors}]`);
  }

  const description = text(object(schema)['description']);
  const row: Model = {
    id: api.models.get(name)?.id ?? call.id('', 6, 'base36'),
    name,
    ...defined({ description }),
    contentType: 'application/json',
    schema: JSON.stringify(rewritten(schema, api.fields.id), undefined, 2),
  };
  checkSchema(row);
  api.models.set(name, row);
}

/** A schema that refers to models by their addresses. */
function rewritten(value: Json | undefined, apiId: string): Json | undefined {
  if (Array.isArray(value)) return list(value as readonly Json[]).map((item) => rewritten(item, apiId) ?? null);
  if (!isObject(value)) return value;

  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const [, name] = (key === '$ref' ? REFERENCE.exec(text(item) ?? '') : undefined) ?? [];
      const address = `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;
      return [key, name === undefined ? rewritten(item, apiId) : address];
    }),
  );
}

/** The names of the models that a schema refers to. */
function references(value: Json | undefined): string[] {
  if (Array.isArray(value)) return list(value as readonly Json[]).flatMap(references);
  if (!isObject(value)) return [];

  return Object.entries(value).flatMap(([key, item]) => {
    const [, name] = (key === '$ref' ? REFERENCE.exec(text(item) ?? '') : undefined) ?? [];
    return name === undefined ? references(item) : [name];
  });
}

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

/** Reads what a document says of the API itself. */
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
