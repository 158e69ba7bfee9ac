import { describe, expect, it } from 'vitest';
import { liveRoute } from '../../../../src/check/checks/gateway/live-route.js';
import { gatewayStage } from '../../../../src/check/checks/gateway/stage.js';
import { targetCertificate } from '../../../../src/check/checks/target/certificate.js';
import { targetAnswers } from '../../../../src/check/checks/target/answers.js';
import { decodeSnapshot } from '../../../../src/entries/decode.js';
import type { Stage } from '../../../../src/do/model/gateway.js';
import type { Route } from '../../../../src/do/model/route.js';
import { encodeSnapshot } from '../../../../src/do/snapshot/encode.js';
import { GROUP, LISTENER } from '../aws-region.js';
import { restWorld } from '../rest-world.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { alibabaWorld, awsWorld, type Draft, type World } from '../world.js';

const api = ({ the }: World) => the('gateways', 'api-1');

/** The route of the working copy. */
const draft = (world: World): Draft<Route> => api(world).routes[0]!;

type Change = Partial<Route> | 'none';

const routesOf = (world: World, change: Change): Draft<Route>[] =>
  change === 'none' ? [] : [{ ...draft(world), ...(change as Partial<Draft<Route>>) }];

/** Another owner manages the API, and its stage serves the route as it was declared, with changes. */
const served =
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

/** Then the working copy changes, and is not deployed. */
const edited =
  (change: Partial<Route>, then: (world: World) => void = () => undefined) =>
  (world: World): void => {
    then(world);
    Object.assign(draft(world), change);
  };

/** A part of the calls gets another deployment. */
const canary = (percent: number, change: Change | undefined) => (world: World) => {
  const its = change === undefined ? {} : { served: { routes: routesOf(world, change) } };
  served({}, { canary: { deploymentId: 'd-2', percent, ...its } })(world);
};

const ELSEWHERE = { targetId: `${LISTENER}9` } as const;
const error = { verdict: 'fail', severity: 'error' } as const;

describe('an external route is judged as its stage serves it', () => {
  for (const [kind, world] of [
    ['REST', restWorld],
    ['HTTP', awsWorld],
  ] as const) {
    checkTable(liveRoute, [
      { why: `${kind}: the deployment has it as declared`, world: () => world(served({})), verdict: 'pass' },
      {
        why: `${kind}: it was changed after a good deployment`,
        world: () => world(edited(ELSEWHERE, served({}))),
        verdict: 'pass',
      },
      {
        ...error,
        why: `${kind}: it was mended after a deployment that leads elsewhere`,
        world: () => world(served(ELSEWHERE)),
        says: ['target on prod'],
        evidence: ['prod'],
      },
      {
        ...error,
        why: `${kind}: the deployment has no such route`,
        world: () => world(served('none')),
        says: ['prod of', 'has no route ANY /orders'],
        remedy: ['to deploy to prod'],
      },
      {
        why: `${kind}: the deployment was not read, and the current route differs`,
        world: () => world(edited(ELSEWHERE, served({}, { served: undefined }))),
        verdict: 'unknown',
        severity: 'error',
        says: ['although the current routes differ (ANY /orders)'],
      },
    ]);
  }
  checkTable(liveRoute, [
    {
      ...error,
      why: 'a canary with a deployment that leads elsewhere takes all calls',
      world: () => restWorld(canary(100, ELSEWHERE)),
      says: ['target on the canary of prod (100 % of the calls)'],
    },
    { ...error, why: 'it takes some', world: () => restWorld(canary(1, ELSEWHERE)), says: ['the canary of prod (1 %'] },
    { why: 'it takes none', world: () => restWorld(canary(0, ELSEWHERE)), verdict: 'pass' },
    { why: 'it has the same routes', world: () => restWorld(canary(20, {})), verdict: 'pass' },
    {
      why: 'what it serves was not read',
      world: () => restWorld(canary(20, undefined)),
      verdict: 'unknown',
      severity: 'error',
      says: ['the canary of prod (20 % of the calls)'],
      remedy: ['Promote the canary of stage prod of api-1'],
    },
    {
      ...error,
      why: 'an integration of type HTTP without a response',
      world: () => restWorld(served({ lacks: 'response' })),
      says: ['status 500'],
    },
  ]);

  checkTable(gatewayStage, [
    {
      why: 'a resource policy that denies every call',
      world: () => restWorld(served({}, { served: { routes: [], denies: 'all' } })),
      ...error,
      says: ['403'],
    },
    {
      why: 'one whose conditions decide',
      world: () => restWorld(served({}, { served: { routes: [], denies: 'some' } })),
      verdict: 'unknown',
    },
    {
      why: 'one that was written after the deployment',
      world: () => restWorld(edited({}, (world) => (served({})(world), void (api(world).denies = 'all')))),
      verdict: 'pass',
    },
    {
      ...error,
      why: 'a stage that was never deployed, of an API that no run deploys',
      world: () => awsWorld(served({}, { deploymentId: undefined })),
      remedy: ['Ask the owner of api-1 to deploy'],
    },
    {
      why: 'the default endpoint is disabled',
      world: () => awsWorld((world) => void (api(world).endpoint = 'disabled')),
      verdict: 'unknown',
      severity: 'warning',
    },
  ]);
});

/** A route of one method beside the declared one of all methods. */
const beside =
  (change: Partial<Route>, then: (world: World) => void = () => undefined) =>
  (world: World): void => {
    world.integration.owner = 'external';
    const other = {
      ...structuredClone(draft(world)),
      id: 'route-p',
      key: 'POST /orders',
      ...(change as Partial<Draft<Route>>),
    };
    api(world).routes = [...api(world).routes, other];
    then(world);
  };

