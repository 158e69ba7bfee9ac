import { buildTheme } from '../themes.js';
import { balancerOf } from '../fronts.js';
import type { Called } from '../rules.js';
import type { AwsWorld } from '../parts.js';
import { networkBalancer } from './network-balancer.js';
import { front, type Behind } from './private-link.js';
import { restApi } from './rest-api.js';

/** What a world is about: what a V1 link leads to, its state, or a theme of worlds with a V2 link. */
export const REST_THEMES = [
  'ip',
  'instance',
  'alb',
  'nlb',
  'peered',
  'far',
  'ill',
  'state',
  'another',
  'v2 listener',
  'v2 health',
  'v2 zone',
  'v2 backend',
  'v2 rules',
] as const;

export type RestTheme = (typeof REST_THEMES)[number];

/** A world with a REST API: the link of its method, and what the method calls. */
export interface RestWorld {
  readonly linkId: string;
  readonly restApiId: string;
  readonly listenerArn: string;
  readonly called: Called;
  readonly reads: readonly string[];
}

const ORDERS: Called = {
  route: 'GET /orders',
  request: { method: 'GET', path: '/orders', host: 'orders.shop.internal' },
  isHostKnown: true,
};

/** Builds what a theme is about. */
export function buildRestTheme(world: AwsWorld, theme: RestTheme): Promise<RestWorld> {
  switch (theme) {
    case 'ip':
    case 'instance':
    case 'alb':
    case 'nlb':
    case 'peered':
    case 'far':
      return behindLink(world, theme, 0.1);
    case 'ill':
      return behindLink(world, world.random.pick(['ip', 'instance']), 0.5);
    case 'state':
      return inState(world);
    case 'another':
      return anotherBalancer(world);
    default:
      return overV2(world, theme);
  }
}

async function behindLink(world: AwsWorld, behind: Behind, ill: number): Promise<RestWorld> {
  const { balancerArn, listenerArn, port, reads } = await front(world, behind, ill);
  const linkId = link(world, balancerArn);
  await world.sim.advance(240_000);
  return {
    linkId,
    listenerArn,
    reads,
    called: ORDERS,
    restApiId: overLink(world, linkId, port, world.random.chance(0.3)),
  };
}

function link({ call }: AwsWorld, balancerArn: string): string {
  return call('apigateway', 'CreateVpcLink', { name: 'older', targetArns: [balancerArn] }).id;
}

function overLink(world: AwsWorld, linkId: string, port: number, byVariable = false): string {
  const { route, request } = ORDERS;
  return restApi(world, { key: route, linkId, byVariable, uri: `http://${request.host}:${port}${request.path}` });
}

/** A link that is PENDING, FAILED since another link has its load balancer, or DELETING; or that became AVAILABLE. */
async function inState(world: AwsWorld): Promise<RestWorld> {
  const { random, sim, call } = world;
  const { balancerArn, listenerArn, port, reads } = await front(world, 'ip', 0);
  const state = random.pick(['PENDING', 'FAILED', 'DELETING', 'AVAILABLE']);
  if (state === 'FAILED') {
    link(world, balancerArn);
    await sim.advance(240_000);
  }
  const linkId = link(world, balancerArn);
  if (state !== 'PENDING') await sim.advance(240_000);
  if (state === 'DELETING') call('apigateway', 'DeleteVpcLink', { vpcLinkId: linkId });
  return { linkId, listenerArn, reads, called: ORDERS, restApiId: overLink(world, linkId, port, true) };
}

/** A link that leads to another load balancer than the one of the listener that the spec names. */
async function anotherBalancer(world: AwsWorld): Promise<RestWorld> {
  const { listenerArn, port, balancerArn, reads } = await front(world, 'ip', 0);
  const other = await networkBalancer(world, 'other', undefined);
  const linkId = link(world, world.random.chance(0.5) ? other : balancerArn);
  await world.sim.advance(240_000);
  return { linkId, listenerArn, reads, called: ORDERS, restApiId: overLink(world, linkId, port) };
}

/** A REST API over a V2 link: its integration names the load balancer, and the port of its URI the listener. */
async function overV2(
  world: AwsWorld,
  theme: `v2 ${'listener' | 'health' | 'zone' | 'backend' | 'rules'}`,
): Promise<RestWorld> {
  const own = theme.slice(3) as 'listener' | 'health' | 'zone' | 'backend' | 'rules';
  const { targetId, called = ORDERS, reads = [] } = await buildTheme(world, own);
  const integrationTarget = balancerOf(world, targetId);
  const [, path = '/'] = called.route.split(' ');
  const uri = `http://${called.request.host}${path.replaceAll('+}', '}')}`;
  const restApiId = restApi(world, { key: called.route, linkId: world.linkId, integrationTarget, uri });
  return { linkId: world.linkId, listenerArn: targetId, called, reads, restApiId };
}
