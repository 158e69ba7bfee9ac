import { describe, expect, it } from 'vitest';
import { prepare, replay } from '../../src/harness/index.js';
import { ALIBABA_SCENARIOS } from './scenarios/alibaba/index.js';
import { AWS_SCENARIOS } from './scenarios/aws/index.js';

/** What trials found, with the fewest events that showed it: the scenario, the trace, the seed. */
const FOUND: readonly (readonly [what: string, scenario: string, trace: string, seed: number])[] = [
  [
    'F14: a run deleted its own link in favor of an older one with a copied mark, in every run',
    'aws: manual deployment',
    'deny@9 edit:forge-mark@71',
    187,
  ],
  [
    'F10: two machines bought an instance each, and one was killed: plans name the second one until it is deleted with consent',
    'alibaba: create',
    'twin@0 kill@138',
    1,
  ],
];

describe('what trials found does not come back', () => {
  it.each(FOUND)(
    '%s',
    async (_, name, trace, seed) => {
      const scenario = [...AWS_SCENARIOS, ...ALIBABA_SCENARIOS].find((one) => one.name === name);
      if (scenario === undefined) throw new Error(`${name} is not a scenario`);
      const { events, violation } = await replay(await prepare(scenario), trace, seed);
      expect(violation).toBeUndefined();
      expect(events.length).toBeGreaterThan(0);
    },
    60_000,
  );
});
