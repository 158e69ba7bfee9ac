import { describe, expect, it } from 'vitest';
import { apigAccount, newGateway, type ApigAccount } from './apig-account.js';

/** A gateway with a VIP service and an API of the type Http. */
async function withApi(account: ApigAccount) {
  const network = await newGateway(account);
  const { gatewayId } = network;
  const environmentId = (await account.get(`/v1/gateways/${gatewayId}`))['data'].environments[0]
    .environmentId as string;
  const created = await account.post('/v1/services', {
    gatewayId,
    sourceType: 'VIP',
    serviceConfigs: [{ name: 'orders', addresses: ['127.0.0.1:8080'] }],
  });
  const [serviceId] = created['data'].serviceIds as string[];
  const { data } = await account.post('/v1/http-apis', { name: 'shop', type: 'Http', protocols: ['HTTP', 'HTTPS'] });
  const api = `/v1/http-apis/${data.httpApiId}`;
  const route = (more: object = {}) => ({
    name: 'orders',
    environmentId,
    match: { path: { type: 'Prefix', value: '/orders' } },
    backendConfig: { scene: 'SingleService', services: [{ serviceId, port: 8080, protocol: 'HTTP', weight: 100 }] },
    ...more,
  });
  return { ...network, environmentId, serviceId: serviceId as string, apiId: data.httpApiId as string, api, route };
}

describe('services', () => {
  it('are created without a look at what is behind them, and are Healthy until a health check is on', async () => {
    const account = apigAccount();
    const { gatewayId, serviceId } = await withApi(account);
    const { data } = await account.get(`/v1/services/${serviceId}`);
    expect(data).toMatchObject({
      gatewayId,
      addresses: ['127.0.0.1:8080'],
      ports: [{ port: 8080, protocol: 'HTTP' }],
      healthStatus: 'Healthy',
      runtimeDetailStatus: 'Available',
      unhealthyEndpoints: [],
    });
    const healthCheckConfig = {
      enable: true,
      protocol: 'TCP',
      interval: 2,
      timeout: 2,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    };
    await account.put(`/v1/services/${serviceId}`, { healthCheckConfig });
    expect((await account.get(`/v1/services/${serviceId}`))['data']).toMatchObject({
      healthStatus: 'Healthy',
      healthCheck: healthCheckConfig,
    });
    await account.sim.advance(6_000);
    expect((await account.get(`/v1/services/${serviceId}`))['data']).toMatchObject({
      healthStatus: 'Unhealthy',
      unhealthyEndpoints: ['127.0.0.1:8080'],
      runtimeDetailErrorCode: 'RuntimeEndpointTimeout',
    });
    expect((await account.get('/v1/services?name=ord&pageSize=1'))['data']).toMatchObject({ totalSize: 1 });
  });

  it('are not changed twice at a time', async () => {
    const account = apigAccount();
    const { serviceId, refusal } = { ...account, ...(await withApi(account)) };
    const update = () => account.put(`/v1/services/${serviceId}`, { protocol: 'HTTP' });
    const both = await Promise.all([refusal(update()), refusal(update())]);
    expect(both).toEqual([undefined, { code: 'Conflict.LockFailed', statusCode: 409 }]);
  });

  it('are created once for a client token', async () => {
    const account = apigAccount();
    const { gatewayId } = await newGateway(account);
    const body = (name: string) => ({
      gatewayId,
      sourceType: 'DNS',
      serviceConfigs: [{ name, addresses: ['example.com:80'] }],
    });
    const first = await account.post('/v1/services?clientToken=t1', body('a'));
    expect((await account.post('/v1/services?clientToken=t1', body('a')))['data']).toEqual(first['data']);
    const refused = await account.refusal(account.post('/v1/services?clientToken=t1', body('b')));
    expect(refused).toMatchObject({ code: 'IdempotentParameterMismatch' });
  });

  it('cannot be deleted while a route names them, unless that is planted', async () => {
    const account = apigAccount();
    const { serviceId, api, route } = await withApi(account);
    await account.post(`${api}/routes`, route());
    expect(await account.refusal(account.del(`/v1/services/${serviceId}`))).toMatchObject({
      code: 'Conflict.ServiceInUse',
    });
    account.sim.plant('cn-hangzhou', { kind: 'apig-deletions', are: 'allowed' });
    await account.del(`/v1/services/${serviceId}`);
    expect(await account.refusal(account.get(`/v1/services/${serviceId}`))).toMatchObject({
      code: 'NotFound.ServiceNotFound',
    });
  });
});

