import { BALANCER, GROUP, LISTENER } from './aws-region.js';
import type { Fault } from './faults.js';
import { markOf } from './rest-world.js';
import type { World } from './world.js';

const route = ({ the }: World) => the('gateways', 'api-1').routes[0] ?? {};
const stage = ({ the }: World) => the('gateways', 'api-1').stages[0] ?? {};

/** Faults of the world of a REST API over a link V1, each small and independent of the others. */
export const REST_FAULTS: readonly Fault[] = [
  ['nothing', () => undefined],
  ['older routes on the stage', (world) => Object.assign(stage(world), { deployed: markOf(world, { linkId: 'old' }) })],
  ['no deployment by the project', (world) => Object.assign(stage(world), { deployed: undefined })],
  ['a canary', (world) => Object.assign(stage(world), { canary: { deploymentId: 'd-9', percent: 5 } })],
  ['no stage', ({ the }) => void (the('gateways', 'api-1').stages = [])],
  ['a variable that the stage lacks', (world) => Object.assign(route(world), { variables: ['link'] })],
  ['a route of another owner', (world) => Object.assign(route(world), { owner: undefined, linkId: 'other' })],
  ['an open route', (world) => Object.assign(route(world), { open: true, authorization: 'NONE' })],
  ['a short timeout', ({ integration }) => void (integration.settings = { 'ANY /orders': { timeoutMs: 20 } })],
  ['a long timeout', ({ integration }) => void (integration.settings = { 'ANY /orders': { timeoutMs: 40_000 } })],
  ['a short idle timeout', ({ the }) => void (the('loadBalancers', BALANCER).idleTimeoutMs = 1000)],
  ['enforced groups', ({ the }) => void (the('loadBalancers', BALANCER).privateLinkEnforced = true)],
  ['an application load balancer', ({ the }) => void (the('loadBalancers', BALANCER).kind = 'application')],
  ['another load balancer', ({ the }) => void (the('links', 'vlink-1').loadBalancerIds = [`${BALANCER}0`])],
  ['a failed load balancer', ({ the }) => Object.assign(the('loadBalancers', BALANCER), { active: false })],
  ['a failed link', ({ the }) => Object.assign(the('links', 'vlink-1'), { state: 'failed', nativeState: 'FAILED' })],
  [
    'no healthy target',
    ({ the }) => the('targetGroups', GROUP).targets?.forEach((one) => Object.assign(one, { health: 'unhealthy' })),
  ],
  ['targets allow nothing inbound', ({ the }) => void (the('securityGroups', 'sg-app').rules.length = 0)],
  ['a listener for UDP', ({ the }) => void (the('listeners', LISTENER).protocol = 'UDP')],
  [
    'a used-up quota',
    ({ region, the }) => {
      region.quotas = { 'vpc-links-v1': 1, 'resources-per-rest-api': 300 };
      const api = the('gateways', 'api-1');
      // With the root and /orders: no quota can be less than the default, 300.
      const more = Array.from({ length: 298 }, (_, at) => ({
        id: `r${at}`,
        gatewayId: api.id,
        key: `GET /p${at}`,
        raw: null,
      }));
      api.routes = [...api.routes, ...more];
    },
  ],
  [
    'a route that is to be created',
    ({ integration }) => void (integration.routes = { ...integration.routes, 'GET /stock/{id}': 'orders' }),
  ],
];
