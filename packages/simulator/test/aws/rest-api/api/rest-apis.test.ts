import { describe, expect, it } from 'vitest';
import { BAD, INVALID, NOT_FOUND, ACCOUNT, plain, refused, restWorld, statusOf } from '../rest-world.js';

const DUALSTACK = 'Only dualstack ipAddressType is supported for Private APIs.';
const COMPRESSION = 'Invalid minimum compression size, must be between 0 and 10485760';

async function world() {
  const { apiGateway, simulation } = restWorld();
  const made = await apiGateway.createRestApi({ name: 'shop', description: 'this is my api' });
  const restApiId = made.id ?? '';
  const update = (op: string, path: string, value?: string) =>
    apiGateway.updateRestApi({ restApiId, patchOperations: [{ op: op as never, path, value }] });
  return { apiGateway, simulation, made, restApiId, update };
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

  it('answers what was sent', async () => {
    const { apiGateway } = restWorld();
    const input = {
      name: 'shop',
      version: 'v1',
      binaryMediaTypes: ['image/png'],
      minimumCompressionSize: 0,
      apiKeySource: 'AUTHORIZER' as const,
      disableExecuteApiEndpoint: true,
      securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' as const,
      endpointAccessMode: 'STRICT' as const,
      tags: { team: 'payments' },
    };
    const made = await apiGateway.createRestApi({ ...input, endpointConfiguration: { types: ['REGIONAL'] } });
    expect(made).toMatchObject({ ...input, endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' } });
    expect(await apiGateway.getRestApi({ restApiId: made.id })).toMatchObject(input);
    expect((await apiGateway.getRestApis({})).items?.[0]).toMatchObject(input);
  });

  it('makes a private API dualstack, with its VPC endpoints', async () => {
    const { apiGateway } = restWorld();
    const made = await apiGateway.createRestApi({
      name: 'inner',
      endpointConfiguration: { types: ['PRIVATE'], vpcEndpointIds: ['vpce-0a1b'] },
    });
    expect(made.endpointConfiguration).toEqual({
      types: ['PRIVATE'],
      ipAddressType: 'dualstack',
      vpcEndpointIds: ['vpce-0a1b'],
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

  it('has the models Empty and Error', async () => {
    const { apiGateway, made } = await world();
    const method = { restApiId: made.id, resourceId: made.rootResourceId, httpMethod: 'ANY' };
    const requestModels = { 'application/json': 'Empty', 'text/plain': 'Error' };
    await apiGateway.putMethod({ ...method, authorizationType: 'NONE', requestModels });
    expect(await apiGateway.getMethod(method)).toMatchObject({ requestModels });
  });

  it.each<[string, Record<string, unknown>, string, string | RegExp]>([
    ['an empty description', { description: '' }, BAD, 'Description cannot be an empty string'],
    ['an empty name', { name: '' }, BAD, 'Name cannot be empty'],
    ['a negative compression size', { minimumCompressionSize: -1 }, BAD, COMPRESSION],
    ['a compression size above 10 MB', { minimumCompressionSize: 10_485_761 }, BAD, COMPRESSION],
    [
      'no endpoint type',
      { endpointConfiguration: { types: [] } },
      BAD,
      'REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.',
    ],
    [
      'two endpoint types',
      { endpointConfiguration: { types: ['EDGE', 'REGIONAL'] } },
      BAD,
      'Cannot create an api with multiple Endpoint Types.',
    ],
    [
      'an endpoint type that does not exist',
      { description: '', endpointConfiguration: { types: ['wrong'] } },
      INVALID,
      "1 validation error detected: Value '[wrong]' at 'createRestApiInput.endpointConfiguration.types' failed to " +
        'satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]',
    ],
    [
      'an IP address type that does not exist',
      { endpointConfiguration: { ipAddressType: 'wrong' } },
      INVALID,
      "1 validation error detected: Value 'wrong' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to " +
        'satisfy constraint: Member must satisfy enum value set: [ipv4, dualstack]',
    ],
    [
      'a private API with ipv4',
      { endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'ipv4' } },
      BAD,
      DUALSTACK,
    ],
    [
      'a private API with ipv4 and an empty description: the description first',
      { description: '', endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'ipv4' } },
      BAD,
      'Description cannot be an empty string',
    ],
    ['VPC endpoints of a public API', { endpointConfiguration: { vpcEndpointIds: ['vpce-1'] } }, BAD, /PRIVATE/],
    ['a policy that is not a JSON object', { policy: '[]' }, BAD, /^Invalid policy document\. Please check/],
    [
      'an enhanced security policy without an access mode',
      { securityPolicy: 'SecurityPolicy_TLS13_2025_EDGE' },
      BAD,
      'Endpoint access mode is required for the specified security policy',
    ],
    ['an access mode with TLS_1_2', { securityPolicy: 'TLS_1_2', endpointAccessMode: 'BASIC' }, BAD, /not supported/],
    [
      'a regional security policy on an edge-optimized API',
      { securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', endpointAccessMode: 'BASIC' },
      BAD,
      /not supported for the endpoint type/,
    ],
    ['tags of AWS', { tags: { 'aws:x': 'y' } }, BAD, /aws:/],
    ['cloneFrom, which is not simulated', { cloneFrom: 'abc' }, 'NotImplemented', 'cloneFrom is not simulated.'],
  ])('refuses %s', async (_, change, name, message) => {
    const { apiGateway } = restWorld();
    await refused(apiGateway.createRestApi({ name: 'shop', ...change }), name, message);
    expect((await apiGateway.getRestApis({})).items).toEqual([]);
  });

  it('counts APIs by endpoint type', async () => {
    const { apiGateway } = restWorld({ quotas: { 'edge-rest-apis': 1 } });
    await apiGateway.createRestApi({ name: 'one' });
    await refused(
      apiGateway.createRestApi({ name: 'two' }),
      'LimitExceededException',
      'Maximum number of APIs for this account has been reached.  Please contact AWS if you need additional APIs.',
    );
    await apiGateway.createRestApi({ name: 'two', endpointConfiguration: { types: ['REGIONAL'] } });
  });

  it('is possible once in 30 seconds for edge-optimized APIs, once in three for others', async () => {
    const { apiGateway, simulation } = restWorld({ throttle: true });
    const create = (type: 'EDGE' | 'REGIONAL') =>
      apiGateway.createRestApi({ name: 'shop', endpointConfiguration: { types: [type] } });
    await create('EDGE');
    await create('REGIONAL');
    for (const type of ['EDGE', 'REGIONAL'] as const) {
      await expect(create(type)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    }
    await simulation.advance(3000);
    await create('REGIONAL');
    await expect(create('EDGE')).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    await simulation.advance(27_000);
    await create('EDGE');
  });
});

describe('GetRestApis', () => {
  it('truth 1: pages with position, which the last page does not have', async () => {
    const { apiGateway } = restWorld();
    for (let index = 0; index < 26; index += 1) await apiGateway.createRestApi({ name: `api ${index}` });
    const first = await apiGateway.getRestApis({});
    expect(first.items).toHaveLength(25);
    const second = await apiGateway.getRestApis({ position: first.position });
    expect(second.items).toHaveLength(1);
    expect(second).not.toHaveProperty('position');
    expect((await apiGateway.getRestApis({ limit: 500 })).items).toHaveLength(26);
    await expect(apiGateway.getRestApis({ limit: 501 })).rejects.toMatchObject({ name: BAD });
  });
});

describe('GetRestApi', () => {
  it('answers tags even if there are none, unlike the list', async () => {
    const { apiGateway, restApiId } = await world();
    expect((await apiGateway.getRestApi({ restApiId })).tags).toEqual({});
    expect((await apiGateway.getRestApis({})).items?.[0]).not.toHaveProperty('tags');
  });

  it('has the account in the sentence on an unknown API', async () => {
    const { apiGateway, restApiId } = await world();
    const id = restApiId.toUpperCase();
    const message = `Invalid API identifier specified ${ACCOUNT}:${id}`;
    await refused(apiGateway.getRestApi({ restApiId: id }), NOT_FOUND, message);
    await refused(apiGateway.deleteRestApi({ restApiId: id }), NOT_FOUND, message);
    await refused(apiGateway.updateRestApi({ restApiId: id, patchOperations: [] }), NOT_FOUND, message);
    await refused(apiGateway.getResources({ restApiId: id }), NOT_FOUND, message);
  });
});

describe('UpdateRestApi', () => {
  it('changes binary media types by their names', async () => {
    const { apiGateway, restApiId, update } = await world();
    const added = await apiGateway.updateRestApi({
      restApiId,
      patchOperations: [
        { op: 'add', path: '/binaryMediaTypes/image~1png' },
        { op: 'add', path: '/binaryMediaTypes/image~1jpeg' },
      ],
    });
    expect(added).toMatchObject({ binaryMediaTypes: ['image/png', 'image/jpeg'], tags: {} });
    const changed = await update('replace', '/binaryMediaTypes/image~1png', 'image/gif');
    expect(changed.binaryMediaTypes).toEqual(['image/jpeg', 'image/gif']);
    await update('remove', '/binaryMediaTypes/image~1gif');
    expect(await update('remove', '/binaryMediaTypes/image~1jpeg')).not.toHaveProperty('binaryMediaTypes');
    expect((await update('add', '/binaryMediaTypes/-', 'image/png')).binaryMediaTypes).toEqual(['-']);
  });

  it('turns compression on and off', async () => {
    const { update } = await world();
    const path = '/minimumCompressionSize';
    expect((await update('replace', path, '10')).minimumCompressionSize).toBe(10);
    expect(await update('replace', path, '')).not.toHaveProperty('minimumCompressionSize');
    expect((await update('replace', path, '0')).minimumCompressionSize).toBe(0);
    for (const value of ['-1', 'test']) await refused(update('replace', path, value), BAD, COMPRESSION);
  });

  it('changes the other members', async () => {
    const { apiGateway, restApiId, update } = await world();
    const patchOperations = [
      { op: 'replace' as const, path: '/name', value: 'store' },
      { op: 'replace' as const, path: '/apiKeySource', value: 'AUTHORIZER' },
      { op: 'replace' as const, path: '/disableExecuteApiEndpoint', value: 'true' },
      { op: 'replace' as const, path: '/policy', value: '{"Statement":[]}' },
    ];
    const changed = await apiGateway.updateRestApi({ restApiId, patchOperations });
    expect(changed).toMatchObject({ name: 'store', apiKeySource: 'AUTHORIZER', disableExecuteApiEndpoint: true });
    expect(changed.policy).toBe('{\\"Statement\\":[]}');
    expect(await update('replace', '/policy', '')).not.toHaveProperty('policy');
    expect(await update('remove', '/description')).not.toHaveProperty('description');
    expect(await apiGateway.getRestApi({ restApiId })).toMatchObject({ name: 'store' });
  });

  it('moves an API to another endpoint type, by index or by name', async () => {
    const { update } = await world();
    const made = await update('replace', '/endpointConfiguration/types/0', 'PRIVATE');
    expect(made.endpointConfiguration).toEqual({ types: ['PRIVATE'], ipAddressType: 'dualstack' });
    await refused(update('replace', '/endpointConfiguration/ipAddressType', 'ipv4'), BAD, DUALSTACK);
    const path = '/endpointConfiguration/vpcEndpointIds';
    expect((await update('add', path, 'vpce-1')).endpointConfiguration?.vpcEndpointIds).toEqual(['vpce-1']);
    expect((await update('remove', path, 'vpce-1')).endpointConfiguration).not.toHaveProperty('vpcEndpointIds');
    const regional = await update('replace', '/endpointConfiguration/types/PRIVATE', 'REGIONAL');
    expect(regional.endpointConfiguration?.types).toEqual(['REGIONAL']);
  });

  it('requires a security policy that fits the new endpoint type', async () => {
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

  it.each<[string, string, string, string | undefined, string]>([
    ['a path without its key', 'add', '/binaryMediaTypes', 'image/gif', 'Invalid patch path /binaryMediaTypes'],
    ['a path that does not exist', 'replace', '/id', 'x', 'Invalid patch path /id'],
    [
      'an operation that the path does not take',
      'add',
      '/minimumCompressionSize',
      '10',
      'Invalid patch operation specified. Must be one of: [replace]',
    ],
    [
      'an operation on the IP address type',
      'remove',
      '/endpointConfiguration/ipAddressType',
      'dualstack',
      'Invalid patch operation specified. Must be one of: [replace]',
    ],
    [
      'an operation on the endpoint type',
      'remove',
      '/endpointConfiguration/types/0',
      'EDGE',
      "Invalid patch operation specified. Must be 'add'|'remove'|'replace'",
    ],
    [
      'an IP address type that does not exist',
      'replace',
      '/endpointConfiguration/ipAddressType',
      'wrong',
      'ipAddressType must be either ipv4 or dualstack.',
    ],
    [
      'an endpoint type that does not exist',
      'replace',
      '/endpointConfiguration/types/0',
      'wrong',
      'Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE',
    ],
    ['an empty name', 'replace', '/name', '', 'Name cannot be empty'],
  ])('refuses %s', async (_, op, path, value, message) => {
    const { update } = await world();
    await refused(update(op, path, value), BAD, message);
  });

  it('refuses an operation that does not exist before it looks at its path', async () => {
    const { update } = await world();
    await refused(
      update('wrong', '/name', 'x'),
      INVALID,
      "1 validation error detected: Value 'wrong' at 'updateRestApiInput.patchOperations.1.member.op' failed to satisfy " +
        'constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]',
    );
  });

  it('truth 5: changes nothing when one operation of the list is refused', async () => {
    const { apiGateway, restApiId } = await world();
    const patchOperations = [
      { op: 'replace' as const, path: '/name', value: 'store' },
      { op: 'replace' as const, path: '/id', value: 'x' },
    ];
    await refused(apiGateway.updateRestApi({ restApiId, patchOperations }), BAD, 'Invalid patch path /id');
    expect((await apiGateway.getRestApi({ restApiId })).name).toBe('shop');
  });
});

describe('DeleteRestApi', () => {
  it('truth 2: answers 202 with an empty body, once in 30 seconds', async () => {
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
});

describe('a base path mapping', () => {
  it('prevents the deletion of its API', async () => {
    const { apiGateway, acm, simulation } = restWorld();
    const { id: restApiId } = await apiGateway.createRestApi({ name: 'shop' });
    const domainName = 'api.example.com';
    const certificate = await acm.requestCertificate({ DomainName: domainName, ValidationMethod: 'DNS' });
    await simulation.advance(3_600_000);
    await apiGateway.createDomainName({
      domainName,
      regionalCertificateArn: certificate.CertificateArn,
      endpointConfiguration: { types: ['REGIONAL'] },
    });
    await apiGateway.createBasePathMapping({ domainName, restApiId });
    await refused(
      apiGateway.deleteRestApi({ restApiId }),
      BAD,
      `Deleting RestApi ${restApiId} failed. Please remove all base path mappings related to the RestApi in your ` +
        'domains: api.example.com',
    );
    await apiGateway.deleteBasePathMapping({ domainName, basePath: '(none)' });
    await apiGateway.deleteRestApi({ restApiId });
  });
});

describe('writes to one API', () => {
  it('collide when they come together, and one API does not hold another', async () => {
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
});