describe('routes', () => {
  it('are read under other names than they are written, and are not published by their creation', async () => {
    const account = apigAccount();
    const { api, apiId, route, serviceId, gatewayId, environmentId } = await withApi(account);
    const { data } = await account.post(`${api}/routes`, route());
    const path = `${api}/routes/${data.routeId}`;
    expect((await account.get(path))['data']).toMatchObject({
      name: 'orders',
      backend: { scene: 'SingleService', services: [{ serviceId, name: 'orders', port: 8080, weight: 100 }] },
      domainInfos: [],
      environmentInfo: { environmentId, gatewayInfo: { gatewayId }, subDomains: [{}, {}] },
      deployStatus: 'NotDeployed',
      gatewayStatus: { [gatewayId]: 'NotDeployed' },
      builtin: 'false',
    });
    const deployed = await account.post(`${api}/deploy`, { routeId: data.routeId, isInternalRoute: false });
    expect(deployed['data']).toEqual({ httpApiId: apiId });
    const status = async () => (await account.get(path))['data'].deployStatus;
    expect(await status()).toBe('Deploying');
    await account.sim.advance(5_000);
    expect(await status()).toBe('Deployed');
    expect(await account.refusal(account.del(api))).toEqual({ code: 'Conflict.ApiPublished', statusCode: 409 });
    await account.post(`${api}/undeploy`, { routeId: data.routeId, environmentId, gatewayId });
    await account.sim.advance(5_000);
    expect(await status()).toBe('NotDeployed');
    await account.del(api);
    expect(await account.refusal(account.get(api))).toMatchObject({ code: 'DatabaseError.RecordNotFound' });
    expect(await account.refusal(account.del(api))).toMatchObject({ code: 'Error.DatabaseError.RecordNotFound' });
  });

  it.each([
    [{ name: 'orders' }, 'Conflict.RouteNameDuplicated'],
    [{ name: 'b', environmentId: 'env-other' }, 'NotFound.EnvironmentNotFound'],
    [{ name: 'b', domainIds: ['d-other'] }, 'DatabaseError.RecordNotFound'],
    [{ name: 'b', match: { path: { type: 'Glob', value: '/' } } }, 'InvalidParameter'],
    [
      { name: 'b', backendConfig: { scene: 'SingleService', services: [{ serviceId: 'svc-x' }] } },
      'NotFound.ServiceNotFound',
    ],
  ])('are refused with %j: %s', async (more, code) => {
    const account = apigAccount();
    const { api, route } = await withApi(account);
    await account.post(`${api}/routes`, route());
    expect(await account.refusal(account.post(`${api}/routes`, route(more)))).toMatchObject({ code });
  });
});

