import type { Stage } from '../../../../src/do/model/gateway.js';
import type { Route } from '../../../../src/do/model/route.js';
import { LISTENER, GROUP } from '../aws-region.js';
import type { World, Draft } from '../world.js';

export const api = ({ the }: World) => the('gateways', 'api-1');

/** The route of the working copy. */
export const draft = (world: World): Draft<Route> => api(world).routes[0]!;

export type Change = Partial<Route> | 'none';

export const routesOf = (world: World, change: Change): Draft<Route>[] =>
  change === 'none' ? [] : [{ ...draft(world), ...(change as Partial<Draft<Route>>) }];

/** Another owner manages the API, and its stage serves the route as it was declared, with changes. */
export const served =
  (change: Change, more: Partial<Stage> = {}) =>
  (world: World): void => {
    world.integration.owner = 'external';
    api(world).stages = [
      {
        name: 'prod',
        autoDeploy: false,
        deploymentId: 'd-1',
        served: { routes: routesOf(world, change) },
        ...(more as Partial<Draft<Stage>>),
      },
    ];
  };

export const ELSEWHERE = { targetId: `${LISTENER}9` } as const;

/** The listener forwards calls with one method only. */
export const takes =
  (method: string, then: (world: World) => void) =>
  (world: World): void => {
    Object.assign(world.the('listeners', LISTENER), {
      actions: [{ kind: 'fixed-response', statusCode: '404' }],
      rules: [
        {
          id: 'rule-1',
          priority: 1,
          conditions: [{ kind: 'method', values: [method] }],
          actions: [{ kind: 'forward', targetGroupIds: [GROUP] }],
        },
      ],
    });
    const [key = ''] = Object.keys(world.integration.routes);
    world.integration.routes = { 'POST /orders': world.integration.routes[key] ?? '' };
    Object.assign(draft(world), { key: 'POST /orders' });
    then(world);
  };
