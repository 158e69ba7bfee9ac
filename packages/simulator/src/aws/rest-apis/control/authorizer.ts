import type { Authorizer } from '@aws-sdk/client-api-gateway';
import { ofList, type AwsCall, type MemberLimit } from '../../operation/operation.js';
import type { AuthorizerRow, RestApiRow } from './state.js';
import { tooMany } from './api/api.js';
import { badRequest, conflict, notFound } from './words.js';
import { API, collection } from './collection.js';
import { rule, readMember, readNumber, textMember, withMember, type PatchTable } from './patch.js';

/** Seconds. @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html */
const LONGEST_TTL = 3600;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer.html (JWT, since 2026-11-17) */
const AUTHORIZER_TYPES: readonly string[] = ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS', 'JWT'];

/** The authorization type of the methods that an authorizer serves. */
export function authorizationTypeOf({ type = 'TOKEN' }: Authorizer): string {
  return type === 'TOKEN' || type === 'REQUEST' ? 'CUSTOM' : type;
}

/** Whether a type of authorizers exists. @throws {ServiceError} BadRequestException */
export function authorizerType(value: string | undefined): string {
  if (value !== undefined && AUTHORIZER_TYPES.includes(value)) return value;

  throw ofList(badRequest(`Invalid authorizer type specified: ${value ?? ''}`)); // [U]
}

/** What an authorizer is made of; lengths of its texts are not published. */
const AUTHORIZER_LIMITS: Readonly<Record<string, MemberLimit>> = {
  type: { values: AUTHORIZER_TYPES },
};

/** A new authorizer with its defaults. A TTL that is not given is absent from answers, and 300 in effect. */
export function newAuthorizer(call: AwsCall, input: Omit<Authorizer, 'id'> & { readonly name: string }): AuthorizerRow {
  const authType = authorizationTypeOf(input).toLowerCase();
  return { ...input, id: call.id('', 6, 'base36'), authType: input.authType ?? authType };
}

/**
 * Sets an authorizer of an API, new or changed.
 * @throws {ServiceError} BadRequestException; LimitExceededException beyond the quota
 */
export function setAuthorizer(call: AwsCall, api: Pick<RestApiRow, 'authorizers'>, row: AuthorizerRow): void {
  const isNew = !api.authorizers.has(row.id);
  if (isNew && api.authorizers.size >= call.quota('authorizers-per-rest-api')) throw tooMany('Authorizers');

  checkAuthorizer(call, api, row);
  api.authorizers.set(row.id, row);
}

/**
 * Refuses an authorizer that the service would refuse.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html
 * @see https://github.com/aws/aws-cdk/issues/13711 (names)
 * @throws {ServiceError} BadRequestException; sentences without a source are marked
 */
function checkAuthorizer(call: AwsCall, api: Pick<RestApiRow, 'authorizers'>, row: AuthorizerRow): void {
  if (row.name === '') throw badRequest('Authorizer name cannot be empty'); // [U]

  const twin = [...api.authorizers.values()].some(({ id, name }) => id !== row.id && name === row.name);
  if (twin) throw badRequest(`Authorizer name must be unique. Authorizer ${row.name} already exists in this RestApi.`);

  const ttl = row.authorizerResultTtlInSeconds ?? 0;
  if (!Number.isInteger(ttl) || ttl < 0 || ttl > LONGEST_TTL) {
    throw badRequest(`Authorizer result TTL must be between 0 and ${LONGEST_TTL} seconds`); // [U]
  }

  if (row.type === 'COGNITO_USER_POOLS') checkPools(row);
  else if (authorizationTypeOf(row) === 'CUSTOM') checkFunction(call, row);
}

/**
 * A URI may have blanks: LocalStack, snapshot test_apigateway_with_custom_authorization_method.
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/1757
 */
function checkFunction(call: AwsCall, { type, authorizerUri = '', identitySource = '', ...row }: AuthorizerRow): void {
  const [, partition] =
    /^arn:(aws[a-z-]*):apigateway:[a-z]{2}(?:-[a-z]+)+-\d:lambda:path\/.+\/invocations$/.exec(authorizerUri) ?? [];
  if (partition !== call.partition) {
    throw badRequest(
      `Invalid Authorizer URI: ${authorizerUri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    );
  }
  if (type === 'TOKEN' && !/^method\.request\.header\.[^\s,]+$/.test(identitySource)) {
    throw badRequest('Identity source must be a request header for an authorizer of type TOKEN'); // [U]
  }
  // The sentence is that of HTTP APIs: https://github.com/hashicorp/terraform-provider-aws/pull/32629
  if (type === 'REQUEST' && identitySource === '' && row.authorizerResultTtlInSeconds !== 0) {
    throw badRequest('Identity source must be set if authorizer caching is enabled (TTL is greater than 0)');
  }
}

/** The sentences are [U]. */
function checkPools({ providerARNs = [], identitySource = '' }: AuthorizerRow): void {
  const pools = providerARNs.every((arn) => /^arn:[^:]+:cognito-idp:[^:]+:\d{12}:userpool\/\S+$/.test(arn));
  if (providerARNs.length === 0 || !pools) throw badRequest('Invalid Cognito Identity Provider ARN specified');
  if (identitySource === '') throw badRequest('Identity source must be set for an authorizer of user pools');
}

/**
 * Refuses to delete an authorizer that a method of the working copy uses.
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/14812
 * @throws {ServiceError} ConflictException
 */
function checkUnused(api: RestApiRow, { id, name }: AuthorizerRow): void {
  for (const { path, methods } of api.resources.values()) {
    for (const { httpMethod, authorizerId } of methods.values()) {
      if (authorizerId !== id) continue;

      throw conflict(`Cannot delete authorizer '${name}', is referenced in method: ${httpMethod}/${path}`);
    }
  }
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<AuthorizerRow> = {
  '/name': readMember('name', (value) => value ?? ''),
  '/type': readMember('type', authorizerType),
  '/authType': textMember('authType'),
  '/authorizerUri': textMember('authorizerUri'),
  '/authorizerCredentials': textMember('authorizerCredentials'),
  '/identitySource': textMember('identitySource'),
  '/identityValidationExpression': textMember('identityValidationExpression'),
  '/authorizerResultTtlInSeconds': readMember('authorizerResultTtlInSeconds', readNumber),
  '/providerARNs': rule(['add', 'remove'], (row, { op, value = '' }) => {
    const others = (row.providerARNs ?? []).filter((arn) => arn !== value);
    return withMember(row, 'providerARNs', op === 'add' ? [...others, value] : others);
  }),
};

/** Authorizers: a Lambda function, user pools of Cognito, or issuers of tokens. None is called. Methods that were deployed keep the old one. */
export const authorizerOperations = collection({
  name: 'Authorizer',
  of: API,
  rows: 'authorizers',
  key: ['authorizerId', ({ id }) => id],
  // An unknown API has the same sentence [I], as with request validators.
  unknown: () => notFound('Invalid Authorizer identifier specified'),
  hidesOwner: true,
  // The service's answer for an unknown API, here of all operations.
  absentForNew: () => conflict('Unable to complete operation due to concurrent modification. Please try again later.'),
  limits: AUTHORIZER_LIMITS,
  create: (call, _, input) => newAuthorizer(call, input),
  patch: TABLE,
  checked(call, api, row) {
    setAuthorizer(call, api, row);
    return row;
  },
  unused: checkUnused,
});
