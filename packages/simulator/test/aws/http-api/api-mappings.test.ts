import { it } from 'vitest';
import { answers } from '../../answers.js';
import { BAD, CONFLICT, refused } from '../rest-api/rest-world.js';
import { domainWorld, NAME } from './domain-world.js';

const TAKEN = 'ApiMapping key already exists for this domain name';
const ENDS = "API mapping key should not end with a '/'.";
const SLASHES = "API mapping key should not start with a '/' or have consecutive '/'s.";
const CHARACTERS = "An API mapping key may contain only letters, numbers and one of $-_.+!*'(), characters.";
const STAGE = 'Invalid stage identifier specified';
const UNMIXED = 'Currently, WebSocket APIs can only be attached to a domain name with other WebSocket APIs.';

async function mapped(quotas: Record<string, number> = {}) {
  const world = await domainWorld({ quotas });
  await world.create();
  return world;
}

// https://github.com/floci-io/floci/pull/2390 has the recorded sentences; others are named.
it.each([
  ['an unknown API', { api: 'zzzzzzzzzz' }, BAD, 'Invalid API identifier specified 111122223333:zzzzzzzzzz'],
  // https://github.com/aws/aws-cdk/issues/9078
  ['an unknown stage', { stage: 'nosuchstage' }, BAD, STAGE],
  // https://github.com/aws/aws-cdk/issues/22660
  ['a key that is taken', { key: 'v1' }, CONFLICT, TAKEN],
  ['a slash', { key: '/' }, BAD, ENDS],
  ['a slash at the end', { key: 'a/' }, BAD, ENDS],
  ['a slash at the start', { key: '/a' }, BAD, SLASHES],
  ['two slashes', { key: 'a//b' }, BAD, SLASHES],
  ['a blank', { key: ' a' }, BAD, CHARACTERS],
  ['a tilde', { key: 'a~b' }, BAD, CHARACTERS],
  ['a query', { key: 'v1?x' }, BAD, CHARACTERS],
  ['301 characters', { key: 'a'.repeat(301) }, BAD, 'ApiMapping key length must be under 300 characters.'],
  ['a third key of several levels', { key: 'c/d' }, BAD, /multi-level API mappings.* Limit is 2\./],
])(
  'an API mapping: is refused with %s',
  async (_, given: { api?: string; stage?: string; key?: string }, name, message) => {
    const { map, apis } = await mapped({ 'multi-level-mappings-per-domain-name': 2 });
    for (const key of ['v1', 'a/b', 'b/c']) await map(apis.http, '$default', key);
    await refused(map(given.api ?? apis.http, given.stage ?? '$default', given.key ?? 'new'), name, message);
  },
);

