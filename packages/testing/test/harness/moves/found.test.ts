import { describe, expect, it } from 'vitest';
import { prepare, replay } from '../../../src/harness/index.js';
import { ALIBABA_MOVES } from './alibaba.js';
import { AWS_MOVES } from './aws.js';

/** What trials of moves found, with the fewest events that showed it. Without events: the scenario itself did. */
const FOUND: readonly (readonly [what: string, scenario: string, trace: string, seed: number])[] = [
  [
    'two integrations of an API that is deployed by hand: the first was held to be elsewhere after the second was deployed',
    'aws move: manual deployment',
    '',
    1,
  ],
  [
    'F8: a return of routes without the journal ended with an error that was not typed',
    'aws move: rollback with manual deployment',
    'kill-and-lose@137',
    78,
  ],
  [
    'the simulated cloud made a write in a state of the past, and forgot it: the rule of a group was not there',
    'aws move: there and back',
    'throttle@30 expired-token@49 stale@58',
    246,
  ],
  [
    'finish read an integration that it had deleted a moment before, and left a rule for the old link',
    'aws move: there and back',
    'stale@286',
    47046,
  ],
  [
    'F4: killed before it was recorded that the route of a test is gone, and its deletion had read an older list: the route stayed',
    'aws move: two routes of one integration',
    'small-pages@40 stale@86 kill-after@95',
    131_545,
  ],
  [
    'F8: the journal was lost between the changes of two methods, and the move was refused for good',
    'aws move: a stage of a REST API, canary, rollback after the drain',
    'kill-and-lose@84',
    56428,
  ],
  [
    'the harness counted the parts of a saved plan as ends of steps',
    'aws move: a canary, then a batch',
    'edit:route-to-old@9 deny@44 deny@69 truncate@73',
    48026,
  ],
  [
    'a return began to narrow while a group had status Success and its former instance; then the group moved',
    'alibaba move: rollback after the switch',
    'expired@168',
    30,
  ],
  [
    'the route of a test stayed: the deletion read a list that was older than the one that had shown it',
    'aws move: a canary, then a batch',
    'stale@91',
    1,
  ],
  [
    'a return took a read from before the switch for its end: what the new link needs was removed while calls used it',
    'alibaba move: rollback after the switch',
    'stale@308',
    1,
  ],
  [
    'F28: a process whose clock was set back wrote down a drain that had ended, and the next one finished at once',
    'aws move: there and back',
    'clock-back@182',
    1056,
  ],
  [
    'F28: a process whose clock was set ahead finished before the drain had ended',
    'aws move: there and back',
    'clock-ahead@314',
    1,
  ],
  [
    'F4: a run that was killed when it began to return was continued to the drain, and finish refused the move for good',
    'alibaba move: the whole instance',
    'kill-after@71 throttle-after@122 kill@169 expired@354 kill-after@356',
    20101,
  ],
  ['F4: the same with one group', 'alibaba move: one group', 'expired@144 kill-after@146', 1],
];

describe('what trials of moves found does not come back', () => {
  it.each(FOUND)(
    '%s',
    async (_, name, trace, seed) => {
      const scenario = [...AWS_MOVES, ...ALIBABA_MOVES].find((one) => one.name === name);
      if (scenario === undefined) throw new Error(`${name} is not a scenario`);
      const { events, violation, runs } = await replay(await prepare(scenario), trace, seed);
      expect(violation).toBeUndefined();
      expect(runs).toBeGreaterThan(0);
      expect(events.length).toBe(trace === '' ? 0 : trace.split(' ').length);
    },
    60_000,
  );
});
