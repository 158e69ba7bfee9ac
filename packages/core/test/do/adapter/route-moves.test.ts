import { expect, it } from 'vitest';
import { routeMoves } from '../../../src/do/adapter/marked-routes.js';
import { createContext } from '../../../src/do/context.js';
import { GONE, type MoveUnit } from '../../../src/do/move-driver.js';

const ctx = createContext();
const unit = {
  id: 'g',
  gateway: { kind: 'tunnel-router', id: 'g' },
  routes: ['a', 'b'],
  from: { kind: 'tunnel', id: 'old' },
  to: { kind: 'tunnel', id: 'new' },
} as unknown as MoveUnit;

/** The moves of a gateway whose routes a, b, … use these links, and the links that they use now. */
function moves(...links: string[]) {
  const now = [...links];
  const target = { targetId: 't', gatewayId: 'g', open: false, raw: null };
  const methods = routeMoves({
    list: () => Promise.resolve(now.map((linkId, at) => ({ id: `${at}`, key: 'abcd'[at] ?? '', linkId, ...target }))),
    lead: ({ id }, linkId) => Promise.resolve((now[Number(id)] = linkId)),
  });
  return { now, methods };
}

it.each([
  ['nowhere, where no route is left', [], GONE],
  ['on the old link', ['old', 'old', 'third'], { at: 'old' }],
  ['on both links, after a run that was killed', ['new', 'old'], { at: 'canary', percent: 50 }],
  ['on the new link', ['new', 'new', 'old'], { at: 'new' }],
  ['on a third link', ['third', 'third'], { at: 'elsewhere', found: 'a uses third, b uses third' }],
  ['on the old link, but for one on a third link', ['old', 'third'], { at: 'old', left: ['b uses third'] }],
  ['on the new link, but for one that is gone', ['new'], { at: 'new', left: ['b does not exist'] }],
])('says that its routes are %s', async (_, links, place) => {
  expect(await moves(...links).methods.where(unit, { captured: null }, ctx)).toMatchObject(place);
});

it('moves the routes of the unit alone, and back, and verifies their targets', async () => {
  const { now, methods } = moves('old', 'old', 'old');
  const captured = await methods.capture(unit, ctx);
  await methods.shift(unit, { captured, prepared: null }, 100, ctx);
  expect(now).toEqual(['new', 'new', 'old']);
  expect(await methods.verify(unit, { captured, prepared: null }, ctx)).toEqual([]);

  await methods.back(unit, { captured, prepared: null }, ctx);
  expect(now).toEqual(['old', 'old', 'old']);
});

it('returns what a killed run left on the new link, and leaves what another writer led elsewhere', async () => {
  const { now, methods } = moves('third', 'new');
  const captured = await methods.capture(unit, ctx);
  await methods.back(unit, { captured, prepared: null }, ctx);
  expect(now).toEqual(['third', 'old']);
  expect(await methods.verify(unit, { captured, prepared: null }, ctx)).toEqual([]);
});

it('refuses a part of the calls, and routes that use a third link', async () => {
  const { methods } = moves('third', 'third');
  const state = { captured: null, prepared: null };
  await expect(methods.shift(unit, state, 10, ctx)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  await expect(methods.shift(unit, state, 100, ctx)).rejects.toMatchObject({ code: 'WORLD_MOVED' });
});
