import { describe, it, expect } from 'vitest';
import { liveRoute } from '../../../../src/check/checks/gateway/live-route.js';
import { gatewayStage } from '../../../../src/check/checks/gateway/stage.js';
import { targetAnswers } from '../../../../src/check/checks/target/answers.js';
import type { Route } from '../../../../src/do/model/route.js';
import { encodeSnapshot } from '../../../../src/do/snapshot/encode.js';
import { decodeSnapshot } from '../../../../src/internal/decode.js';
import { draft, type Change, served, routesOf, ELSEWHERE, api, takes } from './served.js';
import { restWorld, rest } from '../rest-world.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { type World, awsWorld, aws, withhold } from '../world.js';

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
    checkTable(liveRoute, {
      [`${kind}: the deployment has it as declared`]: [() => world(served({})), 'pass AS_DECLARED'],
      [`${kind}: it was changed after a good deployment`]: [
        () => world(edited(ELSEWHERE, served({}))),
        'warning NEXT_DEPLOYMENT',
        { says: ['target is', 'prod'], remedy: 'to change ANY /orders before the next deployment: target ' },
      ],
      [`${kind}: it was deleted after a good deployment`]: [
        () => world((one) => (served({})(one), void (api(one).routes = []))),
        'warning NEXT_DEPLOYMENT',
        { says: 'has no route ANY /orders anymore', remedy: 'to recreate ANY /orders' },
      ],
      [`${kind}: it was mended after a deployment with another target`]: [
        () => world(served(ELSEWHERE)),
        'error ROUTE_DIFFERS',
        { says: 'target on prod', evidence: 'prod' },
      ],
      [`${kind}: the deployment has no such route`]: [
        () => world(served('none')),
        'error ROUTE_ABSENT',
        { says: ['prod of', 'has no route ANY /orders'], remedy: 'to deploy it to prod: ANY /orders exists' },
      ],
      [`${kind}: nor has it, and the route of the gateway has another target`]: [
        () => world(edited(ELSEWHERE, served('none'))),
        'error ROUTE_ABSENT',
        { remedy: 'to recreate ANY /orders' },
      ],
      [`${kind}: the deployment was not read, and the current route differs`]: [
        () => world(edited(ELSEWHERE, served({}, { served: undefined }))),
        'unknown error STAGES_BY_HAND',
        'although the current routes differ (ANY /orders)',
      ],
    });
  }
  checkTable(liveRoute, {
    'a canary with a deployment with another target takes all calls': [
      rest(canary(100, ELSEWHERE)),
      'error ROUTE_DIFFERS',
      'target on the canary of prod (100 % of the calls)',
    ],
    'it takes some': [rest(canary(1, ELSEWHERE)), 'error ROUTE_DIFFERS', 'the canary of prod (1 %'],
    'it takes none': [rest(canary(0, ELSEWHERE)), 'pass AS_DECLARED'],
    'it has the same routes': [rest(canary(20, {})), 'pass AS_DECLARED'],
    'what it serves was not read': [
      rest(canary(20, undefined)),
      'unknown error STAGES_BY_HAND',
      { says: 'the canary of prod (20 % of the calls)', remedy: 'Promote the canary of stage prod of api-1' },
    ],
    'a variable of the URI without a value': [
      rest(served({ unfilled: { 'integration.request.path.proxy': 'method.request.path.proxy' } })),
      'error VALUE_LACKING',
      { says: '{proxy}', remedy: 'Add integration.request.path.proxy = method.request.path.proxy' },
    ],
    'an integration of type HTTP without a response': [
      rest(served({ lacks: 'response' })),
      'error RESPONSE_LACKING',
      'status 500',
    ],
  });

  checkTable(gatewayStage, {
    'a resource policy that denies every call': [
      rest(served({}, { served: { routes: [], denies: 'all' } })),
      'error POLICY_DENIES',
      '403',
    ],
    'one whose conditions decide': [
      rest(served({}, { served: { routes: [], denies: 'some' } })),
      'unknown POLICY_DECIDES',
    ],
    'one that was written after the deployment': [
      rest(edited({}, (world) => (served({})(world), void (api(world).denies = 'all')))),
      'pass STAGES_EXIST',
    ],
    'a stage that was never deployed, of an API that no run deploys': [
      aws(served({}, { deploymentId: undefined })),
      'error NEVER_DEPLOYED',
      { remedy: 'Ask the owner of api-1 to deploy' },
    ],
    'the default endpoint is disabled': [aws((world) => void (api(world).endpoint = 'disabled')), 'pass BY_DOMAIN'],
    'the default endpoint is disabled, and no custom domain leads to the API': [
      aws(unnamed, { customDomains: [] }),
      'error NO_DOMAIN',
      { evidence: 'api-1', remedy: 'Map a custom domain to api-1' },
    ],
    'the default endpoint is disabled, and the only custom domain is not usable': [
      aws(unnamed, { 'customDomains.0.usable': false }),
      'error NO_DOMAIN',
      { evidence: 'orders.internal' },
    ],
    'the default endpoint is disabled, and custom domains were not read': [
      aws(unnamed, withhold('customDomains', 'apigateway:GET')),
      'unknown warning ENDPOINT_DISABLED',
      { evidence: 'apigateway:GET' },
    ],
  });
});

function unnamed(world: World): void {
  api(world).endpoint = 'disabled';
}

describe('the backend gets the method of the integration', () => {
  for (const [kind, world] of [
    ['REST', restWorld],
    ['HTTP', awsWorld],
  ] as const) {
    checkTable(targetAnswers, {
      [`${kind}: POST is sent as POST`]: [() => world(takes('POST', served({}))), 'pass FORWARDS'],
      [`${kind}: POST is sent as GET`]: [
        () => world(takes('POST', served({ method: 'GET' }))),
        'error LISTENER_ANSWERS',
        'arrives as GET',
      ],
      [`${kind}: POST is sent as GET to a listener for GET`]: [
        () => world(takes('GET', served({ method: 'GET' }))),
        'pass FORWARDS',
      ],
      [`${kind}: the method was changed after the deployment`]: [
        () => world(takes('POST', edited({ method: 'GET' }, served({})))),
        'pass FORWARDS',
      ],
      [`${kind}: a route of the project gets its own method by the next run`]: [
        () => world(takes('POST', edited({ method: 'GET' }))),
        'pass FORWARDS',
      ],
    });
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
