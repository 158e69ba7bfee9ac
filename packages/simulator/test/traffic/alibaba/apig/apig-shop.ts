import type { SimulateOptions, Simulation } from '../../../../src/index.js';
import { apigAccount, newGateway, REGION, type ApigAccount } from '../../../alibaba/apig/apig-account.js';

type Json = Readonly<Record<string, any>>;

export const HOST = 'api.example.com';

/**
 * A gateway with a server at 10.0.1.x:8080 behind it, whose group admits the managed group; a VIP service for it, a domain with a
 * certificate, and the route `/orders` (prefix) published at it.
 */
export async function apigShop(options: SimulateOptions = {}, within?: Simulation) {
  const account = apigAccount({ clock: 'auto', throttle: false, dataPathDelay: 0, ...options }, within);
  const { post, get, ecs, sim } = account;
  const network = await newGateway(account);
  const { gatewayId, vpcId, vSwitchIds } = network;
  const gateway = (await get(`/v1/gateways/${gatewayId}`))['data'];
  const environmentId = gateway.environments[0].environmentId as string;
  const { SecurityGroupId } = await ecs('CreateSecurityGroup', { VpcId: vpcId });
  await post(`/v1/gateways/${gatewayId}/security-group-rules`, {
    securityGroupId: SecurityGroupId,
    portRanges: ['8080/8080'],
  });
  const server = {
    VSwitchId: vSwitchIds[0],
    SecurityGroupId,
    PrivateIpAddress: '10.0.1.200',
    ImageId: 'img',
    InstanceType: 'ecs.g6.large',
  };
  const { InstanceIdSets } = await ecs('RunInstances', server);
  await sim.advance(120_000);
  const serviceId = await newService(account, gatewayId, 'server', ['10.0.1.200:8080']);
  const certIdentifier = sim.plant(REGION, { kind: 'certificate', names: HOST });
  const domain = await post('/v1/domains', { name: HOST, protocol: 'HTTPS', certIdentifier });
  const { httpApiId } = (await post('/v1/http-apis', { name: 'shop', type: 'Http' }))['data'];
  let names = 0;
  const publish = async (path: string, more: Json = {}, deploys = true): Promise<string> => {
    names += 1;
    const [type = 'Exact', value = '/'] = path.split(' ');
    const { match = {}, ...others } = more;
    const { data } = await post(`/v1/http-apis/${httpApiId}/routes`, {
      name: `route${names}`,
      environmentId,
      domainIds: [domain['data'].domainId],
      match: { path: { type, value }, ...match },
      backendConfig: { scene: 'SingleService', services: [{ serviceId, port: 8080, protocol: 'HTTP', weight: 100 }] },
      ...others,
    });
    if (deploys) await post(`/v1/http-apis/${httpApiId}/deploy`, { routeId: data.routeId });
    return data.routeId as string;
  };
  const routeId = await publish('Prefix /orders');
  const call = (path: string, given: { host?: string; method?: string; headers?: Json; body?: string } = {}) =>
    sim.traffic.call({ host: HOST, path, ...given, headers: { 'x-postern-address-of': gatewayId, ...given.headers } });
  return {
    ...account,
    ...network,
    gateway,
    environmentId,
    serverGroupId: SecurityGroupId as string,
    serverId: InstanceIdSets.InstanceIdSet[0] as string,
    serviceId,
    domainId: domain['data'].domainId as string,
    apiId: httpApiId as string,
    routeId,
    publish,
    call,
    policy: (className: string, config: Json, attachResourceType = 'GatewayRoute', id = routeId) =>
      post('/v1/policies', {
        className,
        name: className,
        config: JSON.stringify(config),
        attachResourceType,
        attachResourceIds: [id],
        gatewayId,
      }),
  };
}

export type ApigShop = Awaited<ReturnType<typeof apigShop>>;

export async function newService(
  { post }: ApigAccount,
  gatewayId: string,
  name: string,
  addresses: readonly string[],
  sourceType = 'VIP',
) {
  const { data } = await post('/v1/services', { gatewayId, sourceType, serviceConfigs: [{ name, addresses }] });
  return data.serviceIds[0] as string;
}