describe('a route of all methods', () => {
  const only =
    (key: string, change: Partial<Route> = {}) =>
    (world: World) => {
      takes('POST', served({ ...change, key }))(world);
    };
  checkTable(liveRoute, [
    { why: 'gets the calls of a method without a route', world: () => restWorld(only('ANY /orders')), verdict: 'pass' },
    {
      ...error,
      why: 'gets them with another target',
      world: () => restWorld(only('ANY /orders', ELSEWHERE)),
      says: ['target on prod'],
    },
    {
      why: 'of a path with a variable and the same target may get them',
      world: () => restWorld(only('ANY /{proxy+}')),
      verdict: 'unknown',
      remedy: ['Declare ANY /{proxy+}'],
    },
    { ...error, why: 'of another path does not', world: () => restWorld(only('ANY /orders/{id}')) },
    {
      why: 'a route of one method with another target gets some of its calls',
      world: () => awsWorld(beside(ELSEWHERE)),
      verdict: 'fail',
      severity: 'warning',
      subject: 'route ANY /orders',
      says: ['POST /orders'],
      evidence: ['route-p'],
    },
    { why: 'one with the same target', world: () => awsWorld(beside({})), verdict: 'pass' },
    {
      why: 'one of another path',
      world: () => awsWorld(beside({ ...ELSEWHERE, key: 'POST /orders/x' })),
      verdict: 'pass',
    },
    {
      why: 'one that the spec declares as well',
      world: () =>
        awsWorld(
          beside({}, ({ integration }) => {
            integration.routes = { ...integration.routes, 'POST /orders': Object.values(integration.routes)[0] ?? '' };
          }),
        ),
      verdict: 'pass',
    },
  ]);
});

describe('a routing plug-in', () => {
  const routed = (stage: string) =>
    alibabaWorld((world) => {
      world.integration.owner = 'external';
      const [route] = world.the('gateways', 'group-1').routes;
      Object.assign(route ?? {}, { publishedOn: ['RELEASE'], routedBy: { [stage]: 'blue_green' } });
      Object.assign(world.integration, { gateway: { apiGroup: 'group-1', stages: ['RELEASE'] } });
    });
  checkTable(liveRoute, [
    {
      why: 'may send calls to another backend',
      world: () => routed('RELEASE'),
      verdict: 'unknown',
      severity: 'error',
      says: ['blue_green (RELEASE)'],
      remedy: ['detach the plug-in from ANY /orders'],
    },
    { why: 'on a stage that the spec does not name', world: () => routed('TEST'), verdict: 'pass' },
  ]);
});

/** A listener of a private authority's certificate. */
const privateAuthority = (change: Partial<Route>) => (world: World) => {
  world.region.certificates?.forEach((one) => Object.assign(one, { issuer: 'private' }));
  served(change)(world);
};

describe('the authority of the certificate', () => {
  checkTable(targetCertificate, [
    {
      ...error,
      why: 'is checked by a REST API',
      world: () => restWorld(privateAuthority({})),
      says: ['which REST APIs do not accept'],
    },
    {
      why: 'is not checked by an integration that skips it',
      world: () => restWorld(privateAuthority({ anyAuthority: true })),
      verdict: 'pass',
    },
    {
      ...error,
      why: 'does not matter where the name is another one',
      world: () =>
        restWorld((world) => {
          privateAuthority({ anyAuthority: true })(world);
          world.region.certificates?.forEach((one) => Object.assign(one, { names: ['other.internal'] }));
        }),
      says: ['orders.internal'],
    },
  ]);
});

/** The listener forwards calls with one method only. */
const takes =
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

describe('the backend gets the method of the integration', () => {
  for (const [kind, world] of [
    ['REST', restWorld],
    ['HTTP', awsWorld],
  ] as const) {
    checkTable(targetAnswers, [
      { why: `${kind}: POST is sent as POST`, world: () => world(takes('POST', served({}))), verdict: 'pass' },
      {
        why: `${kind}: POST is sent as GET`,
        world: () => world(takes('POST', served({ method: 'GET' }))),
        verdict: 'fail',
        says: ['arrives as GET'],
      },
      {
        why: `${kind}: POST is sent as GET to a listener for GET`,
        world: () => world(takes('GET', served({ method: 'GET' }))),
        verdict: 'pass',
      },
      {
        why: `${kind}: the method was changed after the deployment`,
        world: () => world(takes('POST', edited({ method: 'GET' }, served({})))),
        verdict: 'pass',
      },
      {
        why: `${kind}: a route of the project gets its own method by the next run`,
        world: () => world(takes('POST', edited({ method: 'GET' }))),
        verdict: 'pass',
      },
    ]);
  }

  it('a route of the project with another method is reported', () => {
    const world = restWorld(edited({ method: 'GET' }));
    const [found] = outcomesOf(liveRoute, world);
    expect(found?.message).toContain('method is GET, declared is that of the call');
    expect(found?.remedy).toContain('postern apply');
  });
});

it('what stages serve is the same after it was written to a file', () => {
  const { snapshot } = restWorld(canary(20, { method: 'GET', anyAuthority: true, lacks: 'response' }));
  const text = encodeSnapshot(snapshot);
  expect(encodeSnapshot(decodeSnapshot(text))).toBe(text);
  expect(text).toContain('"anyAuthority": true');
});
