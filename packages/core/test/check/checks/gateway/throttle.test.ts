import { describe, expect, it } from 'vitest';
import { gatewayThrottle, neededRates } from '../../../../src/check/checks/gateway/throttle.js';
import type { Throttle } from '../../../../src/do/model/route.js';
import { prepare } from '../../../../src/do/world/prepare.js';
import { rest, webSocket } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { type World, aws, alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';
import { CLOUDS } from '../../../clouds.js';

const throttled =
  (is: { readonly stage?: Throttle; readonly route?: Throttle }, declared: typeof is = {}, quota?: number) =>
  ({ region, the, integration }: World): void => {
    const [key = ''] = Object.keys(integration.routes);
    const [stage] = the('gateways', 'api-1').stages;
    Object.assign(stage ?? {}, {
      throttle: is.stage ?? {},
      throttles: is.route === undefined ? [] : [{ key, throttle: is.route }],
    });
    if (declared.route) Object.assign(integration, { settings: { [key]: { throttle: declared.route } } });
    if (declared.stage) Object.assign(integration, { stageSettings: { throttle: declared.stage } });
    Object.assign(region, { quotas: quota === undefined ? {} : { 'requests-per-second': quota } });
  };
const external = ({ integration }: World): void => {
  Object.assign(integration, { owner: 'external' });
};

describe('gateway/throttle', () => {
  checkTable(gatewayThrottle, {
    'no throttle': [aws(), 'pass LETS_CALLS_THROUGH', 'let calls through: none'],
    'API groups have plug-ins in place of throttles': [alibaba(), 'nothing'],
    'the gateway was not read': [aws(withhold('gateways', 'apigateway:GET')), 'unknown THROTTLE_NOT_READ'],
    'a stage that a former version read': [aws(edit({ 'gateways.api-1.stages.0.throttle': undefined })), 'nothing'],
    'a stage that a former version read, and a throttle is declared': [
      aws(throttled({}, { stage: { rate: 1 } }), edit({ 'gateways.api-1.stages.0.throttle': undefined })),
      'unknown THROTTLE_NOT_READ',
      { remedy: 'Take the snapshot again' },
    ],
    'a throttle of a route, and one of the stage': [
      aws(throttled({ stage: { rate: 100, burst: 50 }, route: { rate: 2 } })),
      'pass LETS_CALLS_THROUGH',
      'stage $default 100/s, burst 50, ANY /orders on stage $default 2/s',
    ],
    'a rate of 0 that is declared': [
      rest(throttled({}, { route: { rate: 0, burst: 5 } })),
      'error REFUSES_EACH_CALL',
      {
        says: ['ANY /orders on stage prod', '0/s, burst 5', '429'],
        subject: 'route ANY /orders, gateway api-1',
        remedy: "above 0 at integrations.orders.routes.'ANY /orders'.throttle",
      },
    ],
    'a burst of 0 of the stage, which nothing declares': [
      webSocket(throttled({ stage: { rate: 5, burst: 0 } })),
      'error REFUSES_EACH_CALL',
      { says: 'stage prod', remedy: 'integrations.orders.gateway.throttle' },
    ],
    'a burst of 0 of a stage whose route has its own': [
      aws(throttled({ stage: { burst: 0 }, route: { rate: 5, burst: 5 } })),
      'pass LETS_CALLS_THROUGH',
    ],
    'a burst of 0 of a stage of others': [
      aws(throttled({ stage: { burst: 0 } }), external),
      'error REFUSES_EACH_CALL',
      { remedy: 'Ask the owner of api-1' },
    ],
    'a limit of 0 that the spec changes': [
      aws(throttled({ stage: { rate: 0 } }, { stage: { rate: 10 } })),
      'warning DIFFERS',
      { says: ['is 0/s', 'declared is 10/s'], remedy: 'postern apply' },
    ],
    'as declared': [
      aws(throttled({ stage: { rate: 10, burst: 3 } }, { stage: { rate: 10 } })),
      'pass LETS_CALLS_THROUGH',
    ],
    'more than every account gets, and the quota was not read': [
      aws(throttled({ route: { rate: 20_000 } })),
      'unknown warning QUOTA_NOT_READ',
      { evidence: 'servicequotas:ListServiceQuotas', remedy: 'L-8A5B8E43' },
    ],
    'more than the account gets': [
      aws(throttled({ route: { rate: 20_000 } }, {}, 12_000)),
      'warning ABOVE_ACCOUNT',
      { says: ['20000/s', '12000 calls per second'], remedy: 'L-8A5B8E43' },
    ],
    'what a raised quota allows': [aws(throttled({ route: { rate: 20_000 } }, {}, 30_000)), 'pass LETS_CALLS_THROUGH'],
    'what the service writes beside another setting': [
      rest(throttled({ stage: { rate: 10_000, burst: 5_000 } }, {}, 2_500)),
      'pass LETS_CALLS_THROUGH',
    ],
  });
});

type Limits = Parameters<typeof throttled>[0];

describe('needs/throttle', () => {
  const limits = { rate: 10, burst: 5 };
  const rows: readonly (readonly [string, Limits, Limits, string, number, string, number?])[] = [
    ['a rate below the need', { route: limits }, {}, 'orders', 12, 'BELOW_NEED'],
    ['a rate of the stage below it', { stage: limits }, {}, 'orders', 12, 'BELOW_NEED'],
    ['a declared rate, before it is applied', {}, { route: limits }, 'orders', 12, 'BELOW_NEED'],
    ['a burst of 0', { route: { ...limits, burst: 0 } }, {}, 'orders', 10, 'BELOW_NEED'],
    ['the same rate', { route: limits }, {}, 'orders', 10, 'FITS_NEED'],
    ['a rate above it', { route: limits }, {}, 'orders', 9.5, 'ABOVE_NEED note'],
    ['no throttle', {}, {}, 'orders', 12, 'FITS_NEED'],
    ['what an account has from the start', { stage: { rate: 10_000 } }, {}, 'orders', 12, 'FITS_NEED'],
    ['a burst alone', { route: { burst: 5 } }, {}, 'orders', 12, 'FITS_NEED'],
    ['no throttle, and more than the account gets', {}, {}, 'orders', 12_000, 'ACCOUNT_BELOW_NEED', 10_000],
    ['no throttle, and no more than a raised quota', {}, {}, 'orders', 12_000, 'FITS_NEED', 20_000],
    ['no throttle, and a quota that was not read', {}, {}, 'orders', 12_000, 'ACCOUNT_NOT_READ'],
    ['a service of another name', { route: limits }, {}, 'order', 12, 'NO_SERVICE note'],
  ];

  it.each(rows.map(([a, b, c, d, e, f, g]) => [a, b, c, d, e, f, g] as const))(
    '%s',
    (_, is, declared, service, needed, expected, quota) => {
      const { snapshot, spec } = aws(throttled(is, declared, quota))();
      const { input } = prepare(snapshot, spec, { clouds: CLOUDS, now: 0, passes: true });
      const found = [...neededRates(new Map([[service, needed]])).run(input)];
      expect(found.map(({ code, severity = '' }) => `${code} ${severity}`.trim())).toEqual([expected]);
    },
  );
});
