import { gatewayPublished } from '../../../../src/check/checks/gateway/published.js';
import { managed, group } from './api-group.js';
import { checkTable } from '../run-check.js';
import { type World, alibaba, withhold } from '../world.js';

const shown =
  (publishedOn: readonly string[] | undefined, stages: readonly string[] = [], owner: object | undefined = managed) =>
  (world: World): void => {
    for (const route of group(world).routes) Object.assign(route, { owner, stages, publishedOn });
  };
checkTable(gatewayPublished, {
  'published in its current version': [alibaba(shown(['RELEASE'], ['RELEASE'])), 'pass PUBLISHED'],
  'published in an older version': [alibaba(shown(['RELEASE'])), 'pass PUBLISHED'],
  'taken offline on a stage of the spec': [
    alibaba(shown(['TEST'])),
    'error STAGES_LACKING',
    { evidence: 'api-1', remedy: 'postern apply' },
  ],
  'published on no stage, and the spec names no stage': [
    alibaba(shown([]), { 'integration.gateway': { apiGroup: 'group-1' } }),
    'warning PUBLISHED_NOWHERE',
    { remedy: 'integrations.orders.gateway.stages' },
  ],
  'an older snapshot, which lists the stages of the current version only': [
    alibaba(shown(undefined)),
    'unknown STAGES_NOT_READ',
  ],
  'an older snapshot, and the current version is published': [alibaba(shown(undefined, ['RELEASE'])), 'pass PUBLISHED'],
  'a route of another project has the key: another check reports it': [
    alibaba(shown([], [], { project: 'stock', spec: 'stock', integration: 'orders' })),
    'nothing',
  ],
  'an external integration: its owner has to publish it': [
    alibaba(shown(['PRE'], [], undefined), { 'integration.owner': 'external' }),
    'error STAGES_LACKING',
    { remedy: ['Publish ANY /orders on RELEASE', 'integrations.orders.gateway.stages'] },
  ],
  'the route does not exist': [alibaba((world) => void Object.assign(group(world), { routes: [] })), 'nothing'],
  'the group could not be read': [
    alibaba(withhold('gateways', 'apigateway:DescribeApiGroup', 'group-1')),
    'unknown GATEWAY_NOT_READ',
  ],
});
