import { describe, expect, it } from 'vitest';
import { prepare, singleEvents, tryAll, type Scenario } from '../../src/harness/index.js';
import { ALIBABA_SCENARIOS } from './scenarios/alibaba/index.js';
import { AWS_SCENARIOS } from './scenarios/aws/index.js';

const PROVE = process.env['POSTERN_PROVE'] !== undefined;
/** One in so many of the single events is tried. A prime: it does not follow the order of calls. */
const EACH = PROVE ? Number(process.env['POSTERN_EXHAUSTIVE_EACH'] ?? 29) : 997;

/** Every fault at every call, and a kill at every moment, each alone. */
describe(`F3, F4: one event anywhere (one in ${EACH})`, () => {
  it.each([...AWS_SCENARIOS, ...ALIBABA_SCENARIOS].map((one): [string, Scenario] => [one.name, one]))(
    '%s',
    async (_, scenario) => {
      const prepared = await prepare(scenario);
      const events = singleEvents(prepared).filter((_event, index) => index % EACH === 0);
      const failures = await tryAll(
        prepared,
        events.map((event) => [event]),
      );
      expect(failures).toEqual([]);
    },
    3_600_000,
  );
});
