import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { diff, observeSpec, planDestroy, type Plan, type RunEvent } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { carriedOut } from '../../../testing/src/conformance/apply/spec-runs.js';
import { httpShop } from '../world/http-shop.js';

/** A spec of two APIs over one link. */
async function twoApis() {
  const shop = await httpShop();
  const { call, specText, open, contextOf, driver, drivers, callGateway } = shop;
  const { ApiId: second } = call('apigatewayv2', 'CreateApi', { Name: 'second', ProtocolType: 'HTTP' });
  call('apigatewayv2', 'CreateStage', { ApiId: second, StageName: '$default', AutoDeploy: true });
  const spec = parseSpec(`${specText(0, open)}  bills:
    link: eu
    gateway: { httpApi: ${second} }
    targets: { t: { listener: { loadBalancer: orders, port: 80 } } }
    routes: { 'GET /bills': t, 'GET /sums': t }
`);
  const observe = () => observeSpec(spec, drivers, contextOf(), { all: true });
  const carryOut = async (plan: Plan, hear: (event: RunEvent) => void = () => undefined) => {
    const how = { callGateway, onEvent: hear };
    const { events, failed } = await carriedOut({ driver, ctx: contextOf() }, spec, plan, how);
    return { failed, done: events.flatMap((event) => (event.type === 'step.done' ? [event.step] : [])) };
  };
  const remove = (): void => void call('apigatewayv2', 'DeleteApi', { ApiId: second });
  return { ...shop, spec, second, observe, carryOut, remove };
}

/** Calls `then` at the first event for which `isWhen` holds. */
function onceAt(isWhen: (event: RunEvent) => boolean, then: () => void): (event: RunEvent) => void {
  let isDone = false;
  return (event) => {
    if (isDone || !isWhen(event)) return;
    isDone = true;
    then();
  };
}

describe('an API that others delete', () => {
  it('in the middle of an apply: its steps fail, each once, and the other API is done', async () => {
    const { spec, observe, carryOut, remove, keys } = await twoApis();
    const isWhen = (event: RunEvent): boolean => event.type === 'step.started' && event.step.includes('GET /bills');
    const { failed, done } = await carryOut(
      diff(await observe(), spec, { clouds: CLOUDS, all: true }),
      onceAt(isWhen, remove),
    );
    expect(failed.map(({ error }) => error.code)).toEqual(failed.map(() => 'NOT_FOUND'));
    expect(new Set(failed.map(({ step }) => step)).size).toBe(failed.length);
    expect(failed.length).toBeGreaterThan(0);
    expect(keys()).toEqual(['GET /orders']);
    expect(done.some((step) => step.includes('GET /orders'))).toBe(true);
  });

  it.each<[string, (event: RunEvent) => boolean]>([
    ['before its first change', () => true],
    ['at a route of it', (event) => event.type === 'step.started' && event.step.includes('GET /bills')],
    ['in the drain of its link', (event) => event.type === 'step.waiting'],
  ])('during a destroy, %s: the rest is deleted', async (_, isWhen) => {
    const { spec, observe, carryOut, remove, keys, links } = await twoApis();
    expect((await carryOut(diff(await observe(), spec, { clouds: CLOUDS, all: true }))).failed).toEqual([]);
    const { failed } = await carryOut(planDestroy(await observe(), spec, { clouds: CLOUDS }), onceAt(isWhen, remove));
    expect(failed).toEqual([]);
    expect([keys(), links()]).toEqual([[], []]);
  });

  it('before a destroy: it is named once, and the rest is deleted', async () => {
    const { spec, observe, carryOut, remove, keys, links, second } = await twoApis();
    await carryOut(diff(await observe(), spec, { clouds: CLOUDS, all: true }));
    remove();
    const plan = planDestroy(await observe(), spec, { clouds: CLOUDS });
    expect(plan.notes.filter((note) => note.includes(second))).toHaveLength(1);
    expect((await carryOut(plan)).failed).toEqual([]);
    expect([keys(), links()]).toEqual([[], []]);
  });
});
