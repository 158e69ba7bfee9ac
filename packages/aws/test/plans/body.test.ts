import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../core/src/do/snapshot/snapshot.js';
import { layPlan } from '../../../core/src/overlay/lay/lay-plan.js';
import { PlanSet } from '../../../core/src/overlay/rows/plan-set.js';
import { terraformPlan } from '../../../core/src/overlay/terraform/plan.js';
import { EMPTY, id, planText, shop, stageOf, type Resource } from './shop-plan.js';

const API = 'aws_apigatewayv2_api.shop';
const REGION = { plans: [plans], region: 'eu-west-1' };
const gone = (...addresses: readonly string[]): readonly Resource[] =>
  addresses.map((address) => ({ address, actions: ['none'] }));
/** The network, the load balancer and the link alone. */
const network = shop(
  ...gone(API, 'aws_apigatewayv2_integration.shop', 'aws_apigatewayv2_route.shop', 'aws_apigatewayv2_stage.shop'),
);

/** The network as it is after a plan that creates it: what an API comes to. */
function built(): { readonly base: Snapshot; readonly link: string; readonly listener: string } {
  const plan = terraformPlan(readTerraform(planText(network)));
  const laid = layPlan(
    plan,
    plan.instances,
    EMPTY,
    REGION,
    ({ alternatives: [one = []] }) => one,
    new PlanSet([plans]),
  );
  const [region] = laid.snapshot.regions;
  return { base: laid.snapshot, link: region?.links[0]?.id ?? '', listener: region?.listeners[0]?.id ?? '' };
}
const { base, link, listener } = built();

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

function judged(api: Resource, more: readonly Resource[] = [], over = base) {
  const { integrations, notes } = judgeTerraform(readTerraform(planText([api, stageOf(API), ...more])), over, REGION);
  return {
    notes,
    rows: integrations.map(({ address, before, after }) => `${address}: ${before} → ${after}`),
    integrations,
  };
}
const api = (body: string, more: Partial<Resource> = {}): Resource => ({
  address: API,
  after: { name: 'shop', protocol_type: 'HTTP', body },
  ...more,
});

