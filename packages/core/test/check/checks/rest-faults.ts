import { BALANCER } from './aws-region.js';
import type { Fault } from './faults.js';
import { markOf } from './rest-world.js';
import type { World } from './world.js';
import { edit } from './edits.js';

const route = ({ the }: World) => the('gateways', 'api-1').routes[0] ?? {};
const stage = ({ the }: World) => the('gateways', 'api-1').stages[0] ?? {};

/** Faults of the world of a REST API over a link V1, each small and independent of the others. */
export const REST_FAULTS: readonly Fault[] = [
  ['nothing', () => undefined],
  ['older routes on the stage', (world) => Object.assign(stage(world), { deployed: markOf(world, { linkId: 'old' }) })],
  ['no deployment by the project', (world) => Object.assign(stage(world), { deployed: undefined })],
  ['a canary', (world) => Object.assign(stage(world), { canary: { deploymentId: 'd-9', percent: 5 } })],
  ['no stage', edit({ 'gateways.api-1.stages': [] })],
  ['a variable that the stage lacks', (world) => Object.assign(route(world), { variables: ['link'] })],
  ['a route of another owner', (world) => Object.assign(route(world), { owner: undefined, linkId: 'other' })],
  ['an open route', (world) => Object.assign(route(world), { open: true, authorization: 'NONE' })],
  ['a short timeout', edit({ 'integration.settings': { 'ANY /orders': { timeoutMs: 20 } } })],
  ['a long timeout', edit({ 'integration.settings': { 'ANY /orders': { timeoutMs: 40_000 } } })],
  ['a short idle timeout', edit({ 'loadBalancers.orders-alb.idleTimeoutMs': 1000 })],
  ['enforced groups', edit({ 'loadBalancers.orders-alb.privateLinkEnforced': true })],
  ['an application load balancer', edit({ 'loadBalancers.orders-alb.kind': 'application' })],
  ['another load balancer', edit({ 'links.vlink-1.loadBalancerIds': [`${BALANCER}0`] })],
  ['a failed load balancer', edit({ 'loadBalancers.orders-alb.active': false })],
  ['a failed link', edit({ 'links.vlink-1': { state: 'failed', nativeState: 'FAILED' } })],
  ['no healthy target', edit({ 'targetGroups.orders.targets.*.health': 'unhealthy' })],
  ['targets allow nothing inbound', edit({ 'securityGroups.sg-app.rules': [] })],
  ['a listener for UDP', edit({ 'listeners.orders-alb.protocol': 'UDP' })],
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
