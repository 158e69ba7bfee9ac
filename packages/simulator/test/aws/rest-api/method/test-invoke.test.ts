import { describe, expect, it } from 'vitest';
import { answers } from '../../../answers.js';
import { privateWorld } from '../private-world.js';
import { petsApi, restWorld, type PetsWorld } from '../rest-world.js';

const FAILED = {
  status: 500,
  body: '{"message": "Internal server error"}',
  headers: { 'x-amzn-ErrorType': 'InternalServerErrorException' },
  multiValueHeaders: { 'x-amzn-ErrorType': ['InternalServerErrorException'] },
};
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}';
const NOT_SIMULATED = { name: 'NotImplemented', $metadata: { httpStatusCode: 501 } };
const BEFORE = [
  'HTTP Method: GET, Resource Path: /pets',
  'Method request path: {}',
  'Method request query string: {}',
  'Method request headers: {}',
  'Method request body before transformations: ',
];

/** The lines of a log without their times and without the two that name the request. */
const linesOf = ({ log = '' }: { log?: string | undefined }) =>
  log
    .trimEnd()
    .split('\n')
    .slice(2)
    .map((line) => line.replace(/^\w{3} \w{3} \d\d [\d:]{8} UTC \d{4} : /, ''));

/** The last lines of a log but the very last one. */
const reasonOf = (answer: { log?: string | undefined }) => linesOf(answer).at(-2);

/** The method with a MOCK integration whose request template names a status. */
async function mocked(template: string | undefined, responses: Record<string, object> = { 200: {} }) {
  const world = await petsApi();
  const { apiGateway, method } = world;
  const requestTemplates = template === undefined ? {} : { 'application/json': template };
  await apiGateway.putIntegration({ ...method, type: 'MOCK', requestTemplates });
  for (const [statusCode, more] of Object.entries(responses)) {
    const responseParameters = { 'method.response.header.X-Color': false };
    await apiGateway.putMethodResponse({ ...method, statusCode, responseParameters });
    await apiGateway.putIntegrationResponse({ ...method, statusCode, ...more });
  }
  return { ...world, test: (input: object = {}) => apiGateway.testInvokeMethod({ ...method, ...input }) };
}

describe('truth 22: a test of a MOCK integration', () => {
  it('answers 200 with the response, and the log of the execution', async () => {
    const { test } = await mocked('{"statusCode": 200}', {
      200: {
        responseTemplates: { 'application/json': '{"pets":[]}' },
        responseParameters: { 'method.response.header.X-Color': "'blue'" },
      },
    });
    const answer = await test();
    expect(answer).toMatchObject({
      status: 200,
      body: '{"pets":[]}',
      headers: { 'X-Color': 'blue', 'Content-Type': 'application/json' },
      multiValueHeaders: { 'X-Color': ['blue'], 'Content-Type': ['application/json'] },
      latency: 5,
      $metadata: { httpStatusCode: 200 },
    });
    const [first = '', second] = (answer.log ?? '').split('\n');
    const [, id] = new RegExp(`^Execution log for request (${UUID})$`).exec(first) ?? [];
    expect(second).toBe(`Mon Jun 01 00:00:00 UTC 2026 : Starting execution for request: ${id}`);
    expect(linesOf(answer)).toEqual([
      ...BEFORE,
      'Method response body after transformations: {"pets":[]}',
      'Method response headers: {X-Color=blue, Content-Type=application/json}',
      'Successfully completed execution',
      'Method completed with status: 200',
    ]);
    expect(answer.log?.endsWith('\n')).toBe(true);
  });

  it('shows what it was called with', async () => {
    const { test } = await mocked('{"statusCode": 200}');
    const answer = await test({
      pathWithQueryString: '/pets?page=2&size=5',
      headers: { 'X-Trace': 'a', Accept: 'text/plain' },
      body: '{"a":1}',
    });
    expect(linesOf(answer).slice(0, 5)).toEqual([
      'HTTP Method: GET, Resource Path: /pets',
      'Method request path: {}',
      'Method request query string: {page=2, size=5}',
      'Method request headers: {X-Trace=a, Accept=text/plain}',
      'Method request body before transformations: {"a":1}',
    ]);
  });

  it('selects the response by its pattern, else the one without', async () => {
    const responses = { 200: {}, 500: { selectionPattern: '5\\d{2}' } };
    expect(await (await mocked('{"statusCode": 503}', responses)).test()).toMatchObject({ status: 500, body: '' });
    expect(await (await mocked('{"statusCode": 404}', responses)).test()).toMatchObject({ status: 200 });
  });

  it.each<[string, string | undefined, Record<string, object>]>([
    ['statusCode should be an integer which defined in request template', undefined, { 200: {} }],
    ['statusCode should be an integer which defined in request template', '{"statusCode": "200"}', { 200: {} }],
    [
      'No match for output mapping and no default output mapping configured. Endpoint Response Status Code: 404',
      '{"statusCode": 404}',
      { 200: { selectionPattern: '2..' } },
    ],
  ])('fails: %s (%s)', async (reason, template, responses) => {
    const { test } = await mocked(template, responses);
    const answer = await test();
    expect(answer).toMatchObject(FAILED);
    expect(linesOf(answer)).toEqual([
      ...BEFORE,
      `Execution failed due to configuration error: ${reason}`,
      'Method completed with status: 500',
    ]);
  });

  it('fails where the method does not have the response', async () => {
    const { test, apiGateway, method } = await mocked('{"statusCode": 200}');
    await apiGateway.deleteMethodResponse({ ...method, statusCode: '200' });
    expect(reasonOf(await test())).toBe(
      'Execution failed due to configuration error: Output mapping refers to an invalid method response: 200',
    );
  });
});

