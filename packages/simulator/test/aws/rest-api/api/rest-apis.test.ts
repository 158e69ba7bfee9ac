import { describe, expect, it } from 'vitest';
import { answers } from '../../../answers.js';
import { BAD, NOT_FOUND, ACCOUNT, plain, refused, restWorld, statusOf } from '../rest-world.js';

const DUALSTACK = 'Only dualstack ipAddressType is supported for Private APIs.';
const COMPRESSION = 'Invalid minimum compression size, must be between 0 and 10485760';

async function world() {
  const rest = restWorld();
  const { apiGateway } = rest;
  const made = await apiGateway.createRestApi({ name: 'shop', description: 'this is my api' });
  const restApiId = made.id ?? '';
  const update = (op: string, path: string, value?: string) =>
    apiGateway.updateRestApi({ restApiId, patchOperations: [{ op: op as never, path, value }] });
  return { ...rest, made, restApiId, update };
}

describe('CreateRestApi', () => {
  it('truth 2: answers 201 with the defaults, and without what is unset', async () => {
    const { made } = await world();
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      name: 'shop',
      description: 'this is my api',
      createdDate: new Date('2026-06-01T00:00:00Z'),
      apiKeySource: 'HEADER',
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
      rootResourceId: expect.stringMatching(/^[a-z0-9]{10}$/),
    });
  });

  it('answers a policy escaped, with the ARN of its API', async () => {
    const { apiGateway } = restWorld();
    const policy = '{"Statement":[{"Effect":"Allow","Resource":"execute-api:/*"}]}';
    const { id, policy: shown = '' } = await apiGateway.createRestApi({ name: 'shop', policy });
    expect(shown).toContain('\\"Statement\\"');
    const read = JSON.parse(JSON.parse(`"${shown}"`) as string) as { Statement: { Resource: string }[] };
    expect(read.Statement[0]?.Resource).toBe(`arn:aws:execute-api:eu-west-1:${ACCOUNT}:${id}/*`);
  });
});

