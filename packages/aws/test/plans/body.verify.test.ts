import { readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { judged } from './judged-plan.js';
import { id, shop, stageOf, type Resource } from './shop-plan.js';

const API = 'aws_apigatewayv2_api.shop';
const gone = (...addresses: readonly string[]): readonly Resource[] =>
  addresses.map((address) => ({ address, actions: ['none'] }));

/** A network with a link, a listener, and an API with a route. */
const BASE = JSON.parse(
  readFileSync(new URL('../../../../examples/terraform/base.json', import.meta.url), 'utf8'),
) as Snapshot;
const [gateway] = BASE.regions[0]?.gateways ?? [];
const [route] = gateway?.routes ?? [];
const { linkId: link = '', targetId: listener = '', key: KEY = '' } = route ?? {};

interface Backend {
  readonly connectionId?: string;
  readonly uri?: string;
  readonly httpMethod?: string;
}
const integration = ({ connectionId = link, uri = listener, httpMethod = 'ANY' }: Backend = {}): object => ({
  type: 'HTTP_PROXY',
  connectionType: 'VPC_LINK',
  connectionId,
  uri,
  httpMethod,
  payloadFormatVersion: '1.0',
});
const openApi = (paths: object, more: object = {}): string =>
  JSON.stringify({ openapi: '3.0.1', info: { title: 'shop', version: '1' }, paths, ...more });
const operation = (backend?: Backend): object => ({ 'x-amazon-apigateway-integration': integration(backend) });

/** What a plan that changes the API does to its routes. The one that exists stays. */
async function routesOf(one: Resource) {
  const stage = one.actions === undefined ? [stageOf(API)] : [];
  const found = await judged([one, ...stage], { base: BASE });
  const integrations = found.integrations.filter(({ address }) => address.startsWith(API));
  const rows = integrations.map(({ address, before, after }) => `${address}: ${before} → ${after}`);
  return { ...found, rows, integrations };
}
const api = (body: string, more: Partial<Resource> = {}): Resource => ({
  address: API,
  after: { name: 'shop', protocol_type: 'HTTP', body },
  ...more,
});

describe('the body of an HTTP API', () => {
  it.each([
    [
      'connection_type, which is no member of an integration',
      {
        get: {
          'x-amazon-apigateway-integration': {
            ...integration(),
            connectionType: undefined,
            connection_type: 'VPC_LINK',
          },
        },
      },
      "Unable to put route 'GET /orders'",
    ],
    [
      'a link that does not exist',
      { post: operation({ connectionId: 'gone01' }) },
      'Invalid Vpc Link identifier specified',
    ],
    [
      'a listener that does not exist',
      { get: operation({ uri: 'arn:aws:gone' }) },
      'should be a valid ELB listener ARN',
    ],
  ])('is refused as a whole with %s', async (_, methods, words) => {
    const { rows, findings } = await routesOf(api(openApi({ '/orders': methods, '/items': { get: operation() } })));
    expect(rows).toEqual([]);
    expect(findings).toMatchObject([{ check: 'plan/refused', verdict: 'fail', addresses: [API] }]);
    expect(findings[0]?.message).toContain(words);
  });

  it.each([
    ['JSON', openApi({ '/orders': { get: operation() } })],
    [
      'YAML, with statuses that are numbers',
      `openapi: 3.0.1
info: { title: shop, version: '1' }
paths:
  /orders:
    get:
      responses: { 200: { description: ok } }
      x-amazon-apigateway-integration: { type: HTTP_PROXY, httpMethod: ANY, payloadFormatVersion: '1.0', connectionType: VPC_LINK, connectionId: ${link}, uri: '${listener}' }
`,
    ],
    [
      'an integration among the components',
      openApi(
        {
          '/orders': {
            get: { 'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/a' } },
          },
        },
        { components: { 'x-amazon-apigateway-integrations': { a: integration() } } },
      ),
    ],
  ])('is routes that work: %s', async (_, body) => {
    expect((await routesOf(api(body))).rows).toEqual([`${API} GET /orders: absent → pass`]);
  });

  it.each([
    [
      'an ID in it is not known',
      {
        address: API,
        after: { name: 'shop', protocol_type: 'HTTP' },
        refs: { body: id('aws_apigatewayv2_vpc_link.shop') },
      },
      'body is not known',
    ],
    ['it is sensitive', api(openApi({}), { sensitive: ['body'] }), 'sensitive'],
  ] as const)('is unknown where %s, with the reason', async (_, one, reason) => {
    const { integrations } = await routesOf(one as Resource);
    expect(integrations).toMatchObject([{ address: API, before: 'absent', after: 'unknown' }]);
    expect(integrations[0]?.because).toContain(reason);
  });

  const LISTENER = id('aws_lb_listener.shop', 'arn');
  const NAMED = [...id('aws_apigatewayv2_vpc_link.shop'), ...LISTENER];
  const CLOSED: Resource = {
    address: 'aws_vpc_security_group_ingress_rule.balancer',
    after: { ip_protocol: 'tcp', from_port: 443, to_port: 443 },
    refs: {
      security_group_id: id('aws_security_group.balancer'),
      referenced_security_group_id: id('aws_security_group.link'),
    },
  };
  const SECURE: Resource = {
    address: 'aws_lb_listener.shop',
    after: { port: 443, protocol: 'HTTPS', default_action: [{ type: 'forward' }] },
    refs: {
      load_balancer_arn: id('aws_lb.shop', 'arn'),
      'default_action.0.target_group_arn': id('aws_lb_target_group.shop', 'arn'),
    },
  };
  const HIDDEN: Resource = {
    ...SECURE,
    address: 'aws_lb_listener.other',
    after: { ...SECURE.after, protocol: 'HTTP' },
  };
  it.each([
    [
      'names a link and a listener: for all of its paths',
      NAMED,
      [],
      'pass',
      'holds if the document names nothing else',
    ],
    ['names a link whose calls the load balancer refuses', NAMED, [CLOSED], 'fail', undefined],
    [
      'is in a local value: by what the plan creates',
      ['local.document'],
      [],
      'pass',
      'holds if the document names nothing else',
    ],
    // It may lead nowhere into the network.
    [
      'is in a local value, and what the plan creates does not work',
      ['local.document'],
      [CLOSED],
      'unknown',
      'local.document is a local value',
    ],
    [
      'names two listeners, one of which is not allowed',
      [...NAMED, ...id(HIDDEN.address, 'arn')],
      [HIDDEN],
      'unknown',
      'it depends on which',
    ],
    ['names no link', LISTENER, [], 'unknown', 'body is not known'],
  ] as const)('is read before it is known where it %s', async (_, body, more, verdict, reason) => {
    const resources = shop(
      ...gone('aws_apigatewayv2_integration.shop', 'aws_apigatewayv2_route.shop'),
      { address: API, after: { name: 'shop', protocol_type: 'HTTP' }, refs: { body } },
      ...more,
    );
    const { integrations } = await judged(resources);
    expect(integrations).toMatchObject([{ address: API, route: '', before: 'absent', after: verdict }]);
    if (reason !== undefined) expect(integrations[0]?.because).toContain(reason);
  });

  /** A change of the API that exists. */
  const changed = (before: string, after: string | undefined): Resource => {
    const own = { id: gateway?.id ?? '', name: gateway?.name, protocol_type: 'HTTP' };
    return {
      address: API,
      actions: [before === after ? 'no-op' : 'update'],
      before: { ...own, body: before },
      after: { ...own, ...(after === undefined ? {} : { body: after }) },
      ...(after === undefined ? { refs: { body: id('aws_apigatewayv2_vpc_link.shop') } } : {}),
    };
  };
  const old = openApi({ '/orders/{proxy+}': { 'x-amazon-apigateway-any-method': operation() } });

  it.each([
    [
      'replaces the routes that are there',
      openApi({ '/items': { get: operation() } }),
      [`${API} ${KEY}: pass → absent`, `${API} GET /items: absent → pass`],
    ],
    ['leads a route that is there elsewhere', old.replaceAll(listener, `${listener}0`), [`${API} ${KEY}: pass → fail`]],
    ['takes the routes away', openApi({}), [`${API} ${KEY}: pass → absent`]],
    ['makes what is there unknown where it is not known', undefined, [`${API} ${KEY}: pass → unknown`]],
    // The routes that are there may have been changed by hand: the document is not imported again.
    ['leaves what is there where it does not change', old, [`${API} ${KEY}: pass → pass`]],
  ])('%s', async (_, next, rows) => {
    expect((await routesOf(changed(old, next))).rows).toEqual(rows);
  });
});
