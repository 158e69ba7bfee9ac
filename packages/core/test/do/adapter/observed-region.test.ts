import { expect, it } from 'vitest';
import { createContext } from '../../../src/do/context.js';
import { driverOf } from '../../../src/do/adapter/driver-of.js';
import { emptyRegion } from '../../../src/do/snapshot/snapshot-form.js';
import type { RegionSnapshot } from '../../../src/do/snapshot/snapshot.js';
import { CloudError } from '../../../src/ground/errors.js';
import { thirdCloud } from '../third-product/tables.js';

const REGION = emptyRegion({ provider: 'brook', region: 'n1', account: 'acc-1' });

/** A driver whose `observe` answers so. */
const driverWith = (observe: () => Promise<unknown>) =>
  driverOf({
    provider: 'brook',
    region: 'n1',
    cloud: { ...thirdCloud, name: 'brook' },
    links: {},
    gateways: [],
    moves: {},
    open: () =>
      Promise.resolve({
        identity: () => Promise.resolve({ account: 'acc-1' }),
        observe: observe as () => Promise<RegionSnapshot>,
        links: {},
        gateways: {},
        moves: {},
      }),
  });
/** What a caller of it gets. */
const asked = (answer: unknown): Promise<RegionSnapshot> =>
  driverWith(() => Promise.resolve(answer)).observe({}, createContext({}));

it('hands on an answer that has its lists', async () => {
  expect(await asked(REGION)).toBe(REGION);
  const whole = { ...REGION, routeTables: [], whole: ['links'], quotas: { tunnels: 5 }, native: {} };
  expect(await asked(whole)).toBe(whole);
});

it.each(Object.keys(REGION).filter((key) => Array.isArray(REGION[key as keyof RegionSnapshot])))(
  'names the driver and the list where %s is missing',
  async (list) => {
    await expect(asked({ ...REGION, [list]: undefined })).rejects.toMatchObject({
      code: 'BAD_DRIVER',
      message: `the driver of brook answered \`observe\` with no list ${list}`,
      remedy: `Correct the driver: ${list} is a list, empty where there is nothing.`,
      details: { provider: 'brook', list },
    });
  },
);

it.each([
  ['nothing', undefined, 'region'],
  ['a text', 'no', 'region'],
  ['a region without an account', { ...REGION, account: undefined }, 'account'],
  ['links by ID', { ...REGION, links: { a: {} } }, 'links'],
])('refuses %s', async (_, answer, list) => {
  await expect(asked(answer)).rejects.toMatchObject({ code: 'BAD_DRIVER', details: { list } });
});

it('says that the driver failed where `observe` throws, and hands on errors of Postern', async () => {
  const cause = new TypeError('list of nothing');
  const failing = (error: Error, signal?: AbortSignal) =>
    driverWith(() => Promise.reject(error)).observe({}, createContext({ signal }));
  await expect(failing(cause)).rejects.toMatchObject({
    code: 'BAD_DRIVER',
    message: 'the driver of brook failed in `observe`: list of nothing',
    details: { provider: 'brook', function: 'observe' },
    cause,
  });
  const denied = new CloudError('PERMISSION_DENIED', 'no', { operation: 'List' });
  await expect(failing(denied)).rejects.toBe(denied);
  await expect(failing(cause, AbortSignal.abort())).rejects.toBe(cause);
});