describe('HTTP APIs', () => {
  it('have names of their own, or versions', async () => {
    const account = apigAccount();
    const create = (more: object) =>
      account.post('/v1/http-apis', { name: 'shop', type: 'Rest', basePath: '/shop', ...more });
    const version = (text: string) => ({
      versionConfig: { enable: true, version: text, scheme: 'Header', headerName: 'v' },
    });
    await create(version('v1'));
    expect(await account.refusal(create({}))).toMatchObject({ code: 'Conflict.ApiNameDuplicated' });
    expect(await account.refusal(create(version('v1')))).toMatchObject({ code: 'Conflict.ApiVersionDuplicated' });
    await create(version('v2'));
    expect((await account.get('/v1/http-apis?name=shop'))['data']).toMatchObject({
      totalSize: 1,
      items: [{ name: 'shop', versionEnabled: true, versionedHttpApis: [{ versionInfo: { version: 'v1' } }, {}] }],
    });
    expect(await account.refusal(create({ name: 'other', basePath: '' }))).toMatchObject({ code: 'InvalidParameter' });
    await create({ name: 'dry', dryRun: true });
    expect((await account.get('/v1/http-apis?name=dry'))['data'].totalSize).toBe(0);
  });

  it('of the type Rest publish operations, and a former revision again', async () => {
    const account = apigAccount();
    const { gatewayId, serviceId } = await withApi(account);
    const deployConfigs = [
      {
        gatewayId,
        backendScene: 'SingleService',
        serviceConfigs: [{ serviceId, port: 8080, protocol: 'HTTP', weight: 100 }],
      },
    ];
    const create = (name: string, more: object) =>
      account.post('/v1/http-apis', { name, type: 'Rest', basePath: '/v1', deployConfigs, ...more });
    const rest = `/v1/http-apis/${(await create('rest', {}))['data'].httpApiId}`;
    const { data } = await account.post(`${rest}/operations`, {
      operations: [{ name: 'get', method: 'GET', path: '/orders/{id}' }],
    });
    const [{ operationId }] = data.operations;
    expect(await account.refusal(account.post(`${rest}/deploy`, { restApiConfig: {} }))).toMatchObject({
      code: 'InvalidParameter',
    });
    await account.post(`${rest}/deploy`, {
      restApiConfig: { gatewayId, operationDeployments: [{ operationId, action: 'Publish' }] },
    });
    expect((await account.get(`${rest}/operations/${operationId}`))['data']).toMatchObject({
      status: 'Deployed',
      path: '/orders/{id}',
    });
    const second = `/v1/http-apis/${(await create('second', {}))['data'].httpApiId}`;
    await account.post(`${second}/operations`, { operations: [{ name: 'get', method: 'GET', path: '/orders/{id}' }] });
    const duplicate = account.post(`${second}/deploy`, { restApiConfig: { gatewayId } });
    expect(await account.refusal(duplicate)).toMatchObject({ code: 'Conflict.ApiPublishDuplicatedPathFound' });
    await account.post(`${rest}/operations/${operationId}`, {
      operation: { name: 'get', method: 'GET', path: '/carts/{id}' },
    });
    await account.post(`${rest}/undeploy`, { gatewayId, operationId });
    expect((await account.get(`${rest}/operations?nameLike=ge`))['data'].items).toMatchObject([
      { status: 'NotDeployed', path: '/carts/{id}' },
    ]);
  });
});

it('domains: are those of the account, with certificates that exist', async () => {
  const account = apigAccount();
  const certIdentifier = account.sim.plant('cn-hangzhou', { kind: 'certificate', names: '*.example.com' });
  const create = (more: object) =>
    account.post('/v1/domains', { name: 'api.example.com', protocol: 'HTTPS', certIdentifier, ...more });
  const { data } = await create({ tlsMin: 'TLS1.0' });
  expect((await account.get(`/v1/domains/${data.domainId}`))['data']).toMatchObject({
    sans: '*.example.com',
    tlsMin: 'TLS1.0',
    forceHttps: false,
  });
  expect((await account.get('/v1/domains?nameLike=api'))['data'].items).toMatchObject([
    { status: 'Published', deployStatus: '' },
  ]);
  expect(await account.refusal(create({}))).toMatchObject({ code: 'Conflict.DomainExisted' });
  expect(await account.refusal(create({ name: 'a.example.com', certIdentifier: '1-cn-hangzhou' }))).toMatchObject({
    code: 'NotFound.CertificateNotFound',
  });
  expect(await account.refusal(create({ name: 'a.example.com', certIdentifier: '' }))).toMatchObject({
    code: 'InvalidParameter',
  });
  await account.put(`/v1/domains/${data.domainId}`, { forceHttps: true });
  expect((await account.get(`/v1/domains/${data.domainId}`))['data']).toMatchObject({
    forceHttps: true,
    protocol: 'HTTPS',
  });
  await account.del(`/v1/domains/${data.domainId}`);
  expect(await account.refusal(account.get(`/v1/domains/${data.domainId}`))).toMatchObject({
    code: 'DatabaseError.RecordNotFound',
  });
});