answers('CreateRestApi', restWorld)`
  answers what was sent
    CreateRestApi {name: shop, version: v1, binaryMediaTypes: [image/png], minimumCompressionSize: 0,
      apiKeySource: AUTHORIZER, disableExecuteApiEndpoint: true, securityPolicy: SecurityPolicy_TLS13_1_3_2025_09,
      endpointAccessMode: STRICT, tags: {team: payments}, endpointConfiguration: {types: [REGIONAL]}}
      -> {name: shop, version: v1, binaryMediaTypes: [image/png], minimumCompressionSize: 0, apiKeySource: AUTHORIZER,
      disableExecuteApiEndpoint: true, securityPolicy: SecurityPolicy_TLS13_1_3_2025_09, endpointAccessMode: STRICT,
      tags: {team: payments}, endpointConfiguration: {types: [REGIONAL], ipAddressType: ipv4}}
    GetRestApi {restApiId: $id}
      -> {name: shop, version: v1, binaryMediaTypes: [image/png], minimumCompressionSize: 0, apiKeySource: AUTHORIZER,
      disableExecuteApiEndpoint: true, securityPolicy: SecurityPolicy_TLS13_1_3_2025_09, endpointAccessMode: STRICT,
      tags: {team: payments}}
    GetRestApis
      -> {items.0: {name: shop, version: v1, binaryMediaTypes: [image/png], minimumCompressionSize: 0,
      apiKeySource: AUTHORIZER, disableExecuteApiEndpoint: true, securityPolicy: SecurityPolicy_TLS13_1_3_2025_09,
      endpointAccessMode: STRICT, tags: {team: payments}}}
  makes a private API dualstack, with its VPC endpoints
    CreateRestApi {name: inner, endpointConfiguration: {types: [PRIVATE], vpcEndpointIds: [vpce-0a1b]}}
      -> {endpointConfiguration=: {types: [PRIVATE], ipAddressType: dualstack, vpcEndpointIds: [vpce-0a1b]}}
  refuses wrong input
    # an empty description
    CreateRestApi {name: shop, description: ''} !BadRequestException: Description cannot be an empty string
    CreateRestApi {name: ''} !BadRequestException: Name cannot be empty # an empty name
    # a negative compression size
    CreateRestApi {name: shop, minimumCompressionSize: -1} !BadRequestException: ${COMPRESSION}
    # a compression size above 10 MB
    CreateRestApi {name: shop, minimumCompressionSize: 10485761} !BadRequestException: ${COMPRESSION}
    # no endpoint type
    CreateRestApi {name: shop, endpointConfiguration: {types: []}}
      !BadRequestException: REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.
    # two endpoint types
    CreateRestApi {name: shop, endpointConfiguration: {types: [EDGE, REGIONAL]}}
      !BadRequestException: Cannot create an api with multiple Endpoint Types.
    # an endpoint type that does not exist
    CreateRestApi {name: shop, description: '', endpointConfiguration: {types: [wrong]}}
      !ValidationException: 1 validation error detected: Value '[wrong]' at
      'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: Member must satisfy constraint:
      [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]
    # an IP address type that does not exist
    CreateRestApi {name: shop, endpointConfiguration: {ipAddressType: wrong}}
      !ValidationException: 1 validation error detected: Value 'wrong' at
      'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: Member must satisfy enum
      value set: [ipv4, dualstack]
    # a private API with ipv4
    CreateRestApi {name: shop, endpointConfiguration: {types: [PRIVATE], ipAddressType: ipv4}}
      !BadRequestException: ${DUALSTACK}
    # a private API with ipv4 and an empty description: the description first
    CreateRestApi {name: shop, description: '', endpointConfiguration: {types: [PRIVATE], ipAddressType: ipv4}}
      !BadRequestException: Description cannot be an empty string
    # VPC endpoints of a public API
    CreateRestApi {name: shop, endpointConfiguration: {vpcEndpointIds: [vpce-1]}} !BadRequestException /PRIVATE/
    # a policy that is not a JSON object
    CreateRestApi {name: shop, policy: '[]'} !BadRequestException /^Invalid policy document\. Please check/
    # an enhanced security policy without an access mode
    CreateRestApi {name: shop, securityPolicy: SecurityPolicy_TLS13_2025_EDGE}
      !BadRequestException: Endpoint access mode is required for the specified security policy
    # an access mode with TLS_1_2
    CreateRestApi {name: shop, securityPolicy: TLS_1_2, endpointAccessMode: BASIC} !BadRequestException /not supported/
    # a regional security policy on an edge-optimized API
    CreateRestApi {name: shop, securityPolicy: SecurityPolicy_TLS13_1_3_2025_09, endpointAccessMode: BASIC}
      !BadRequestException /not supported for the endpoint type/
    CreateRestApi {name: shop, tags: {aws:x: y}} !BadRequestException /aws:/ # tags of AWS
    # cloneFrom, which is not simulated
    CreateRestApi {name: shop, cloneFrom: abc} !NotImplemented: cloneFrom is not simulated.
    GetRestApis -> {items: []}
`;

answers('CreateRestApi', world)`
  has the models Empty and Error
    PutMethod {restApiId: $made.id, resourceId: $made.rootResourceId, httpMethod: ANY, authorizationType: NONE,
      requestModels: {application/json: Empty, text/plain: Error}}
    GetMethod {restApiId: $made.id, resourceId: $made.rootResourceId, httpMethod: ANY}
      -> {requestModels: {application/json: Empty, text/plain: Error}}
`;

answers('CreateRestApi', () => restWorld({ quotas: { 'edge-rest-apis': 1 } }))`
  counts APIs by endpoint type
    CreateRestApi {name: one}
    CreateRestApi {name: two}
      !LimitExceededException: Maximum number of APIs for this account has been reached.  Please contact AWS if you need
      additional APIs.
    CreateRestApi {name: two, endpointConfiguration: {types: [REGIONAL]}}
`;

answers('CreateRestApi', () => restWorld({ throttle: true }))`
  is possible once in 30 seconds for edge-optimized APIs, once in three for others
    CreateRestApi {name: shop, endpointConfiguration: {types: [EDGE]}}
    CreateRestApi {name: shop, endpointConfiguration: {types: [REGIONAL]}}
    CreateRestApi {name: shop, endpointConfiguration: {types: [EDGE]}} !TooManyRequestsException
    CreateRestApi {name: shop, endpointConfiguration: {types: [REGIONAL]}} !TooManyRequestsException
    advance 3000
    CreateRestApi {name: shop, endpointConfiguration: {types: [REGIONAL]}}
    CreateRestApi {name: shop, endpointConfiguration: {types: [EDGE]}} !TooManyRequestsException
    advance 27000
    CreateRestApi {name: shop, endpointConfiguration: {types: [EDGE]}}
`;

