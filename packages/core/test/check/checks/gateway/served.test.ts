import { describe, it, expect } from 'vitest';
import { liveRoute } from '../../../../src/check/checks/gateway/live-route.js';
import { gatewayStage } from '../../../../src/check/checks/gateway/stage.js';
import { targetAnswers } from '../../../../src/check/checks/target/answers.js';
import type { Route } from '../../../../src/do/model/route.js';
import { encodeSnapshot } from '../../../../src/do/snapshot/encode.js';
import { decodeSnapshot } from '../../../../src/entries/decode.js';
import { draft, type Change, served, routesOf, ELSEWHERE, error, api, takes } from './served.js';
import { restWorld } from '../rest-world.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { type World, awsWorld } from '../world.js';

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
      verdict: 'pass',
    },
    {
      why: 'the default endpoint is disabled, and no custom domain leads to the API',
      world: () => awsWorld((world) => (unnamed(world), void (world.region.customDomains = []))),
      ...error,
      evidence: ['api-1'],
      remedy: ['Map a custom domain to api-1'],
    },
    {
      why: 'the default endpoint is disabled, and the only custom domain is not usable',
      world: () =>
        awsWorld((world) => {
          unnamed(world);
          world.the('customDomains', 'orders.internal').usable = false;
        }),
      ...error,
      evidence: ['orders.internal'],
    },
    {
      why: 'the default endpoint is disabled, and custom domains were not read',
      world: () => awsWorld((world) => (unnamed(world), world.withhold('customDomains', 'apigateway:GET'))),
      verdict: 'unknown',
      severity: 'warning',
      evidence: ['apigateway:GET'],
    },
  ]);
});

function unnamed(world: World): void {
  api(world).endpoint = 'disabled';
}

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
