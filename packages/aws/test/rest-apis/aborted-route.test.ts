import { CLOUDS } from '../../../core/test/clouds.js';
import { createContext, type CallContext } from '@postern/core/internal/library';
import { observeSpec, apply, diff } from '@postern/core/internal/plan';
import { judge } from '@postern/core/internal/check';
import { expect, it } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import { aws } from '../../src/index.js';
import { REGION, simulated, specOver } from '../world/simulated.js';

/** A turn of PutIntegration: other programs may have taken many. Longer than other calls of a step go on after an abort. */
const TURN_MS = 180_000;

it('a route that is aborted at any call has both of its calls, or none: also where the second one has a late turn', async () => {
  const ends: string[] = [];
  for (let at = 0; ; at += runs(3, 1)) {
    const cloud = await simulated({ throttle: false });
    const { simulation, call, ctx } = cloud;
    const { id: restApi } = call('apigateway', 'CreateRestApi', { name: 'shop' }) as { readonly id: string };
    const spec = specOver(cloud, "'GET /orders/{id}': t", {
      access: '',
      gateway: `restApi: ${restApi}, stage: prod`,
    });
    const stop = new AbortController();
    let writes = 0;
    const clients = simulation.clients(REGION, {
      onCall: ({ kind }) => {
        if (kind !== 'write') return undefined;
        if (writes === at) stop.abort(new Error('stopped'));
        writes += 1;
        return undefined;
      },
    });
    const { clock } = simulation;
    const slot: CallContext['pace']['slot'] = async ({ operation }, _limits, signal) => {
      if (operation === 'PutIntegration') await clock.sleep(TURN_MS, signal);
    };
    const context = createContext({ clock, random: ctx.random, signal: stop.signal });
    const slow = { ...context, pace: { ...context.pace, slot } };
    const drivers = Object.assign(() => Promise.resolve(aws({ region: REGION, clients })), { clouds: CLOUDS });
    const plan = diff(await observeSpec(spec, drivers, slow), spec, { clouds: CLOUDS });
    const run = async (): Promise<void> => {
      for await (const _ of apply(plan, { spec, drivers, context: slow, judge, ignoreFindings: ['*'] }));
    };
    const end = await run().then(
      () => 'done',
      (error: unknown) => (error as { readonly code: string }).code,
    );
    const { items } = call('apigateway', 'GetResources', { restApiId: restApi, embed: ['methods'] }) as {
      readonly items: readonly { readonly resourceMethods?: Readonly<Record<string, object>> }[];
    };
    const methods = items.flatMap(({ resourceMethods = {} }) => Object.values(resourceMethods));
    expect([at, methods.filter((one) => !('methodIntegration' in one))]).toEqual([at, []]);
    ends.push(end);
    if (writes <= at) break;
  }
  expect(ends.at(-1)).toBe('done');
  expect(new Set(ends.slice(0, -1))).toEqual(new Set(['ABORTED']));
});