answers('GetRestApis', restWorld)`
  truth 1: pages with position, which the last page does not have
    26 times CreateRestApi {name: api $n}
    GetRestApis -> {items.length: 25}
    GetRestApis {position: $position} -> {items.length: 1, position: absent}
    GetRestApis {limit: 500} -> {items.length: 26}
    GetRestApis {limit: 501} !BadRequestException
`;

it('GetRestApi: has the account in the sentence on an unknown API', async () => {
  const { apiGateway, restApiId } = await world();
  const id = restApiId.toUpperCase();
  const message = `Invalid API identifier specified ${ACCOUNT}:${id}`;
  await refused(apiGateway.getRestApi({ restApiId: id }), NOT_FOUND, message);
  await refused(apiGateway.deleteRestApi({ restApiId: id }), NOT_FOUND, message);
  await refused(apiGateway.updateRestApi({ restApiId: id, patchOperations: [] }), NOT_FOUND, message);
  await refused(apiGateway.getResources({ restApiId: id }), NOT_FOUND, message);
});

answers('GetRestApi', world)`
  answers tags even if there are none, unlike the list
    GetRestApi {restApiId: $restApiId} -> {tags=: {}}
    GetRestApis -> {items.0.tags: absent}
`;

it('UpdateRestApi: requires a security policy that fits the new endpoint type', async () => {
  const { apiGateway, restApiId, update } = await world();
  const policy = (value: string) => [
    { op: 'replace' as const, path: '/securityPolicy', value },
    { op: 'replace' as const, path: '/endpointAccessMode', value: 'BASIC' },
  ];
  const type = { op: 'replace' as const, path: '/endpointConfiguration/types/EDGE', value: 'REGIONAL' };
  await apiGateway.updateRestApi({ restApiId, patchOperations: policy('SecurityPolicy_TLS13_2025_EDGE') });
  await refused(
    update(type.op, type.path, type.value),
    BAD,
    'Unable to update EndpointType. SecurityPolicy is required for EndpointType update.',
  );
  const patchOperations = [type, ...policy('SecurityPolicy_TLS13_1_3_2025_09')];
  expect(await apiGateway.updateRestApi({ restApiId, patchOperations })).toMatchObject({
    securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
  });
});

answers('UpdateRestApi', world)`
  changes binary media types by their names
    UpdateRestApi {restApiId: $restApiId, patchOperations: [{op: add, path: /binaryMediaTypes/image~1png}, {op: add,
      path: /binaryMediaTypes/image~1jpeg}]} -> {binaryMediaTypes: [image/png, image/jpeg], tags: {}}
    update [replace, /binaryMediaTypes/image~1png, image/gif] -> {binaryMediaTypes: [image/jpeg, image/gif]}
    update [remove, /binaryMediaTypes/image~1gif]
    update [remove, /binaryMediaTypes/image~1jpeg] -> {binaryMediaTypes: absent}
    update [add, /binaryMediaTypes/-, image/png] -> {binaryMediaTypes: ['-']}
  turns compression on and off
    update [replace, /minimumCompressionSize, '10'] -> {minimumCompressionSize: 10}
    update [replace, /minimumCompressionSize, ''] -> {minimumCompressionSize: absent}
    update [replace, /minimumCompressionSize, '0'] -> {minimumCompressionSize: 0}
    update [replace, /minimumCompressionSize, '-1'] !BadRequestException: ${COMPRESSION}
    update [replace, /minimumCompressionSize, test] !BadRequestException: ${COMPRESSION}
  changes the other members
    UpdateRestApi {restApiId: $restApiId, patchOperations: [{op: replace, path: /name, value: store}, {op: replace,
      path: /apiKeySource, value: AUTHORIZER}, {op: replace, path: /disableExecuteApiEndpoint, value: 'true'},
      {op: replace, path: /policy, value: '{"Statement":[]}'}]}
      -> {name: store, apiKeySource: AUTHORIZER, disableExecuteApiEndpoint: true, policy: '{\"Statement\":[]}'}
    update [replace, /policy, ''] -> {policy: absent}
    update [remove, /description] -> {description: absent}
    GetRestApi {restApiId: $restApiId} -> {name: store}
  moves an API to another endpoint type, by index or by name
    update [replace, /endpointConfiguration/types/0, PRIVATE]
      -> {endpointConfiguration=: {types: [PRIVATE], ipAddressType: dualstack}}
    update [replace, /endpointConfiguration/ipAddressType, ipv4] !BadRequestException: ${DUALSTACK}
    update [add, /endpointConfiguration/vpcEndpointIds, vpce-1] -> {endpointConfiguration.vpcEndpointIds: [vpce-1]}
    update [remove, /endpointConfiguration/vpcEndpointIds, vpce-1] -> {endpointConfiguration.vpcEndpointIds: absent}
    update [replace, /endpointConfiguration/types/PRIVATE, REGIONAL] -> {endpointConfiguration.types: [REGIONAL]}
  refuses wrong input
    # a path without its key
    update [add, /binaryMediaTypes, image/gif] !BadRequestException: Invalid patch path /binaryMediaTypes
    update [replace, /id, x] !BadRequestException: Invalid patch path /id # a path that does not exist
    # an operation that the path does not take
    update [add, /minimumCompressionSize, '10']
      !BadRequestException: Invalid patch operation specified. Must be one of: [replace]
    # an operation on the IP address type
    update [remove, /endpointConfiguration/ipAddressType, dualstack]
      !BadRequestException: Invalid patch operation specified. Must be one of: [replace]
    # an operation on the endpoint type
    update [remove, /endpointConfiguration/types/0, EDGE]
      !BadRequestException: Invalid patch operation specified. Must be 'add'|'remove'|'replace'
    # an IP address type that does not exist
    update [replace, /endpointConfiguration/ipAddressType, wrong]
      !BadRequestException: ipAddressType must be either ipv4 or dualstack.
    # an endpoint type that does not exist
    update [replace, /endpointConfiguration/types/0, wrong]
      !BadRequestException: Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE
    update [replace, /name, ''] !BadRequestException: Name cannot be empty # an empty name
  refuses an operation that does not exist before it looks at its path
    update [wrong, /name, x]
      !ValidationException: 1 validation error detected: Value 'wrong' at
      'updateRestApiInput.patchOperations.1.member.op' failed to satisfy constraint: Member must satisfy enum value set:
      [add, remove, move, test, replace, copy]
  truth 5: changes nothing when one operation of the list is refused
    UpdateRestApi {restApiId: $restApiId, patchOperations: [{op: replace, path: /name, value: store}, {op: replace,
      path: /id, value: x}]} !BadRequestException: Invalid patch path /id
    GetRestApi {restApiId: $restApiId} -> {name: shop}
`;