describe('the body of an HTTP API', () => {
  it('is judged in a version that API Gateway does not document, with a note', () => {
    const { rows, notes } = judged(api(openApi({ '/orders': { get: operation() } }, { openapi: '3.1.0' })));
    expect(rows).toEqual([expect.stringMatching(/absent → pass$/)]);
    expect(notes.join()).toContain('OpenAPI 3.1.0. API Gateway documents imports of OpenAPI 3.0 and Swagger 2.0');
    for (const openapi of ['3.0.0', '3.0.1', '3.0.3']) {
      expect(judged(api(openApi({}, { openapi }))).notes.join()).not.toContain('documents imports');
    }
  });

  it.each([
    ['connection_type', 'connectionType'],
    ['connection_id', 'connectionId'],
  ])('leaves a route unknown whose integration has %s', (name, meant) => {
    const { [meant]: value, ...others } = integration() as Record<string, unknown>;
    const written = { 'x-amazon-apigateway-integration': { ...others, [name]: value } };
    const { integrations } = judged(api(openApi({ '/orders': { get: written, post: operation() } })));
    expect(integrations.map(({ route, after }) => `${route} ${after}`).toSorted()).toEqual([
      'GET /orders unknown',
      'POST /orders pass',
    ]);
    expect(integrations.map(({ because }) => because ?? '').join()).toContain(`${name} is not a member of`);
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
      x-amazon-apigateway-integration: { type: HTTP_PROXY, connectionType: VPC_LINK, connectionId: ${link}, uri: '${listener}' }
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
  ])('is routes that work: %s', (_, body) => {
    expect(judged(api(body)).rows).toEqual([`${API} GET /orders: absent → pass`]);
  });

  it('judges each operation by its own backend', () => {
    const body = openApi({
      '/orders': { get: operation(), post: operation({ connectionId: 'gone01' }) },
      '/items': { 'x-amazon-apigateway-any-method': operation({ uri: `${listener}0` }) },
      '/$default': {
        'x-amazon-apigateway-any-method': {
          'x-amazon-apigateway-integration': { type: 'HTTP_PROXY', uri: 'https://example.com' },
        },
      },
    });
    expect(judged(api(body)).rows).toEqual([
      `${API} ANY /items: absent → fail`,
      `${API} GET /orders: absent → pass`,
      `${API} POST /orders: absent → fail`,
    ]);
  });

  it.each([
    [
      'an ID in it is not known',
      {
        address: API,
        after: { name: 'shop', protocol_type: 'HTTP' },
        refs: { body: id('aws_apigatewayv2_vpc_link.shop') },
      },
      'body is not known yet',
    ],
    ['it is no document', api('openapi'), 'not an OpenAPI document'],
    ['it is sensitive', api(openApi({}), { sensitive: ['body'] }), 'sensitive'],
  ] as const)('is unknown where %s, with the reason', (_, one, reason) => {
    const { integrations } = judged(one as Resource);
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
    ['names a listener whose certificate is for a name that is open', NAMED, [SECURE], 'unknown', 'is not known yet'],
    ['names no link', LISTENER, [], 'unknown', 'is not known yet'],
  ] as const)('is read before it is known where it %s', (_, body, more, verdict, reason) => {
    const resources = shop(
      ...gone('aws_apigatewayv2_integration.shop', 'aws_apigatewayv2_route.shop'),
      { address: API, after: { name: 'shop', protocol_type: 'HTTP' }, refs: { body } },
      ...more,
    );
    const { integrations } = judgeTerraform(readTerraform(planText(resources)), EMPTY, REGION);
    expect(integrations).toMatchObject([{ address: API, route: '', before: 'absent', after: verdict }]);
    if (reason !== undefined) expect(integrations[0]?.because).toContain(reason);
  });

  /** The API as a base that has it, with one route. */
  const existing = (): Snapshot => {
    const plan = terraformPlan(
      readTerraform(planText([api(openApi({ '/orders': { get: operation() } })), stageOf(API)])),
    );
    return layPlan(plan, plan.instances, base, REGION, ({ alternatives: [one = []] }) => one, new PlanSet([plans]))
      .snapshot;
  };
  const changed = (before: string, after: string | undefined): Resource => {
    const own = { id: existing().regions[0]?.gateways[0]?.id ?? '', name: 'shop', protocol_type: 'HTTP' };
    return {
      address: API,
      actions: [before === after ? 'no-op' : 'update'],
      before: { ...own, body: before },
      after: { ...own, ...(after === undefined ? {} : { body: after }) },
      ...(after === undefined
        ? { refs: { body: ['aws_apigatewayv2_vpc_link.shop.id', 'aws_apigatewayv2_vpc_link.shop'] } }
        : {}),
    };
  };
  const old = openApi({ '/orders': { get: operation() } });

  it('replaces the routes that are there', () => {
    const next = openApi({ '/items': { get: operation() }, '/orders': { get: operation({ connectionId: 'gone01' }) } });
    expect(judged(changed(old, next), [], existing()).rows).toEqual([
      `${API} GET /items: absent → pass`,
      `${API} GET /orders: pass → fail`,
    ]);
    expect(judged(changed(old, openApi({})), [], existing()).rows).toEqual([`${API} GET /orders: pass → absent`]);
  });

  it('makes what is there unknown where the new one is not known', () => {
    expect(judged(changed(old, undefined), [], existing()).rows).toEqual([`${API} GET /orders: pass → unknown`]);
  });

  it('leaves what is there where it does not change', () => {
    // The snapshot was taken after a change by hand: the document is not imported again.
    const snapshot = JSON.parse(JSON.stringify(existing()).replaceAll('GET /orders', 'GET /other')) as Snapshot;
    expect(judged(changed(old, old), [], snapshot).rows).toEqual([`${API} GET /other: pass → pass`]);
  });
});
