import type {
  DocumentationPart,
  DocumentationPartLocation,
  DocumentationPartType,
  DocumentationVersion,
} from '@aws-sdk/client-api-gateway';
import type { AwsCall, MemberLimit } from '../operation/operation.js';
import type { RestApiRow, RestStageRow } from './state.js';
import { tooMany } from './api/api.js';
import { badRequest, conflict, notFound } from './words.js';
import { isJsonObject } from './model.js';
import { withMember } from './patch.js';

type Field = 'path' | 'method' | 'statusCode' | 'name';

/**
 * What each type is located by, in the order of the service's sentence.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_DocumentationPartLocation.html
 */
const FIELDS: Readonly<Record<DocumentationPartType, readonly Field[]>> = {
  RESPONSE_BODY: ['path', 'method', 'statusCode'],
  RESPONSE: ['path', 'method', 'statusCode'],
  METHOD: ['path', 'method'],
  MODEL: ['name'],
  AUTHORIZER: ['name'],
  RESPONSE_HEADER: ['path', 'method', 'statusCode', 'name'],
  RESOURCE: ['path'],
  PATH_PARAMETER: ['path', 'method', 'name'],
  REQUEST_BODY: ['path', 'method', 'name'],
  QUERY_PARAMETER: ['path', 'method', 'name'],
  API: [],
  REQUEST_HEADER: ['path', 'method', 'name'],
};

export const PART_LIMITS: Readonly<Record<string, MemberLimit>> = {
  'location.type': { values: Object.keys(FIELDS) },
  'location.statusCode': { pattern: /^([1-5]\d\d|\*|\s*)$/ },
};

/** A documentation part as it is stored. */
export type PartRow = DocumentationPart & { readonly id: string; readonly location: DocumentationPartLocation };

/** Whether a text is a type of documentation parts. */
function isPartType(type: unknown): type is DocumentationPartType {
  return typeof type === 'string' && Object.hasOwn(FIELDS, type);
}

export function partNotFound() {
  return notFound('Invalid Documentation part identifier specified');
}

/**
 * A new documentation part. The path is `/` by default; the other members of a location stay absent.
 * @throws {ServiceError} BadRequestException [U]
 */
export function newPart(call: AwsCall, { location, properties = '' }: Omit<DocumentationPart, 'id'>): PartRow {
  const place = placed(location ?? { type: undefined });
  checkProperties(properties);
  return { id: call.id('', 6, 'base36'), location: place, properties };
}

/**
 * Refuses a part where the location has one already.
 * @see https://github.com/deliveryhero/serverless-aws-documentation/pull/121
 * @throws {ServiceError} ConflictException
 */
export function checkNoTwin({ documentationParts }: RestApiRow, { location }: PartRow): void {
  const key = locationKey(location);
  if ([...documentationParts.values()].every((part) => locationKey(part.location) !== key)) return;
  throw conflict(`Documentation part already exists for the specified location: ${shown(location)}`);
}

/** @throws {ServiceError} LimitExceededException */
export function checkPartQuota(call: AwsCall, { documentationParts }: RestApiRow): void {
  const most = call.quota('documentation-parts-per-rest-api');
  if (documentationParts.size >= most) throw tooMany('Documentation parts');
}

/** Properties are a JSON object. The sentence is [U]. */
export function checkProperties(properties: string): void {
  if (!isJsonObject(properties)) throw badRequest('Documentation part properties must be a JSON object');
}

/**
 * An empty member is not given: Terraform's provider sends all of them.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/documentation_part.go
 */
function placed({
  type,
  ...given
}: DocumentationPartLocation): DocumentationPartLocation & { type: DocumentationPartType } {
  const location: Partial<Record<Field, string>> = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== ''),
  );
  if (!isPartType(type)) throw badRequest(`Invalid documentation part type specified: ${type ?? 'null'}`);
  const fields = FIELDS[type];
  const known: readonly string[] = fields;
  const odd = Object.keys(location).find((name) => !known.includes(name));
  if (odd !== undefined) throw badRequest(`Invalid location for type ${type}: ${odd} is not supported`);
  if (fields.includes('name') && type !== 'REQUEST_BODY' && !location.name) {
    throw badRequest(`Invalid location for type ${type}: name is required`);
  }
  return { ...location, type, ...(fields.includes('path') && { path: location.path ?? '/' }) };
}

/** Locations are the same if they differ only in `*`, the default of methods and statuses. */
export function locationKey(location: DocumentationPartLocation | undefined): string {
  const { type, path, method = '*', statusCode = '*', name } = location ?? {};
  return JSON.stringify([type, path, method, statusCode, name]);
}

/** `type 'METHOD', path '/', method 'GET'`; beyond the type [I]. */
function shown(location: DocumentationPartLocation): string {
  const names = ['type', 'path', 'method', 'statusCode', 'name'] as const;
  return names.flatMap((name) => (location[name] === undefined ? [] : [`${name} '${location[name]}'`])).join(', ');
}

/** @see https://github.com/deliveryhero/serverless-aws-documentation/pull/174 */
export const unknownVersion = () => notFound('Invalid Documentation version specified');

/** A version as it is shown: without an empty description. */
export function versionFields(
  version: string,
  createdDate: Date,
  description: string | undefined,
): DocumentationVersion & { readonly version: string } {
  return { version, createdDate, ...(description !== undefined && description !== '' && { description }) };
}

/** A stage with a version of the documentation; an empty text takes it away. @throws {ServiceError} NotFoundException [I] */
export function withVersion(api: RestApiRow, stage: RestStageRow, version: string): RestStageRow {
  if (version !== '' && !api.documentationVersions?.has(version)) throw unknownVersion();
  return withMember(stage, 'documentationVersion', version === '' ? undefined : version);
}