it('DeleteRestApi: truth 2: answers 202 with an empty body, once in 30 seconds', async () => {
  const { apiGateway, simulation } = restWorld({ throttle: true });
  const ids: string[] = [];
  for (const name of ['one', 'two']) {
    const { id = '' } = await apiGateway.createRestApi({ name });
    ids.push(id);
    await simulation.advance(30_000);
  }
  const gone = await apiGateway.deleteRestApi({ restApiId: ids[0] });
  expect(statusOf(gone)).toBe(202);
  expect(plain(gone)).toEqual({});
  expect((await apiGateway.getRestApis({})).items?.map(({ id }) => id)).toEqual([ids[1]]);
  await expect(apiGateway.deleteRestApi({ restApiId: ids[1] })).rejects.toMatchObject({
    name: 'TooManyRequestsException',
  });
});

answers('a base path mapping', restWorld)`
  prevents the deletion of its API
    CreateRestApi {name: shop}
    acm:RequestCertificate {DomainName: api.example.com, ValidationMethod: DNS}
    advance 3600000
    CreateDomainName {domainName: api.example.com, regionalCertificateArn: $CertificateArn,
      endpointConfiguration: {types: [REGIONAL]}}
    CreateBasePathMapping {domainName: api.example.com, restApiId: $id}
    DeleteRestApi {restApiId: $id}
      !BadRequestException: Deleting RestApi $id failed. Please remove all base path mappings related to the RestApi in
      your domains: api.example.com
    DeleteBasePathMapping {domainName: api.example.com, basePath: (none)}
    DeleteRestApi {restApiId: $id}
`;

it('writes to one API: collide when they come together, and one API does not hold another', async () => {
  const { apiGateway, restApiId } = await world();
  const other = await apiGateway.createRestApi({ name: 'two' });
  const rename = (id: string | undefined) =>
    apiGateway.updateRestApi({
      restApiId: id,
      patchOperations: [{ op: 'replace', path: '/name', value: 'new' }],
    });
  const outcomes = await Promise.allSettled([rename(restApiId), rename(restApiId), rename(other.id)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({
    reason: {
      name: 'ConflictException',
      message: 'Unable to complete operation due to concurrent modification. Please try again later.',
      $metadata: { httpStatusCode: 409 },
    },
  });
});
