import { CLOUDS, parseSpec } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import type { Gateway } from '../../../src/do/model/gateway.js';
import type { Link } from '../../../src/do/model/link.js';
import { diff } from '../../../src/do/plan/diff.js';
import { planText } from '../../../src/do/plan/text/render.js';
import { BY, link, restApi, route, world } from '../../spec/generate/rest-world.js';

const HEAD = `version: 1
project: shop
spec: ${BY.spec}
defaults: { region: eu-west-1 }
`;

/** The plan's text without the lines of units. */
function linesOf(spec: string, links: readonly Link[], gateways: readonly Gateway[]): readonly string[] {
  const text = planText(diff(world({ links, gateways }), parseSpec(`${HEAD}${spec}`), { clouds: CLOUDS }));
  return text.split('\n').filter((line) => /^ {2,}/.test(line));
}

const INTEGRATION = (routes: string): string => `links:
  main: { provider: aws, id: v2link, owner: external }
integrations:
  orders:
    link: main
    gateway: { restApi: a1b2c3d4e5, stage: prod }
    targets: { orders: { listener: { loadBalancer: orders-alb, port: 443 }, tls: { serverName: orders.internal } } }
    routes: ${routes}
`;
const MAIN = link({ id: 'v2link', kind: 'vpc-link-v2' });

describe('the text of a plan', () => {
  it('names the load balancer of a VPC link V1', () => {
    expect(linesOf('links: { nlb: { provider: aws, loadBalancer: orders-nlb } }', [], [])).toEqual([
      '  + create link nlb: it does not exist yet',
      '      loadBalancer: orders-nlb',
    ]);
  });

  it('shows the settings of a new route as a spec writes them', () => {
    const routes = `
      'GET /a':
        target: orders
        timeout: 10s
        host: internal.example
        parameters: { header: { x-tenant: header.tenant, x-api-key: "'s3cret'" }, query: { region: "'eu'" } }
        scopes: [orders/read, orders/list]
        apiKey: true`;
    expect(linesOf(INTEGRATION(routes), [MAIN], [restApi([], [])])).toEqual([
      '  + create route GET /a on a1b2c3d4e5: the gateway has no such route',
      '      target: orders-alb:443',
      '      tls: orders.internal',
      '      host: internal.example',
      "      parameters: query region = 'eu', header x-tenant from header.tenant, header x-api-key = '(not shown)'",
      '      scopes: orders/read, orders/list',
      '      apiKey: true',
      '      timeout: 10s',
      '  ^ deploy a1b2c3d4e5 to prod: its routes change, and it does not deploy automatically',
    ]);
  });

  it('shows changes of settings', () => {
    const settings = { timeoutMs: 29_000, scopes: ['b', 'a'], parameters: { header: { x: 'header.x' } } };
    const there = restApi([route('GET /a', { settings }, 'orders')], []);
    const routes =
      "{ 'GET /a': { target: orders, timeout: 1500ms, scopes: [], parameters: { query: { x: query.x } }, stream: true } }";
    expect(linesOf(INTEGRATION(routes), [MAIN], [there])).toEqual([
      '  ~ retarget route GET /a on a1b2c3d4e5: target or settings differ from the spec',
      '      parameters: header x from header.x → query x from query.x',
      '      scopes: a, b → none',
      '      stream: true',
      '      timeout: 29s → 1500ms',
      '  ^ deploy a1b2c3d4e5 to prod: its routes change, and it does not deploy automatically',
    ]);
  });

  it('shows the deletion of a stage that the project created', () => {
    const stage = {
      name: 'prod',
      autoDeploy: false,
      deployed: `postern:shop@${BY.spec}/0123456789abcdef`,
      createdBy: BY,
    };
    const there = restApi([route('GET /a', {}, 'orders')], [stage]);
    expect(linesOf(INTEGRATION('{}'), [MAIN], [there])).toEqual([
      '  - delete route GET /a on a1b2c3d4e5: it is managed by this project and not declared',
      '  - delete stage prod of a1b2c3d4e5: it was created for routes of this project, and the gateway has none any more',
      expect.stringContaining('  the spec declares no routes, so every live route of this spec (1) is deleted'),
    ]);
  });
});
