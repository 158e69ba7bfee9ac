import { expect, it } from 'vitest';
import { routeMoves } from '../../../src/do/adapter/route-moves.js';
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
  ['on the old link, while some moved', ['new', 'old'], { at: 'old' }],
  ['on the new link', ['new', 'new', 'old'], { at: 'new' }],
  ['on a third link', ['old', 'third'], { at: 'elsewhere', found: 'b uses third' }],
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

it('refuses a part of the calls, and routes that use a third link', async () => {
  const { methods } = moves('old', 'third');
  const state = { captured: null, prepared: null };
  await expect(methods.shift(unit, state, 10, ctx)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  await expect(methods.shift(unit, state, 100, ctx)).rejects.toMatchObject({ code: 'WORLD_MOVED' });
});
