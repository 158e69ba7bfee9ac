import { describe, expect, it } from 'vitest';
import { pairsOfEvents, singleEvents, tryAll } from './exhaustive.js';
import { prepare, type Prepared, type Scenario } from '../../src/internal/harness.js';
import { ALIBABA_SCENARIOS } from './scenarios/alibaba/index.js';
import { AWS_SCENARIOS } from './scenarios/aws/index.js';
import { PROVE, sample, within } from '../../../core/test/runs.js';

/** One in so many is tried. Primes: they do not follow the order of calls. */
const EACH_SINGLE = PROVE ? Number(process.env['POSTERN_EXHAUSTIVE_EACH'] ?? 29) : 4_001;
const EACH_PAIR = PROVE ? Number(process.env['POSTERN_PAIRS_EACH'] ?? 100_003) : 9_000_011;

/** Of each scenario in `npm run prove`. */
const SECONDS = 5;

const ALL = [...AWS_SCENARIOS, ...ALIBABA_SCENARIOS];
/** Of each cloud those with the fewest calls. */
const SMALL = [
  'aws: create',
  'aws: rename a link',
  'aws: settings of a route',
  'alibaba: create',
  'alibaba: add a route',
  'alibaba: two stages, then one',
];

const SMALL_ONES = sample(
  ALL.filter(({ name }) => SMALL.includes(name)),
  6,
);

const prepared = new Map<Scenario, Promise<Prepared>>();
function prepareOnce(scenario: Scenario): Promise<Prepared> {
  const ready = prepared.get(scenario) ?? prepare(scenario);
  prepared.set(scenario, ready);
  return ready;
}

function row(scenario: Scenario): [string, Scenario] {
  return [scenario.name, scenario];
}

/** Every fault at every call, and a kill at every moment, each alone. */
describe(`one event anywhere (one in ${EACH_SINGLE})`, () => {
  it.each((PROVE ? ALL : SMALL_ONES).map(row))(
    '%s',
    async (_, scenario) => {
      const world = await prepareOnce(scenario);
      const events = singleEvents(world).filter((_event, index) => index % EACH_SINGLE === 0);
      const failures = await tryAll(
        world,
        within(
          events.map((event) => [event]),
          SECONDS,
        ),
      );
      expect(failures).toEqual([]);
    },
    3_600_000,
  );
});

/** Every two of them. */
describe(`two events anywhere (one pair in ${EACH_PAIR})`, () => {
  it.each(SMALL_ONES.map(row))(
    '%s',
    async (_, scenario) => {
      const world = await prepareOnce(scenario);
      const pairs = pairsOfEvents(world, EACH_PAIR);
      expect(pairs.length).toBeGreaterThan(0);
      expect(await tryAll(world, within(pairs, SECONDS))).toEqual([]);
    },
    3_600_000,
  );
});
