import { expect, it } from 'vitest';
import { routeCalls } from '../../src/overlay/carry/route-calls.js';
import { LISTENER } from '../check/checks/aws-region.js';
import { listener } from '../check/checks/target/listener.js';
import { edit } from '../check/checks/edits.js';
import { awsWorld } from '../check/checks/world.js';
import { CLOUDS } from '../clouds.js';

const rule = (value: string) => ({
  id: value,
  priority: 1,
  conditions: [{ kind: 'path' as const, values: [value] }],
  actions: [],
});

/** The paths by which the one route of a world is called, on its stage and on the canary of it. */
function called(key: string, writtenPath: string | undefined, rules: readonly string[], percent = 0) {
  const world = awsWorld((one) => {
    listener({ rules: rules.map(rule) })(one);
    edit({
      'gateways.api-1.routes': [
        { id: 'r1', gatewayId: 'api-1', key, linkId: 'vlink-1', targetId: LISTENER, writtenPath, raw: null },
      ],
      'gateways.api-1.stages': [{ name: '$default', autoDeploy: true, canary: { percent, variables: {} } }],
      'gateways.api-1.endpoint': 'private',
    })(one);
  });
  return routeCalls(world.snapshot, CLOUDS).map(({ calls }) =>
    calls.map(({ path, canary }) => `${path}${canary === true ? ' of the canary' : ''}`),
  );
}

const OWN = 'postern-probe';

it.each([
  ['its own', 'ANY /a/{proxy+}', undefined, ['/a/b*', '/c/*'], [`/a/${OWN}`, '/a/ba']],
  ['another one', 'ANY /a/{proxy+}', '/c/{proxy+}', ['/a/b*', '/c/d/*'], [`/a/${OWN}`, '/a/d/a']],
  ['one that a text writes', 'ANY /a/{proxy+}', '/c/{any+}', ['/c/d'], [`/a/${OWN}`, '/a/d']],
  ['two parts in another order', 'GET /{a}/{b}', '/x/{b}/{a}', ['/x/1/2'], [`/${OWN}/${OWN}`, '/2/1']],
  ['a constant', 'ANY /a/{proxy+}', '/c', ['/c', '/d'], [`/a/${OWN}`, `/a/${OWN}`]],
])('calls a route as the rules of its listener ask for, where %s is sent as the path', (_, key, sent, rules, paths) => {
  expect(called(key, sent, rules)).toEqual([paths]);
});

it('calls the canary of a stage, too', () => {
  expect(called('GET /a', undefined, [], 20)).toEqual([['/a'], ['/a of the canary']]);
});