answers('truth 22: a test of a MOCK integration', () => mocked('{"statusCode": 200}'))`
  is of the working copy: no deployment is needed, and none is changed
    test -> {status: 200, body: ''}
    GetDeployments {restApiId: $restApiId} -> {items: []}
`;

describe('truth 22: a test of a private integration that does not reach its backend', () => {
  it('through a V2 link: answers 500 after ten seconds, with the log of the request to the endpoint', async () => {
    const { apiGateway, method, put, v2, alb, restApiId, simulation } = await privateWorld();
    // The load balancer has no listener on port 8080.
    const uri = 'http://orders.internal:8080/pets';
    await put({ connectionId: v2, integrationTarget: alb, uri });
    const answer = await apiGateway.testInvokeMethod({ ...method, headers: { 'X-Trace': 'a' } });
    expect(answer).toMatchObject({ ...FAILED, latency: 10_000, $metadata: { httpStatusCode: 200 } });
    const headers = `{X-Trace=a, x-amzn-apigateway-api-id=${restApiId}, User-Agent=AmazonAPIGateway_${restApiId}, Host=orders.internal:8080}`;
    expect(linesOf(answer).slice(5)).toEqual([
      `Endpoint request URI: ${uri}`,
      `Endpoint request headers: ${headers}`,
      'Endpoint request body after transformations: ',
      `Sending request to ${uri}`,
      'Execution failed due to configuration error: There was an internal error while executing your request',
      'Method completed with status: 500',
    ]);
    const times = (answer.log ?? '').match(/\d\d:\d\d:\d\d/g) ?? [];
    const startMs = simulation.clock.now();
    const time = (ms: number) => new Date(ms).toISOString().slice(11, 19);
    expect([times[0], times.at(-1)]).toEqual([time(startMs), time(startMs + 10_000)]);
  });

  it.each(['V1', 'V2'])('with a link that is not ready: a link error, at once (%s)', async (kind) => {
    const world = await privateWorld();
    const { apiGateway, apiGatewayV2, method, put, alb, subnetIds } = world;
    const target = await world.balancer('late', 'network');
    const { VpcLinkId } = await apiGatewayV2.createVpcLink({ Name: 'late', SubnetIds: [...subnetIds] });
    const { id } = await apiGateway.createVpcLink({ name: 'late', targetArns: [target] });
    await put(kind === 'V1' ? { connectionId: id } : { connectionId: VpcLinkId, integrationTarget: alb });
    const answer = await apiGateway.testInvokeMethod(method);
    expect(answer).toMatchObject(FAILED);
    expect(answer.latency).toBeLessThan(1000);
    expect(reasonOf(answer)).toBe('Execution failed due to an vpc link error');
  });

  it('with stage variables: those of the test', async () => {
    const { apiGateway, method, put, v1 } = await privateWorld();
    await put({ connectionId: '${stageVariables.link}', uri: 'http://${stageVariables.host}/' });
    const test = (stageVariables: Record<string, string>) => apiGateway.testInvokeMethod({ ...method, stageVariables });
    const set = await test({ link: v1, host: 'orders.internal' });
    expect(linesOf(set)).toContain('Sending request to http://orders.internal/');
    expect(reasonOf(await test({ host: 'orders.internal' }))).toBe('Execution failed due to an vpc link error');
    expect(reasonOf(await test({ link: v1 }))).toBe(
      'Execution failed due to configuration error: Invalid endpoint address',
    );
  });

  it('maps parameters to the address of the endpoint', async () => {
    const { apiGateway, restApiId, resourceId: parentId, v1 } = await privateWorld();
    const { id: resourceId } = await apiGateway.createResource({ restApiId, parentId, pathPart: '{petId}' });
    const method = { restApiId, resourceId, httpMethod: 'ANY' };
    const requestParameters = { 'method.request.path.petId': true, 'method.request.querystring.page': false };
    await apiGateway.putMethod({ ...method, authorizationType: 'NONE', requestParameters });
    const integration = {
      ...method,
      type: 'HTTP_PROXY' as const,
      integrationHttpMethod: 'ANY',
      uri: 'http://orders.internal/v1/{id}',
      connectionType: 'VPC_LINK' as const,
      connectionId: v1,
      requestParameters: {
        'integration.request.path.id': 'method.request.path.petId',
        'integration.request.header.x-fixed': "'yes'",
        'integration.request.querystring.seite': 'method.request.querystring.page',
      },
    };
    await apiGateway.putIntegration(integration);
    const test = () =>
      apiGateway.testInvokeMethod({ ...method, httpMethod: 'GET', pathWithQueryString: '/pets/7?page=2' });
    const proxied = await test();
    expect(linesOf(proxied)).toContain('HTTP Method: GET, Resource Path: /pets/7');
    expect(linesOf(proxied)).toContain('Method request path: {petId=7}');
    expect(linesOf(proxied)).toContain('Endpoint request URI: http://orders.internal/v1/7?page=2&seite=2');
    expect(linesOf(proxied)[6]).toMatch(/^Endpoint request headers: \{x-fixed=yes, /);
    await apiGateway.putIntegration({ ...integration, type: 'HTTP' });
    expect(linesOf(await test())).toContain('Endpoint request URI: http://orders.internal/v1/7?seite=2');
    const { requestParameters: _, ...unmapped } = integration;
    await apiGateway.putIntegration(unmapped);
    const failed = await test();
    expect(failed).toMatchObject({ status: 500, body: '{"message": "Internal server error"}' });
    expect(reasonOf(failed)).toBe(
      'Execution failed due to configuration error: Illegal character in path at index 26: http://orders.internal/v1/{id}?page=2'.split(
        '?',
      )[0],
    );
  });
});

answers('truth 22: a test of a private integration that does not reach its backend', privateWorld)`
  through a V1 link: answers the same
    put {connectionId: $v1}
    TestInvokeMethod $method -> ${{ ...FAILED, latency: 10_000 }}
`;

it('truth 22: a test that the gateway answers itself: gets the gateway response of the API for the failure', async () => {
  const { test, apiGateway, restApiId } = await mocked('{"statusCode": "200"}');
  await apiGateway.putGatewayResponse({ restApiId, responseType: 'DEFAULT_5XX', statusCode: '503' });
  const answer = await test();
  expect(answer).toMatchObject({ status: 503, body: '{"message":"Internal server error"}' });
  expect(linesOf(answer).at(-1)).toBe('Method completed with status: 503');
});

answers('truth 22: a test that the gateway answers itself', petsApi)`
  is validated
    CreateRequestValidator {restApiId: $restApiId, name: all, validateRequestParameters: true}
    PutMethod {restApiId: $restApiId, resourceId: $resourceId, httpMethod: POST, authorizationType: NONE,
      requestValidatorId: $id, requestParameters: {method.request.header.X-Trace: true}}
    PutIntegration {restApiId: $restApiId, resourceId: $resourceId, httpMethod: POST, type: MOCK}
    TestInvokeMethod {restApiId: $restApiId, resourceId: $resourceId, httpMethod: POST}
      -> {status: 400, body: '{"message": "Missing required request parameters: [X-Trace]"}'}
`;

describe('TestInvokeMethod refuses', () => {
  const mock = (input: object) => async (world: PetsWorld) => {
    await world.apiGateway.putIntegration({ ...world.method, type: 'MOCK' });
    return world.apiGateway.testInvokeMethod({ ...world.method, ...input });
  };

  it.each<[string, (world: PetsWorld) => Promise<unknown>]>([
    ['several values of a header', mock({ multiValueHeaders: { a: ['1', '2'] } })],
    ['several values of a parameter', mock({ pathWithQueryString: '/pets?a=1&a=2' })],
    ['a client certificate', mock({ clientCertificateId: 'abc' })],
    [
      'an integration of a service',
      async ({ apiGateway, method }) => {
        const uri = 'arn:aws:apigateway:eu-west-1:sqs:path/111122223333/orders';
        await apiGateway.putIntegration({ ...method, type: 'AWS', integrationHttpMethod: 'POST', uri });
        return apiGateway.testInvokeMethod(method);
      },
    ],
    [
      'a template with references',
      async ({ apiGateway, method }) => {
        const requestTemplates = { 'application/json': '{"statusCode": $context.status}' };
        await apiGateway.putIntegration({ ...method, type: 'MOCK', requestTemplates });
        return apiGateway.testInvokeMethod(method);
      },
    ],
  ])('what is not simulated: %s', async (_, call) => {
    await expect(call(await petsApi())).rejects.toMatchObject(NOT_SIMULATED);
  });
});

answers('TestInvokeMethod refuses', petsApi)`
  a resource and a method that do not exist, and a method without an integration
    TestInvokeMethod {<<: $method, restApiId: nothing} !NotFoundException: Invalid Resource identifier specified
    TestInvokeMethod {<<: $method, resourceId: nothing} !NotFoundException: Invalid Resource identifier specified
    TestInvokeMethod {<<: $method, httpMethod: POST} !NotFoundException: Invalid Method identifier specified
    TestInvokeMethod {<<: $method} !BadRequestException: No integration defined for method
`;

describe('a test of a public integration', () => {
  async function calling(uri: string, type: 'HTTP' | 'HTTP_PROXY' = 'HTTP_PROXY') {
    const world = await petsApi();
    const { apiGateway, method } = world;
    await apiGateway.putIntegration({ ...method, type, integrationHttpMethod: 'POST', uri });
    const test = () => apiGateway.testInvokeMethod({ ...method, headers: { 'X-A': '1' }, body: '{}' });
    return { ...world, test };
  }

  it('is answered by the echo, or by the backend that is registered for the host', async () => {
    const { test, simulation } = await calling('https://api.example.com/v1/pets?a=b');
    const answer = await test();
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body ?? '')).toMatchObject({
      method: 'POST',
      path: '/v1/pets',
      query: 'a=b',
      headers: { host: 'api.example.com', 'x-a': '1' },
    });
    expect(linesOf(answer)).toContain('Sending request to https://api.example.com/v1/pets?a=b');
    simulation.backends.add({
      address: 'api.example.com',
      port: 443,
      behavior: { status: 503, body: 'busy', delayMs: 70 },
    });
    expect(await test()).toMatchObject({ status: 503, body: 'busy', latency: 70 });
    simulation.backends.add({ address: 'api.example.com', port: 443, behavior: { delayMs: 40_000 } });
    expect(await test()).toMatchObject({ status: 504, latency: 29_000 });
    simulation.backends.add({ address: 'api.example.com', port: 443, behavior: { reset: true } });
    expect(await test()).toMatchObject({ status: 504 });
  });

  it('of type HTTP has the response that its status is mapped to', async () => {
    const { test, apiGateway, method } = await calling('http://api.example.com:8080', 'HTTP');
    await apiGateway.putMethodResponse({ ...method, statusCode: '201' });
    await apiGateway.putIntegrationResponse({
      ...method,
      statusCode: '201',
      responseTemplates: { 'application/json': 'made' },
    });
    expect(await test()).toMatchObject({ status: 201, body: 'made' });
  });

  it.each([
    'http://10.0.0.1/',
    'http://127.0.0.1:4010/_postern/',
    'http://localhost/',
    'http://169.254.169.254/',
    'http://[::1]/',
  ])('does not reach %s', async (uri) => {
    const { test, simulation } = await calling(uri);
    simulation.backends.add({ address: '10.0.0.1', port: 80, behavior: {} });
    expect(await test()).toMatchObject(FAILED);
  });
});

