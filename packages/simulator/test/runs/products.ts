import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { createContext, driversOf, type Driver, type Spec } from '@postern/core/internal/library';
import { observeSpec } from '@postern/core/internal/plan';
import { parseSpec } from '../../../core/test/clouds.js';
import { buildWorld as buildAlibaba } from '../../../alibaba/test/world/conformance-world.js';
import { buildWorld as buildAws } from '../../../aws/test/world/conformance-world.js';
import { simulate, type Simulation } from '../../src/index.js';
import { apigShop } from '../traffic/alibaba/apig/apig-shop.js';
import type { Machine } from './machine.js';

/** A simulated cloud with two backends and a gateway of one product, and specs that connect them. */
export interface ProductScene {
  readonly simulation: Simulation;
  /** One of {@link SPECS} specs with one identity: another backend, other routes, another timeout. */
  readonly specOf: (turn: number) => Spec;
  readonly driver: (by: Pick<Machine, 'clients' | 'alibaba'>) => Driver;
}

/** How many specs a scene has. */
export const SPECS = 12;

/** What a scene writes into its specs. */
interface Words {
  readonly link: string;
  readonly gateway: string;
  readonly targets: readonly [string, string];
  readonly keys: readonly [string, string];
  readonly hasTimeout?: boolean;
}

const specsOf =
  ({ link, gateway, targets, keys, hasTimeout = false }: Words) =>
  (turn: number): Spec => {
    const used = [[0, 1], [0], [1]][Math.floor(turn / 2) % 3] ?? [];
    // A setting that is not declared any more stays, so each spec declares it.
    const route = hasTimeout ? `{ target: t, timeout: ${turn < SPECS / 2 ? 10 : 5}s }` : 't';
    return parseSpec(`version: 1
project: shop
spec: shop-1
links: { main: ${link} }
integrations:
  orders:
    link: main
    gateway: ${gateway}
    targets: { t: ${targets[turn % 2]} }
    routes: { ${used.map((at) => `'${keys[at]}': ${route}`).join(', ')} }
`);
  };

const AWS_REGION = 'eu-west-1';
const ALIBABA_REGION = 'cn-hangzhou';