answers('an API mapping', mapped)`
  has an ID, and is a base path mapping of V1
    made = map [$apis.http, $default]
      == 201 {ApiId: $apis.http, ApiMappingId: '/^[a-z0-9]{6}$/', ApiMappingKey: '', Stage: $default}
    levels = map [$apis.rest, prod, orders/v1/items]
    apiGatewayV2:GetApiMapping {DomainName: ${NAME}, ApiMappingId: $levels.ApiMappingId} == $levels
    apiGatewayV2:GetApiMappings {DomainName: ${NAME}} -> {Items: [$made, $levels]}
    GetBasePathMappings {domainName: ${NAME}}
      -> {items=: [{basePath: (none), restApiId: $apis.http, stage: $default}, {basePath: orders/v1/items,
      restApiId: $apis.rest, stage: prod}]}
    apiGatewayV2:DeleteApiMapping {DomainName: ${NAME}, ApiMappingId: $levels.ApiMappingId} -> 204
    apiGatewayV2:GetApiMapping {DomainName: ${NAME}, ApiMappingId: $levels.ApiMappingId}
      !NotFoundException: Invalid API mapping identifier specified
  takes all characters that a key can have, and blanks alone as no key
    map [$apis.http, $default, '$-_.+!*''(),/x'] -> {ApiMappingKey: '$-_.+!*''(),/x'}
    map [$apis.http, $default, ${'a'.repeat(300)}] -> {Stage: $default}
    map [$apis.http, $default, '   '] -> {ApiMappingKey: ''}
    map [$apis.http, $default, ''] !ConflictException: ${TAKEN}
  # https://github.com/floci-io/floci/pull/2390 (recorded): what an update leaves out stays, and so does the ID.
  changes what an update names
    map [$apis.http, $default, patched]
    map [$apis.http, $default, taken]
    apiGatewayV2:CreateStage {ApiId: $apis.http, StageName: s2}
    apiGatewayV2:UpdateApiMapping {DomainName: ${NAME}, ApiId: $apis.http, ApiMappingId: $ApiMappingId, Stage: s2}
      -> {ApiMappingId: $ApiMappingId, ApiMappingKey: patched, Stage: s2}
    apiGatewayV2:UpdateApiMapping {DomainName: ${NAME}, ApiId: $apis.http, ApiMappingId: $ApiMappingId,
      ApiMappingKey: again} -> {ApiMappingId: $ApiMappingId, ApiMappingKey: again, Stage: s2}
    apiGatewayV2:UpdateApiMapping {DomainName: ${NAME}, ApiId: $apis.http, ApiMappingId: $ApiMappingId,
      ApiMappingKey: taken} !ConflictException: ${TAKEN}
    apiGatewayV2:UpdateApiMapping {DomainName: ${NAME}, ApiId: $apis.http, ApiMappingId: $ApiMappingId,
      ApiMappingKey: '  '} !BadRequestException: ${SLASHES}
    apiGatewayV2:UpdateApiMapping {DomainName: ${NAME}, ApiId: $apis.http, ApiMappingId: $ApiMappingId,
      ApiMappingKey: /} !BadRequestException: ${ENDS}
    apiGatewayV2:UpdateApiMapping {DomainName: ${NAME}, ApiId: $apis.http, ApiMappingId: zzzzzz}
      !NotFoundException /API mapping/
    apiGatewayV2:UpdateApiMapping {DomainName: ${NAME}, ApiMappingId: $ApiMappingId, ApiId: $apis.rest, Stage: prod}
      -> {ApiId: $apis.rest, Stage: prod}
    apiGatewayV2:GetApiMappings {DomainName: ${NAME}} -> {Items.length: 2}
  # https://github.com/serverless/serverless/issues/7459
  of a WebSocket API shares its domain name with those alone, and has one level
    map [$apis.socket, prod, ws]
    map [$apis.socket, prod, ws2]
    map [$apis.http, $default, http] !BadRequestException: ${UNMIXED}
    map [$apis.socket, prod, a/b] !BadRequestException /multiple levels/
    CreateBasePathMapping {domainName: ${NAME}, basePath: v1, restApiId: $apis.rest, stage: prod}
      !BadRequestException /^Mixing of REST APIs and HTTP APIs on the same domain name can only be accomplished through/
    create {DomainName: b.example.com}
    map [$apis.http, $default, http, b.example.com]
    map [$apis.socket, prod, ws, b.example.com] !BadRequestException: ${UNMIXED}
    CreateBasePathMapping {domainName: b.example.com, basePath: v1, restApiId: $apis.rest, stage: prod}
      !BadRequestException /^Mixing of REST APIs and HTTP APIs on the same domain name can only be accomplished through/
    map [$apis.rest, prod, rest, b.example.com] -> {ApiMappingKey: rest}
  # https://github.com/amplify-education/serverless-domain-manager/issues/381
  of an HTTP API, or of several levels, keeps its domain name at TLS 1.2
    map [$apis.http, $default, a]
    UpdateDomainName {domainName: ${NAME}, patchOperations: [{op: replace, path: /securityPolicy, value: TLS_1_0}]}
      !BadRequestException /TLS 1\.0\.$/
    apiGatewayV2:DeleteApiMapping {DomainName: ${NAME}, ApiMappingId: $ApiMappingId}
    map = map [$apis.rest, prod, b/c]
    UpdateDomainName {domainName: ${NAME}, patchOperations: [{op: replace, path: /securityPolicy, value: TLS_1_0}]}
      !BadRequestException /TLS 1\.0\.$/
    apiGatewayV2:DeleteApiMapping {DomainName: ${NAME}, ApiMappingId: $map.ApiMappingId}
    map [$apis.rest, prod, v1]
    UpdateDomainName {domainName: ${NAME}, patchOperations: [{op: replace, path: /securityPolicy, value: TLS_1_0}]}
      -> {securityPolicy: TLS_1_0}
  protects its API and its stage
    map [$apis.http, $default]
    # https: github.com/gruntwork-io/cloud-nuke/issues/370
    apiGatewayV2:DeleteApi {ApiId: $apis.http}
      !BadRequestException: Deleting API $apis.http failed. Please remove all API mappings for the API from your custom
      domain names.
    apiGatewayV2:DeleteStage {ApiId: $apis.http, StageName: $default}
      !BadRequestException /^Deleting stage \$default failed/
    apiGatewayV2:DeleteApiMapping {DomainName: ${NAME}, ApiMappingId: $ApiMappingId}
    apiGatewayV2:DeleteStage {ApiId: $apis.http, StageName: $default} -> 204
    apiGatewayV2:DeleteApi {ApiId: $apis.http} -> 204
`;
