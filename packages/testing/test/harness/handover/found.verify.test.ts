import { expect, it } from 'vitest';
import { nameOf } from '../../../src/harness/fuzz.js';
import { prepare, replay } from '../../../src/internal/harness.js';
import { traceText } from '../../../src/harness/trace.js';

import { HANDOVERS } from './scenarios.js';

/** What trials found, as the file of the same name beside the scenarios of runs: the scenario, the trace, what it meets, the seed. */
const FOUND: readonly (readonly [what: string, scenario: string, trace: string, met: string, seed: number])[] = [
  [
    'a step failed after a rule was added, and the next run added it again before the list showed it',
    'hand-over: a public backend by NAT',
    'deny@53',
    'UpdateService',
    700_582,
  ],
  [
    'the same where the answer of a later step was cut off',
    'hand-over: a public backend by NAT',
    'truncate@59',
    'GetService',
    700_050,
  ],
];

it.each(FOUND)('%s', async (_, name, trace, met, seed) => {
  const scenario = HANDOVERS.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`${name} is not a scenario`);
  const { deeds, events, violation } = await replay(await prepare(scenario), trace, seed);
  expect(violation).toBeUndefined();
  expect(traceText(events)).toBe(trace);
  expect(
    events
      .map(({ moment }) => deeds[moment])
      .map((deed) => deed && nameOf(deed))
      .join(' '),
  ).toBe(met);
});
