import { alibaba } from '@postern/alibaba';
import type { ShiftRequest } from '@postern/core/internal/moves';
import type { CallGateway } from '@postern/core/internal/probe';
import { REGION } from '../alibaba/apig/apig-account.js';
import type { Simulation } from '../../src/index.js';
import type { Machine } from '../runs/machine.js';
import { apigShop, HOST, newService } from '../traffic/alibaba/apig/apig-shop.js';

export const STEPS = [20, 100];
const GREEN = '10.0.1.201';

/** Two routes to one service, and a second service of the gateway: one with an address, or one of a registry. */
export async function routeShop(within?: Simulation, isRegistered = false) {
  const shop = await apigShop({}, within);
  const { sim, ecs, get, put, post, apiId, gatewayId, serviceId, routeId } = shop;
  const parts = [routeId, await shop.publish('Exact /carts')];
  await ecs('RunInstances', {
    VSwitchId: shop.vSwitchIds[0],
    SecurityGroupId: shop.serverGroupId,
    PrivateIpAddress: GREEN,
    ImageId: 'img',
    InstanceType: 'ecs.g6.large',
  });
  const green = isRegistered ? await registered(shop) : await newService(shop, gatewayId, 'green', [`${GREEN}:8080`]);
  if (!isRegistered) await put(`/v1/services/${green}`, { healthCheckConfig: { enable: true, protocol: 'HTTP' } });
  await sim.advance(120_000);
  const callGateway: CallGateway = async ({ url, method }) => {
    const { status, headers, body } = await shop.call(new URL(url).pathname, { method });
    return { status, headers: headers as Record<string, string>, latencyMs: 1, body };
  };
  const calls = ['/orders', '/carts'].map((path) => ({ method: 'GET', url: `https://${HOST}${path}` }));
  const request: ShiftRequest = {
    provider: 'alibaba',
    region: REGION,
    shift: { kind: 'apig-http-api route', id: apiId, parts },
    name: 'orders',
    to: 'green',
    steps: STEPS,
    calls,
  };
  const row = async (id = routeId) => (await get(`/v1/http-apis/${apiId}/routes/${id}`))['data'];
  const named = (id: string): string => (id === green ? 'green' : id === serviceId ? 'server' : id);
  /** `{ server: 80, green: 20 }` of each route. */
  const shares = () =>
    Promise.all(
      parts.map(async (id) => {
        const services: any[] = (await row(id)).backend.services;
        return Object.fromEntries(services.map((one) => [named(one.serviceId), one.weight as number]));
      }),
    );
  const served = async () => (JSON.parse((await shop.call('/orders/1')).body) as { destination: string }).destination;
  const holder = async () => {
    const names = new Set((await shares()).flatMap((one) => Object.keys(one)));
    // What was written may not be published.
    return [...names.add((await served()) === GREEN ? 'green' : 'server')].join(' ');
  };
  return {
    ...shop,
    simulation: sim,
    driverOf: (by: Machine) => alibaba({ region: REGION, api: by.alibaba(REGION) }),
    green,
    greenAddress: GREEN,
    request: () => Promise.resolve(request),
    callGateway,
    parts,
    row,
    /** Where a call of the published route arrives. */
    served,
    shares,
    traffic: { gateway: HOST, paths: ['/orders', '/carts'], headers: { 'x-postern-address-of': gatewayId } },
    nextRequest: async () => ({ ...request, to: (await holder()) === 'server' ? 'green' : 'server' }),
    holder,
    give: async (services: readonly object[]) => {
      const body = { backendConfig: { scene: 'MultiServiceByRatio', services } };
      await put(`/v1/http-apis/${apiId}/routes/${routeId}`, body);
      await post(`/v1/http-apis/${apiId}/deploy`, { routeId });
    },
  };
}

export type RouteShop = Awaited<ReturnType<typeof routeShop>>;

/** `green` in an MSE Nacos instance that is a source of the gateway. */
async function registered({ sim, gatewayId, post }: Awaited<ReturnType<typeof apigShop>>): Promise<string> {
  const instanceId = 'mse-cn-a1b2c3d4';
  sim.plant(REGION, { kind: 'nacos-instance', instanceId, is: 'running' });
  const service = { instanceId, group: 'DEFAULT_GROUP', service: 'green', instances: `${GREEN}:8080` };
  sim.plant(REGION, { kind: 'nacos-service', ...service });
  const source = { gatewayId, type: 'MSE_NACOS', nacosSourceConfig: { instanceId } };
  const { sourceId } = (await post('/v1/sources', source))['data'];
  const config = { name: 'green', groupName: 'DEFAULT_GROUP', namespace: 'public', sourceId };
  const given = { gatewayId, sourceType: 'MSE_NACOS', serviceConfigs: [config] };
  return (await post('/v1/services', given))['data'].serviceIds[0] as string;
}
