import { describe, expect, it } from 'vitest';
import { apigShop, HOST, newService } from './apig-shop.js';

/** What the echo got: its path, its peer and headers. */
const seen = ({ body }: { body: string }) => JSON.parse(body) as Record<string, any>;

describe('a call of a published route', () => {
  it('reaches the server from an interface of the gateway, with the host of the caller', async () => {
    const { call } = await apigShop();
    const answer = await call('/orders/7?full=true');
    expect(answer).toMatchObject({
      status: 200,
      outcome: 'delivered',
      trace: { route: 'ANY Prefix /orders', target: expect.stringMatching(/:8080$/) },
    });
    expect(answer.trace.source).toMatch(/^10\.0\.[12]\.\d+$/);
    expect(seen(answer)).toMatchObject({
      path: '/orders/7',
      headers: { host: HOST, 'x-forwarded-for': expect.any(String) },
    });
  });

  it('is answered at the default domain only by routes without a domain', async () => {
    const { call, publish, post, gateway, gatewayId, apiId, sim } = await apigShop();
    const host = `${gateway.environments[0].environmentId}-cn-hangzhou.alicloudapi.com`;
    expect(await call('/orders/7', { host })).toMatchObject({ status: 404, outcome: 'no-route' });
    await publish('Prefix /orders', { domainIds: [] });
    expect(await call('/orders/7', { host })).toMatchObject({ status: 200 });
    expect(await sim.traffic.call({ host, path: '/orders/7' })).toMatchObject({ status: 200 });
    await post(`/v1/http-apis/${apiId}/undeploy`, { gatewayId });
    expect(await sim.traffic.call({ host, path: '/orders/7' })).toMatchObject({ status: 404 });
  });

  it('of a draft is 404, and so is one after Undeploy; a change is served from the next publication on', async () => {
    const { call, publish, post, put, apiId, gatewayId } = await apigShop();
    const routeId = await publish('Exact /carts', {}, false);
    expect(await call('/carts')).toMatchObject({ status: 404, outcome: 'no-integration' });
    await post(`/v1/http-apis/${apiId}/deploy`, { routeId });
    expect(await call('/carts')).toMatchObject({ status: 200 });
    await put(`/v1/http-apis/${apiId}/routes/${routeId}`, { match: { path: { type: 'Exact', value: '/basket' } } });
    expect([(await call('/carts')).status, (await call('/basket')).status]).toEqual([200, 404]);
    await post(`/v1/http-apis/${apiId}/deploy`, { routeId });
    expect([(await call('/carts')).status, (await call('/basket')).status]).toEqual([404, 200]);
    await post(`/v1/http-apis/${apiId}/undeploy`, { routeId, gatewayId });
    expect((await call('/basket')).status).toBe(404);
  });

  it('is 404 from the undeployment of its API on, on the gateway or the environment that is named', async () => {
    const { call, publish, post, get, apiId, gatewayId, environmentId, routeId } = await apigShop();
    const statusOf = async () => (await get(`/v1/http-apis/${apiId}/routes/${routeId}`))['data'].deployStatus;
    for (const where of [{ gatewayId }, { environmentId }]) {
      await publish('Exact /carts');
      await post(`/v1/http-apis/${apiId}/deploy`, { routeId });
      expect([(await call('/orders')).status, (await call('/carts')).status]).toEqual([200, 200]);
      expect(await post(`/v1/http-apis/${apiId}/undeploy`, where)).toMatchObject({
        code: 'Ok',
        data: { httpApiId: apiId },
      });
      expect([(await call('/orders')).status, (await call('/carts')).status]).toEqual([404, 404]);
      expect(await statusOf()).toMatch(/^(?:Undeploying|NotDeployed)$/);
    }
    await expect(post(`/v1/http-apis/${apiId}/undeploy`, {})).rejects.toMatchObject({ code: 'InvalidParameter' });
  });

  it('of a Rest API is 404 from the undeployment of its operation, or of all, on', async () => {
    const { call, post, get, gatewayId, serviceId, domainId } = await apigShop();
    const deployConfigs = [
      { gatewayId, customDomainIds: [domainId], serviceConfigs: [{ serviceId, port: 8080, weight: 100 }] },
    ];
    const { data } = await post('/v1/http-apis', { name: 'rest', type: 'Rest', basePath: '/v1', deployConfigs });
    const api = `/v1/http-apis/${data.httpApiId}`;
    const operations = ['/a', '/b'].map((path) => ({ name: path.slice(1), method: 'GET', path }));
    await post(`${api}/operations`, { operations });
    await post(`${api}/deploy`, { restApiConfig: { gatewayId } });
    const statuses = async () => [(await call('/v1/a')).status, (await call('/v1/b')).status];
    expect(await statuses()).toEqual([200, 200]);
    const { items } = (await get(`${api}/operations`))['data'];
    const { operationId } = items.find(({ path }: { path: string }) => path === '/a');
    await post(`${api}/undeploy`, { gatewayId, operationId });
    expect(await statuses()).toEqual([404, 200]);
    await post(`${api}/undeploy`, { gatewayId });
    expect(await statuses()).toEqual([404, 404]);
  });

  it('takes the route by path, method, header and parameter', async () => {
    const { call, publish } = await apigShop();
    await publish('Prefix /');
    await publish('Exact /orders/7');
    await publish('Regex /orders/[0-9]+');
    await publish('Prefix /orders/archive');
    await publish('Prefix /orders', { match: { methods: ['POST'] } });
    await publish('Prefix /orders', { match: { headers: [{ name: 'x-ca-stage', type: 'Exact', value: 'TEST' }] } });
    await publish('Prefix /orders', { match: { queryParams: [{ name: 'v', type: 'Prefix', value: '2' }] } });
    const route = async (path: string, given: object = {}) => (await call(path, given)).trace.route;
    expect(await route('/orders/7')).toBe('ANY Exact /orders/7');
    expect(await route('/orders/8')).toBe('ANY Prefix /orders');
    expect(await route('/orders/archive/8')).toBe('ANY Prefix /orders/archive');
    expect(await route('/orders8')).toBe('ANY Prefix /');
    expect(await route('/orders', { method: 'POST' })).toBe('POST Prefix /orders');
    expect((await call('/orders', { headers: { 'x-ca-stage': 'TEST' } })).outcome).toBe('delivered');
  });

  it('is shared by weights', async () => {
    const shop = await apigShop();
    const other = await newService(shop, shop.gatewayId, 'other', ['10.0.1.200:8080']);
    const services = [
      { serviceId: shop.serviceId, port: 8080, weight: 90 },
      { serviceId: other, port: 8080, weight: 10 },
    ];
    await shop.publish('Exact /both', { backendConfig: { scene: 'MultiServiceByRatio', services } });
    await shop.put(`/v1/services/${other}`, { addresses: ['10.0.1.199:8080'] });
    let lost = 0;
    for (let count = 0; count < 200; count += 1) if ((await shop.call('/both')).outcome !== 'delivered') lost += 1;
    expect(lost).toBeGreaterThan(5);
    expect(lost).toBeLessThan(40);
  });

  it('of an operation of a Rest API has parameters in its path, and may lose the base path', async () => {
    const { call, post, gatewayId, serviceId, domainId } = await apigShop();
    const deployConfigs = [
      { gatewayId, customDomainIds: [domainId], serviceConfigs: [{ serviceId, port: 8080, weight: 100 }] },
    ];
    const create = { name: 'rest', type: 'Rest', basePath: '/v1', removeBasePathOnForward: true, deployConfigs };
    const api = `/v1/http-apis/${(await post('/v1/http-apis', create))['data'].httpApiId}`;
    const mock = { enable: true, responseCode: 202, responseContent: '{"ok":true}' };
    await post(`${api}/operations`, {
      operations: [
        { name: 'get', method: 'GET', path: '/orders/{id}' },
        { name: 'mock', method: 'GET', path: '/mock', mock },
      ],
    });
    await post(`${api}/deploy`, { restApiConfig: { gatewayId } });
    expect(seen(await call('/v1/orders/7'))).toMatchObject({ path: '/orders/7' });
    expect(await call('/v1/orders/7/items')).toMatchObject({ status: 404 });
    expect(await call('/v1/mock')).toMatchObject({ status: 202, body: '{"ok":true}', outcome: 'delivered' });
  });
});

