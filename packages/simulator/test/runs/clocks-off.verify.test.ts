import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { alibaba } from '@postern/alibaba';
import { createContext, driversOf, type RunEvent, type Spec } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { apply, diff, observeSpec } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { AB, AC, integration, link, ORDERS, spec } from '../../../testing/test/harness/scenarios/alibaba/lines.js';
import { alibabaShop, REGION } from '../../../testing/test/harness/scenarios/alibaba/shop.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A shop of Alibaba Cloud, and runs on machines whose clocks are off. */
async function shopOf() {
  const simulation = simulate({ seed: 7, throttle: false, clock: 'auto' });
  const shop = await alibabaShop(simulation);
  const run = async (wanted: Spec, offMs = 0, deleteInstances = false): Promise<readonly RunEvent[]> => {
    const clock = { ...simulation.clock, now: () => simulation.clock.now() + offMs };
    const api = simulation.alibaba(REGION, { machineClock: clock.now });
    const drivers = driversOf(alibaba({ region: REGION, api }));
    const context = createContext({ clock, random: () => 0.5 });
    const options = { all: true, deleteInstances };
    const snapshot = await observeSpec(wanted, drivers, context, { all: true, checks: true, plan: options });
    const events: RunEvent[] = [];
    const how = { spec: wanted, drivers, context, allowPurchase: true, ignoreFindings: ['*'] };
    for await (const event of apply(diff(snapshot, wanted, { clouds: CLOUDS, ...options }), { ...how, judge }))
      events.push(event);
    expect(events.filter(({ type }) => type === 'step.failed')).toEqual([]);
    return events;
  };
  const specOf = (subnets: typeof AB): Spec =>
    parseSpec(spec([link('cn', subnets)], [integration('orders', 'cn', ORDERS)])(shop));
  const load = () =>
    simulation.traffic.load({
      gateway: `${shop.groups[0]}-${REGION}.alicloudapi.com`,
      paths: ['/orders'],
      perSecond: 2,
      seconds: 0,
    });
  return { simulation, run, specOf, load };
}

const waits = (events: readonly RunEvent[]): readonly string[] =>
  events.flatMap((one) => (one.message?.startsWith('waits ') === true ? [one.message] : []));

describe('an instance that one machine left, and another one deletes', () => {
  it.each([
    [-14, 0],
    [-8, 8],
    [0, 14],
    [14, -14],
  ])('loses no call where their clocks are off by %d and %d minutes', async (writer, reader) => {
    const { simulation, run, specOf, load } = await shopOf();
    await run(specOf(AB));
    await simulation.advance(HOUR);
    const calls = load();
    await simulation.advance(MINUTE);
    await run(specOf(AC), writer * MINUTE);
    const told = waits(await run(specOf(AC), reader * MINUTE, true));
    await simulation.advance(20 * MINUTE);
    calls.end();
    await simulation.advance(2 * MINUTE);
    expect(calls.status()).toMatchObject({ lost: 0 });
    expect(told[0]).toMatch(/^waits (?:10 min|9 min \d+ s)/);
  });
});

it.each([
  [-40, '40 min behind'],
  [16, '16 min ahead of'],
])(
  'a machine of Alibaba Cloud whose clock is off: by %d minutes is refused, with what to do',
  async (minutes, words) => {
    const { run, specOf } = await shopOf();
    await expect(run(specOf(AB), minutes * MINUTE)).rejects.toMatchObject({
      code: 'CLOCK_SKEWED',
      remedy: `Set the machine's clock: it is ${words} the cloud's.`,
    });
  },
);