async function awsScene(seed: number, product: 'httpApi' | 'restApi' | 'webSocketApi'): Promise<ProductScene> {
  const simulation = simulate({ seed, clock: 'auto', throttle: false });
  const { subnetIds, networkId, gateway } = await buildAws(simulation, AWS_REGION);
  const call = (service: any, operation: string, input: object): any =>
    simulation.call({ service, operation, region: AWS_REGION }, input as never);
  const isSocket = product === 'webSocketApi';
  const balancer = isSocket ? 'chat-nlb' : 'orders-alb';
  if (isSocket) {
    const elb = (operation: string, input: object): any => call('elasticloadbalancingv2', operation, input);
    const given = { Name: balancer, Type: 'network', Scheme: 'internal', Subnets: subnetIds };
    const { LoadBalancerArn } = elb('CreateLoadBalancer', given).LoadBalancers[0];
    for (const Port of [80, 8080]) {
      const group = elb('CreateTargetGroup', { Name: `chat-${Port}`, Protocol: 'TCP', Port, VpcId: networkId });
      const { TargetGroupArn } = group.TargetGroups[0];
      const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
      elb('CreateListener', { LoadBalancerArn, Protocol: 'TCP', Port, DefaultActions });
    }
    await simulation.advance(600_000);
  }
  const ids = {
    httpApi: () => gateway.id,
    restApi: () => call('apigateway', 'CreateRestApi', { name: 'shop' }).id as string,
    webSocketApi: () => {
      const input = { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' };
      const { ApiId } = call('apigatewayv2', 'CreateApi', input);
      call('apigatewayv2', 'CreateStage', { ApiId, StageName: 'prod' });
      return ApiId as string;
    },
  };
  const id = ids[product]();
  const own = isSocket
    ? `kind: vpc-link-v1, loadBalancer: ${balancer}`
    : `subnets: [${subnetIds.join()}], allowlist: [10.10.0.0/16]`;
  const target = (port: number): string => `{ listener: { loadBalancer: ${balancer}, port: ${port} } }`;
  return {
    simulation,
    specOf: specsOf({
      link: `{ provider: aws, region: ${AWS_REGION}, ${own} }`,
      gateway: product === 'restApi' ? `{ restApi: ${id}, stage: prod }` : `{ ${product}: ${id} }`,
      targets: [target(80), target(8080)],
      hasTimeout: true,
      keys: isSocket ? ['$default', 'send'] : ['GET /a', 'GET /b'],
    }),
    driver: ({ clients }) => aws({ region: AWS_REGION, clients: clients(AWS_REGION) }),
  };
}

const alibabaDriver: ProductScene['driver'] = ({ alibaba: api }) =>
  alibaba({ region: ALIBABA_REGION, api: api(ALIBABA_REGION) });

async function traditionalScene(seed: number): Promise<ProductScene> {
  const simulation = simulate({ seed, clock: 'auto', throttle: false });
  const { subnetIds, securityGroupIds, gateway, targets } = await buildAlibaba(simulation, ALIBABA_REGION);
  const [one, two] = targets as unknown as readonly { readonly instance: string; readonly port: number }[];
  const target = (of: typeof one): string => `{ instance: ${of?.instance}, port: ${of?.port} }`;
  return {
    simulation,
    specOf: specsOf({
      link: `{ provider: alibaba, region: ${ALIBABA_REGION}, subnets: [${subnetIds.join()}], securityGroups: [${securityGroupIds.join()}], spec: api.s1.small }`,
      gateway: `{ apiGroup: ${gateway.id}, stages: [RELEASE] }`,
      targets: [target(one), target(two)],
      keys: ['GET /a', 'GET /b'],
    }),
    driver: alibabaDriver,
  };
}

async function cloudNativeScene(seed: number): Promise<ProductScene> {
  const { sim: simulation, gatewayId, apiId } = await apigShop({ seed });
  return {
    simulation,
    specOf: specsOf({
      link: `{ provider: alibaba, region: ${ALIBABA_REGION}, kind: apig-gateway, id: ${gatewayId} }`,
      gateway: `{ apigHttpApi: ${apiId} }`,
      targets: ['{ address: 10.0.1.200, port: 80 }', '{ address: 10.0.1.200, port: 81 }'],
      keys: ['GET /a', 'GET /b'],
    }),
    driver: alibabaDriver,
  };
}

export const PRODUCTS: readonly (readonly [string, (seed: number) => Promise<ProductScene>])[] = [
  ['HTTP APIs', (seed) => awsScene(seed, 'httpApi')],
  ['REST APIs', (seed) => awsScene(seed, 'restApi')],
  ['WebSocket APIs', (seed) => awsScene(seed, 'webSocketApi')],
  ['API Gateway (Traditional)', traditionalScene],
  ['Cloud-native API Gateway', cloudNativeScene],
];

/** What exists of the project and where its routes lead, without IDs of what a run creates, so that two runs can be compared. */
export async function shapeOf({ simulation, specOf, driver }: ProductScene): Promise<readonly string[]> {
  const clients = (region: string) => simulation.clients(region);
  const drivers = driversOf(driver({ clients, alibaba: (region) => simulation.alibaba(region) }));
  const context = createContext({ clock: simulation.clock, random: () => 0.5 });
  const { regions } = await observeSpec(specOf(0), drivers, context, { all: true });
  return regions
    .flatMap(({ links, targets, securityGroups, gateways }) => {
      const named = new Map(targets.map((one) => [one.id, `${one.owner?.name} ${one.resourceId}:${one.port}`]));
      const linkOf = new Map(links.map((one) => [one.id, one.owner?.integration ?? one.id]));
      return [
        ...links.flatMap(({ owner, state }) => (owner && state !== 'deleting' ? [`link ${owner.integration}`] : [])),
        ...targets.flatMap(({ id, owner }) => (owner ? [`target ${named.get(id)}`] : [])),
        ...securityGroups.flatMap(({ owner, rules }) =>
          owner ? [`group ${owner.integration} ${rules.map((rule) => rule.cidrBlock).join()}`] : [],
        ),
        ...gateways.flatMap(({ id, routes, integrations = [] }) => [
          `${integrations.length} integrations of ${id}`,
          ...routes.map(({ key, linkId = '', targetId = '', settings, owner }) =>
            [key, linkOf.get(linkId), named.get(targetId), settings?.timeoutMs, owner?.integration].join(' '),
          ),
        ]),
      ];
    })
    .toSorted();
}