describe('a domain', () => {
  it('with nothing published is called at a pinned address, and leads nowhere by itself', async () => {
    const { call, post, sim, publish, put, domainId, gatewayId } = await apigShop();
    const host = 'new.example.com';
    const created = await post('/v1/domains', { name: host, protocol: 'HTTP' });
    expect(await call('/orders', { host })).toMatchObject({ status: 404, outcome: 'no-route' });
    expect(await sim.traffic.call({ host, path: '/orders' })).toMatchObject({
      outcome: 'unreachable',
      because: expect.stringMatching(/leads nowhere/),
    });
    await publish('Prefix /', { domainIds: [created['data'].domainId] });
    expect(await sim.traffic.call({ host, path: '/orders' })).toMatchObject({
      outcome: 'delivered',
      trace: { gateway: gatewayId },
    });
    await put(`/v1/domains/${domainId}`, { mTLSEnabled: true });
    expect(await call('/orders')).toMatchObject({
      outcome: 'unreachable',
      because: expect.stringMatching(/certificate of the client/),
    });
    expect(await call('/orders', { headers: { 'x-postern-client-certificate': 'any' } })).toMatchObject({
      outcome: 'delivered',
    });
  });

  it('without the right certificate has no TLS', async () => {
    const { call, sim, put, domainId } = await apigShop();
    expect(await call('/orders', { headers: { 'x-postern-protocol': 'http' } })).toMatchObject({ status: 200 });
    await put(`/v1/domains/${domainId}`, { forceHttps: true });
    expect(await call('/orders', { headers: { 'x-postern-protocol': 'http' } })).toMatchObject({ status: 301 });
    for (const planted of [{ names: 'other.example.com' }, { names: HOST, is: 'expired' as const }]) {
      const certIdentifier = sim.plant('cn-hangzhou', { kind: 'certificate', ...planted });
      await put(`/v1/domains/${domainId}`, { certIdentifier });
      expect(await call('/orders')).toMatchObject({
        status: 504,
        outcome: 'unreachable',
        because: expect.stringMatching(/TLS handshake/),
      });
    }
  });

  it('is called from where the gateway has a load balancer', async () => {
    const { call, vpcId, gateway } = await apigShop();
    const [, intranet] = gateway.loadBalancers;
    const at = (from: string, address: string) =>
      call('/orders', { headers: { 'x-postern-caller': from, 'x-postern-address-of': address } });
    expect(await at(vpcId, intranet.ipv4Addresses[0])).toMatchObject({ outcome: 'delivered' });
    expect(await at('internet', intranet.address)).toMatchObject({ outcome: 'unreachable' });
    expect(await at('vpc-other', intranet.address)).toMatchObject({ outcome: 'unreachable' });
  });
});
