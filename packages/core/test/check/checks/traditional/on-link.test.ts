import { describe, it, expect } from 'vitest';
import { named } from '../all-checks.js';
import type { GatewayUse } from '../../../../src/do/model/gateway.js';
import { diff } from '../../../../src/do/plan/diff.js';
import { group, managed } from '../gateway/api-group.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { type World, alibabaWorld, alibaba, withhold } from '../world.js';
import { CLOUDS } from '../../../clouds.js';

const gatewayOnLink = named('gateway/on-link');

/** The group is on the shared instance, without a route of the spec. */
const elsewhere = (world: World, uses: readonly GatewayUse[] = []): void => {
  Object.assign(group(world), { linkId: 'api-shared-vpc-001', routes: [], uses });
};

const use = (host: string, more: Partial<GatewayUse> = {}): GatewayUse => ({
  kind: 'route',
  id: 'api-9',
  name: 'GET /legacy',
  routeIds: ['api-9'],
  host,
  port: 80,
  scheme: 'http',
  ...more,
});

/** An unmanaged route. */
const published = (world: World, stages: readonly string[], publishedOn?: readonly string[]): void => {
  const [route] = group(world).routes;
  elsewhere(world);
  const unmanaged = { ...route, id: 'api-9', key: 'GET /legacy', targetId: undefined, linkId: undefined, stages };
  Object.assign(group(world), { routes: [{ ...unmanaged, ...(publishedOn === undefined ? {} : { publishedOn }) }] });
};

/** The same group through a second instance. */
function twoLinks(world: World): void {
  const { spec, integration, linkSpec } = world;
  world.copy('links', 'apigateway-hz-1', { id: 'apigateway-hz-2', name: 'second' });
  spec.links['second'] = { ...linkSpec, id: 'apigateway-hz-2' };
  spec.integrations['more'] = { ...integration, link: 'second', routes: { 'GET /more': 'orders' } };
}

describe('gateway/on-link', () => {
  checkTable(gatewayOnLink, {
    'it exists': [alibaba(), 'pass ON_LINK', { evidence: 'group-1' }],
    'none of its routes exists: the group moves with the first route': [alibaba(elsewhere), 'pass MOVED_BY_APPLY'],
    'its routes exist and use another instance': [
      alibaba((world) => {
        Object.assign(group(world), { linkId: 'api-shared-vpc-001', uses: [] });
        for (const route of group(world).routes) Object.assign(route, { owner: managed });
      }),
      'error ON_OTHER_LINK',
      { evidence: ['group-1', 'ANY /orders'], remedy: 'Run `postern apply`: it moves group-1' },
    ],
    'an external integration: only the owner of the group moves it': [
      alibaba(elsewhere, { 'integration.owner': 'external' }),
      'error ON_OTHER_LINK',
      { remedy: ['Ask the owner of group-1 to move it', 'links.eu.id'] },
    ],
    'an unmanaged API is published': [
      alibaba((world) => published(world, ['RELEASE'])),
      'error OTHERS_PUBLISHED',
      { says: 'GET /legacy', evidence: 'api-9', remedy: 'an API group of your own' },
    ],
    'an unmanaged API is published in an older version': [
      alibaba((world) => published(world, [], ['PRE'])),
      'error OTHERS_PUBLISHED',
    ],
    'an unmanaged API is only a draft': [alibaba((world) => published(world, [])), 'pass MOVED_BY_APPLY'],
    'a backend outside of the accessible blocks': [
      alibaba((world) => elsewhere(world, [use('10.99.0.1')])),
      'error BACKEND_OUTSIDE_BLOCKS',
      {
        says: ['"instance cannot connect the backend 10.99.0.1"', 'route GET /legacy (draft)'],
        evidence: ['10.99.0.1', 'api-9'],
        remedy: ['links.eu.allowlist', 'from the group'],
      },
    ],
    'a backend in the blocks that the spec adds to the allowlist': [
      alibaba((world) => {
        elsewhere(world, [use('10.99.0.1')]);
        world.linkSpec.allowlist = ['10.0.20.0/24', '10.99.0.0/16'];
      }),
      'pass MOVED_BY_APPLY',
    ],
    'a backend on the internet': [alibaba((world) => elsewhere(world, [use('8.8.8.8')])), 'pass MOVED_BY_APPLY'],
    'an authorization in another VPC': [
      alibaba((world) => {
        elsewhere(world, [use('', { host: undefined, targetId: 'far', port: undefined })]);
        world.copy('targets', 'shop-orders', { id: 'far', networkId: 'vpc-far', port: 81 });
      }),
      'error BACKEND_ELSEWHERE',
      { says: 'vpc-far', evidence: 'far', remedy: 'a backend in vpc-h' },
    ],
    "the integration's own backend is reported by the checks of targets": [
      alibaba((world) => {
        elsewhere(world, [use('', { host: undefined, targetId: 'shop-orders', port: undefined })]);
        world.the('instances', 'i-1').addresses = ['10.99.0.1'];
      }),
      'pass MOVED_BY_APPLY',
    ],
    'a stage variable': [
      alibaba((world) => elsewhere(world, [use('#HOST#')])),
      'unknown USE_NOT_KNOWN',
      { remedy: 'assume.stageVariables' },
    ],
    'the backends of the group were not read': [
      alibaba((world) => {
        elsewhere(world);
        delete group(world).uses;
      }),
      'unknown MOVE_NOT_KNOWN',
      { remedy: 'postern snapshot' },
    ],
    'the group could not be read': [
      alibaba(withhold('gateways', 'apigateway:DescribeApiGroup', 'group-1')),
      'unknown GATEWAY_NOT_READ',
      { evidence: 'apigateway:DescribeApiGroup' },
    ],
    'whether the link exists could not be read': [
      alibaba(withhold('links', 'apigateway:DescribeInstances')),
      'unknown GATEWAY_NOT_READ',
    ],
    'two links for one group': [
      alibaba(twoLinks),
      'error ON_TWO_LINKS',
      { evidence: ['integrations.orders.link', 'integrations.more.link'], remedy: 'Declare the same link in both' },
    ],
  });

  it('reports two links of one group for both integrations, and a plan refuses them', () => {
    const world = alibabaWorld(twoLinks);
    expect(outcomesOf(gatewayOnLink, world).map(({ verdict }) => verdict)).toEqual(['fail', 'fail']);
    expect(() => diff(world.snapshot, world.spec, { clouds: CLOUDS })).toThrow(/a group is on one instance/);
  });

  it('a plan refuses to move a group with a published unmanaged API', () => {
    const world = alibabaWorld((one) => published(one, ['RELEASE']));
    expect(() => diff(world.snapshot, world.spec, { clouds: CLOUDS })).toThrow(
      /1 API that Postern does not manage is published there: GET \/legacy/,
    );
  });
});
