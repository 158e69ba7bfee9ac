import { parseSpec } from '../../../core/test/clouds.js';
import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import type { GatewaySpec } from '@postern/core/internal/library';
import type { RouteCall } from '../../src/harness/load-routes.js';
import * as cn from '../harness/scenarios/alibaba/lines.js';
import { alibabaShop, REGION as CN } from '../harness/scenarios/alibaba/shop.js';
import * as eu from '../harness/scenarios/aws/lines.js';
import { awsShop, REGION as EU, type AwsShop, type Part } from '../harness/scenarios/aws/shop.js';
import { rarePolls } from '../harness/scenarios/rare-polls.js';
import type { Kind, Scene } from './kind.js';

interface AwsKind {
  readonly name: string;
  readonly part?: Part;
  readonly as: 'api' | 'manual' | 'rest' | 'socket';
  readonly gateway: (shop: AwsShop) => GatewaySpec;
  readonly keys: readonly [string, string];
  /** Of the path of a call. */
  readonly stage?: string;
  /** Links V1, of these two load balancers. */
  readonly balancers?: readonly [string, string];
  readonly hasAllowlist?: true;
}

const KEYS = ['GET /orders', 'GET /orders/{id}'] as const;

function awsKind({ name, part, as, gateway, keys, stage = '', balancers, hasAllowlist }: AwsKind): Kind {
  return {
    name,
    place: { provider: 'aws', region: EU },
    hasAllowlist,
    driver: (process) => rarePolls(aws({ region: EU, clients: process.clients(EU) })),
    build: async (simulation): Promise<Scene> => {
      const shop = await awsShop(simulation, part === undefined ? [] : [part]);
      const routes = keys.map((key) => `'${key}': t`).join(', ');
      const specOver = (which: 0 | 1) => {
        const link =
          balancers === undefined
            ? eu.link('eu', which === 0 ? eu.AB : eu.BC, { allowlist: '172.31.0.0/16' })
            : eu.balancerLink('eu', balancers[which]);
        const target = balancers?.[which] ?? 'orders';
        return parseSpec(eu.spec([link], [eu.integration('orders', 'eu', routes, { gateway: as, target })])(shop));
      };
      const gatewayId = Object.values(gateway(shop))[0] as string;
      const host = `${gatewayId}.execute-api.${EU}.amazonaws.com`;
      const at = { gatewayId, host };
      return {
        link:
          balancers === undefined
            ? { name: 'main', subnets: shop.subnets.slice(0, 2), allowlist: ['172.31.0.0/16'] }
            : { name: 'main', loadBalancer: balancers[0] },
        target: { name: 'orders', loadBalancer: balancers?.[0] ?? 'orders', port: 80 },
        gateway: gateway(shop),
        keys,
        specs: [specOver(0), specOver(1)],
        blocks: ['10.20.0.0/16', '10.30.0.0/16', '10.40.0.0/16'],
        calls: keys.map((route): RouteCall => {
          if (as === 'socket') return { ...at, route, path: `/${stage}`, message: JSON.stringify({ action: route }) };
          return { ...at, route, method: 'GET', path: stage + route.replace('GET ', '').replace('{id}', '7') };
        }),
      };
    },
  };
}

const API_GROUP: Kind = {
  name: 'API group',
  place: { provider: 'alibaba', region: CN },
  hasAllowlist: true,
  driver: (process) => rarePolls(alibaba({ region: CN, api: process.alibaba(CN) })),
  build: async (simulation): Promise<Scene> => {
    const shop = await alibabaShop(simulation);
    const routes = KEYS.map((key) => `'${key}': t`).join(', ');
    const specOver = (pair: readonly [number, number]) =>
      parseSpec(cn.spec([cn.link('cn', pair)], [cn.integration('orders', 'cn', routes)])(shop));
    const [gatewayId] = shop.groups;
    const at = { gatewayId, host: `${gatewayId}-${CN}.alicloudapi.com`, method: 'GET' };
    return {
      link: {
        name: 'main',
        subnets: shop.subnets.slice(0, 2),
        securityGroups: [shop.securityGroup],
        allowlist: ['10.0.4.0/24'],
        native: { spec: 'api.s1.small' },
      },
      target: { name: 'orders', instance: shop.balancers[0], port: 80 },
      gateway: { apiGroup: gatewayId, stages: ['RELEASE'] },
      keys: KEYS,
      specs: [specOver(cn.AB), specOver(cn.AC)],
      blocks: ['10.0.5.0/24', '10.0.6.0/24', '10.0.7.0/24'],
      calls: KEYS.map((route) => ({ ...at, route, path: route.replace('GET ', '').replace('{id}', '7') })),
    };
  },
};

/** Every kind of gateway, on both clouds. */
export const KINDS: readonly Kind[] = [
  awsKind({ name: 'HTTP API', as: 'api', gateway: ({ api }) => ({ httpApi: api }), keys: KEYS, hasAllowlist: true }),
  awsKind({
    name: 'HTTP API that is deployed by hand',
    as: 'manual',
    gateway: ({ manual }) => ({ httpApi: manual }),
    keys: KEYS,
  }),
  awsKind({
    name: 'REST API',
    part: 'rest',
    as: 'rest',
    gateway: ({ rest }) => ({ restApi: rest, stage: 'prod' }),
    keys: KEYS,
    stage: '/prod',
  }),
  awsKind({
    name: 'WebSocket API',
    part: 'socket',
    as: 'socket',
    gateway: ({ socket }) => ({ webSocketApi: socket }),
    keys: ['send', 'leave'],
    stage: 'prod',
    balancers: ['orders-nlb', 'bills-nlb'],
  }),
  API_GROUP,
];