describe('truth 22: a test that is answered from behind the link', () => {
  /** A listener on port 80 of the load balancer, without a target. */
  async function listening(kind: 'application' | 'network') {
    const world = await privateWorld();
    const { apiGateway, elasticLoadBalancingV2: elb, ec2, method, put, v2, alb, nlb, simulation } = world;
    const { LoadBalancers: [balancer] = [] } = await elb.describeLoadBalancers({
      LoadBalancerArns: [kind === 'application' ? alb : nlb],
    });
    const { TargetGroups: [group] = [] } = await elb.createTargetGroup({
      Name: 'orders',
      Protocol: kind === 'application' ? 'HTTP' : 'TCP',
      Port: 80,
      VpcId: balancer?.VpcId,
      TargetType: 'ip',
    });
    await elb.createListener({
      LoadBalancerArn: balancer?.LoadBalancerArn,
      Protocol: kind === 'application' ? 'HTTP' : 'TCP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: group?.TargetGroupArn }],
    });
    for (const GroupId of balancer?.SecurityGroups ?? []) {
      const IpRanges = [{ CidrIp: '0.0.0.0/0' }];
      await ec2.authorizeSecurityGroupIngress({
        GroupId,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges }],
      });
    }
    await simulation.advance(60_000);
    await put({ connectionId: v2, integrationTarget: balancer?.LoadBalancerArn });
    return { ...world, test: () => apiGateway.testInvokeMethod(method) };
  }

  it('an application load balancer without targets answers itself', async () => {
    const { test } = await listening('application');
    const answer = await test();
    expect(answer).toMatchObject({ status: 503, headers: { 'x-amzn-Remapped-Server': 'awselb/2.0' } });
    expect(linesOf(answer)).toContain('Received response. Status: 503, Integration latency: 15 ms');
  });

  it('a network load balancer without targets does not', async () => {
    const { test } = await listening('network');
    expect(await test()).toMatchObject({ ...FAILED, latency: 10_000 });
  });
});

it('a test leaves the world as it is', async () => {
  const { simulation, apiGateway } = restWorld();
  const { id: restApiId, rootResourceId: resourceId } = await apiGateway.createRestApi({ name: 'shop' });
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await apiGateway.putMethod({ ...method, authorizationType: 'NONE' });
  await apiGateway.putIntegration({ ...method, type: 'MOCK' });
  const before = JSON.stringify(simulation.world().clouds);
  await apiGateway.testInvokeMethod(method);
  expect(JSON.stringify(simulation.world().clouds)).toBe(before);
});
