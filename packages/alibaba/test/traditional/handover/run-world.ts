import { memoryJournal, type CallContext, type Journal } from '@postern/core/internal/library';
import {
  parseWaiver,
  planHandover,
  runHandover,
  type HandoverEvent,
  type HandoverPlan,
  type HandoverResult,
  type PlanHandoverOptions,
  handoverDriver,
  handoverReader,
} from '../../../src/traditional/handover/internal.js';
import type { SimulateOptions } from '@postern/simulator';
import { REGION, simulated } from '../../world/simulated.js';
import { definition, publish, SECRET } from './shop.js';

export const HOST = 'api.example.com';
/** The value of a constant header: no output may contain it. */
export const CONSTANT = 'canary-of-a-constant';

const WAIVED = [parseWaiver('group/own-domain=a test')];

/** A group with six APIs on RELEASE, called at its own domain, and a gateway that can be the target. */
export async function runWorld(options: SimulateOptions = {}) {
  const cloud = await simulated(options);
  const { call, world, simulation, ctx } = cloud;
  const { networkId, subnetIds, securityGroupIds } = world as unknown as {
    readonly networkId: string;
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
  };
  const [, machine] = world.targets as unknown as readonly { readonly instance: string; readonly port: number }[];
  const groupId = world.gateway.id;
  call('CloudAPI', 'SetVpcAccess', { Name: 'orders-vpc', VpcId: networkId, InstanceId: machine?.instance, Port: 8080 });
  // What the classic service needs, so that its answers can be compared.
  call('Ecs', 'AuthorizeSecurityGroup', {
    SecurityGroupId: securityGroupIds[0],
    IpProtocol: 'tcp',
    PortRange: '8080/8080',
    SourceCidrIp: '100.104.0.0/16',
  });
  const vpc = { ServiceVpcEnable: 'TRUE', VpcConfig: { Name: 'orders-vpc', VpcScheme: 'HTTP' } };
  const open = { AuthType: 'ANONYMOUS' };
  const request = (path: string, method: string) => ({
    RequestConfig: JSON.stringify({
      RequestProtocol: 'HTTP,HTTPS',
      RequestHttpMethod: method,
      RequestPath: path,
      RequestMode: 'PASSTHROUGH',
    }),
  });
  const id = {
    RequestParameters: JSON.stringify([
      { ApiParameterName: 'id', Location: 'Path', ParameterType: 'String', Required: 'REQUIRED' },
    ]),
    ServiceParameters: JSON.stringify([{ ServiceParameterName: 'id', Location: 'Path', ParameterType: 'String' }]),
    ServiceParametersMap: JSON.stringify([{ ServiceParameterName: 'id', RequestParameterName: 'id' }]),
  };
  const constant = {
    ConstantParameters: JSON.stringify([
      { ServiceParameterName: 'x-tenant', ConstantValue: CONSTANT, Location: 'HEAD' },
    ]),
  };
  const apis = {
    order: publish(cloud, definition('/orders/[id]', { ...vpc, ServicePath: '/v2/orders/[id]' }, id)),
    orders: publish(cloud, definition('/orders', { ...vpc, ServicePath: '/orders' }, constant)),
    carts: publish(cloud, definition('/carts', { ...vpc, ServicePath: '/carts/all' }, open)),
    files: publish(
      cloud,
      definition('/files/*', { ...vpc, ServicePath: '/files/*' }, { ...open, ...request('/files/*', 'ANY') }),
    ),
    ping: publish(cloud, definition('/ping', { Mock: 'TRUE', MockResult: 'pong' }, open)),
    items: publish(
      cloud,
      definition('/items', { ...vpc, ServicePath: '/items' }, { ...open, ...request('/items', 'POST') }),
    ),
  };
  const { AppId } = call('CloudAPI', 'CreateApp', { AppName: 'webshop', AppKey: '204000001', AppSecret: SECRET });
  for (const ApiId of [apis.order, apis.orders]) {
    call('CloudAPI', 'SetAppsAuthorities', { GroupId: groupId, ApiId, StageName: 'RELEASE', AppIds: String(AppId) });
  }
  call('CloudAPI', 'SetDomain', { GroupId: groupId, DomainName: HOST });
  const { gatewayId } = call('APIG', 'CreateGateway', {
    name: 'shop-release',
    gatewayType: 'API',
    chargeType: 'POSTPAY',
    spec: 'apigw.small.x1',
    vpcId: networkId,
    zoneConfig: { selectOption: 'Auto', vSwitchId: subnetIds[0] },
    networkAccessConfig: { type: 'Internet' },
  });
  await simulation.advance(600_000);
  const api = simulation.alibaba(REGION);
  const reader = handoverReader({ region: REGION, api });
  const driver = handoverDriver({ region: REGION, api });
  const plan = async (more: PlanHandoverOptions = {}): Promise<HandoverPlan> => {
    const source = await reader.read({ groupId }, ctx);
    return planHandover(source, { targets: [await reader.target(gatewayId, ctx)], waivers: WAIVED, ...more });
  };
  return {
    cloud,
    simulation,
    api,
    call,
    ctx,
    groupId,
    gatewayId: gatewayId as string,
    apis,
    driver,
    plan,
    subnetIds,
    securityGroupIds,
  };
}

export type RunWorld = Awaited<ReturnType<typeof runWorld>>;

/** Runs a plan to its end. */
export async function carryOut(
  { driver, ctx }: Pick<RunWorld, 'driver'> & { readonly ctx: CallContext },
  plan: HandoverPlan,
  {
    journal = memoryJournal(),
    allowPurchase = false,
  }: { readonly journal?: Journal; readonly allowPurchase?: boolean } = {},
): Promise<{ readonly result: HandoverResult; readonly events: readonly HandoverEvent[]; readonly journal: Journal }> {
  const events: HandoverEvent[] = [];
  const run = runHandover(plan, driver, { context: ctx, journal, allowPurchase });
  for (let next = await run.next(); ; next = await run.next()) {
    if (next.done === true) return { result: next.value, events, journal };
    events.push(next.value);
  }
}

/** Everything of the target, without times. */
export function targetOf({
  call,
  gatewayId,
}: Pick<RunWorld, 'call' | 'gatewayId'>): Readonly<Record<string, readonly string[]>> {
  const names = (action: string, input: object, name: (row: any) => string): readonly string[] =>
    (call('APIG', action, { pageSize: 100, ...input }).items as readonly unknown[]).map(name).toSorted();
  const apis = call('APIG', 'ListHttpApis', {}).items.map((one: any) => one.versionedHttpApis[0].httpApiId) as string[];
  return {
    gateways: names('ListGateways', {}, ({ name }) => name),
    rules: names(
      'ListGatewayAuthorizedSecurityGroupRules',
      { gatewayId },
      (row) => `${row.securityGroupId} ${row.portRange}`,
    ),
    services: names('ListServices', { gatewayId }, ({ name, healthCheck }) => `${name} ${healthCheck?.enable}`),
    domains: names('ListDomains', {}, ({ name, protocol }) => `${name} ${protocol}`),
    routes: apis.flatMap((httpApiId) =>
      names('ListHttpApiRoutes', { httpApiId }, (row) => `${row.name} ${row.deployStatus}`),
    ),
    policies: names('ListPolicies', {}, ({ name, className, config }) => `${name} ${className} ${config}`),
    consumers: names('ListConsumers', {}, ({ name }) => name),
    authorizations: names('QueryConsumerAuthorizationRules', {}, ({ consumerInfo }) => consumerInfo.name),
  };
}