it('policies: are made and attached in one call, or in two', async () => {
  const account = apigAccount();
  const { api, apiId, route, gatewayId, environmentId } = await withApi(account);
  const { routeId } = (await account.post(`${api}/routes`, route()))['data'];
  const config = '{"unit":"Second","limit":100,"responseStatusCode":429}';
  const attachment = { attachResourceType: 'GatewayRoute', attachResourceIds: [routeId], environmentId, gatewayId };
  const { data } = await account.post('/v1/policies', {
    className: 'RateLimit',
    name: 'rate',
    config,
    ...attachment,
  });
  const { policyAttachmentId } = data.attachment;
  const list = async () =>
    (await account.get(`/v1/policies?attachResourceId=${routeId}&withAttachments=true`))['data'].items;
  expect(await list()).toMatchObject([
    { policyId: data.policyId, config, attachments: [{ attachResourceIds: [routeId] }] },
  ]);
  await account.put(`/v2/policies/${data.policyId}`, { config: '{"unit":"Minute","limit":5}' });
  expect((await account.get(`/v2/policies/${data.policyId}`))['data'].config).toContain('Minute');
  expect(await account.refusal(account.del(`/v2/policies/${data.policyId}`))).toMatchObject({
    code: 'Conflict.PolicyInUse',
  });
  await account.del(
    `/v1/policies/${data.policyId}?policyAttachmentId=${(await list())[0].attachments[0].policyAttachmentId}`,
  );
  expect([await list(), policyAttachmentId]).toEqual([[], expect.stringMatching(/^pr-/)]);
  const { policyId } = (
    await account.post('/v2/policies', { className: 'Timeout', name: 't', config: '{"unitNum":1}' })
  )['data'];
  await account.post('/v1/policy-attachments', {
    policyId,
    attachResourceType: 'HttpApi',
    attachResourceId: apiId,
    gatewayId,
  });
  const wrong = account.post('/v1/policy-attachments', {
    policyId,
    attachResourceType: 'Gateway',
    attachResourceId: gatewayId,
  });
  expect(await account.refusal(wrong)).toMatchObject({ code: 'InvalidParameter' });
  const classes = (await account.get('/v1/policy-classes?pageSize=100&attachResourceType=GatewayService'))['data'];
  expect(classes.items.map(({ name }: { name: string }) => name)).toEqual(['ServiceTls', 'ServiceLb']);
});

describe('consumers', () => {
  it('keep the keys that they are given, appear late in lists, and are authorized for what is published', async () => {
    const account = apigAccount();
    const { api, apiId, route, environmentId } = await withApi(account);
    const { routeId } = (await account.post(`${api}/routes`, route()))['data'];
    const aksk = (ak: string) => ({
      akSkIdentityConfigs: [{ type: 'AkSk', generateMode: 'Custom', ak, sk: 'f'.repeat(32) }],
    });
    const { consumerId } = (
      await account.post('/v1/consumers', { name: 'phone', gatewayType: 'API', ...aksk('123456789') })
    )['data'];
    expect((await account.get(`/v1/consumers/${consumerId}`))['data']).toMatchObject(aksk('123456789'));
    expect((await account.get('/v1/consumers'))['data'].items).toEqual([]);
    const again = await account.refusal(account.post('/v1/consumers', { name: 'other', ...aksk('123456789') }));
    expect(again).toMatchObject({ code: 'Conflict.AccessKeyDuplicated' });
    const rule = {
      consumerId,
      principalType: 'Consumer',
      resourceType: 'HttpApiRoute',
      expireMode: 'LongTerm',
      resourceIdentifier: { resourceId: routeId, parentResourceId: apiId, environmentId },
    };
    const authorize = () => account.post('/v1/authorization-rules', { authorizationRules: [rule] });
    expect(await account.refusal(authorize())).toMatchObject({ code: 'Conflict.ResourceNotDeployed' });
    await account.post(`${api}/deploy`, { routeId });
    const [id] = (await authorize())['data'].consumerAuthorizationRuleIds as string[];
    expect(await account.refusal(authorize())).toMatchObject({ code: 'Conflict.ConsumerAuthorizationForbidden' });
    const listed = async () => (await account.get(`/v1/authorization-rules?resourceId=${routeId}`))['data'];
    expect((await listed()).items).toEqual([]);
    await account.sim.advance(10_000);
    expect(await listed()).toMatchObject({ totalSize: '1', items: [{ consumerId, consumerInfo: { name: 'phone' } }] });
    expect(JSON.stringify(await account.get('/v1/consumers'))).not.toContain('ffff');
    await account.del(`/v1/authorization-rules?consumerAuthorizationRuleIds=${id},`.replace(/,$/, ''));
    expect((await listed()).items).toEqual([]);
    const gone = await account.refusal(account.del(`/v1/authorization-rules/${id}`));
    expect(gone).toMatchObject({ code: 'NotFound.ConsumerAuthorizationRuleNotFound' });
    await account.del(`/v1/consumers/${consumerId}`);
    expect(await account.refusal(account.get(`/v1/consumers/${consumerId}`))).toMatchObject({
      code: 'NotFound.ConsumerNotFound',
    });
  });
});
