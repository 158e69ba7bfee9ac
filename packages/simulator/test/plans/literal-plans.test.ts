import { expect, it } from 'vitest';
import { inTurn, LONG_MS, seeds } from '../../../core/test/runs.js';
import { randomOf } from '../agreement/random.js';
import { askTerraform, readTerraform, type PlanJudgement } from '@postern/core/overlay';
import { planTwins } from '../../src/index.js';
import { alibaba } from './literal/alibaba/index.js';
import { aws } from './literal/aws/index.js';

const CLOUDS = { aws, alibaba } as const;
const NAMES = Object.keys(CLOUDS) as (keyof typeof CLOUDS)[];

/** Draws that passed once and are refused: members of HTTP APIs on a WebSocket API, a code of ICMP for all types. */
const PASSED_ONCE: Readonly<Record<keyof typeof CLOUDS, readonly number[]>> = {
  aws: [13_429, 13_833, 19_155],
  alibaba: [],
};

const verdicts = ({ integrations }: PlanJudgement): readonly string[] => integrations.map(({ after }) => after);

it.each(NAMES)('a configuration that the simulated cloud accepts passes: %s', async (name) => {
  const { valid, judged, refusal } = await CLOUDS[name]();
  expect(await refusal(valid())).toBe(undefined);
  const found = judged(valid());
  expect(found.findings.map(({ message }) => message)).toEqual([]);
  expect(verdicts(found).length).toBeGreaterThan(1);
  expect([...new Set(verdicts(found))]).toEqual(['pass']);
});

it.each(NAMES)(
  'what the simulated cloud refuses never passes, and what it accepts is never refused: %s',
  { timeout: LONG_MS },
  async (name) => {
    const { random, judged, refusal } = await CLOUDS[name]();
    for (const seed of inTurn(PASSED_ONCE[name], seeds(5, 20_000, 60))) {
      const values = random(randomOf(seed));
      const error = await refusal(values);
      const found = judged(values);
      const refused = found.findings.filter(({ check }) => check === 'plan/refused');
      const passes =
        refused.length === 0 &&
        verdicts(found).every((one) => one === 'pass') &&
        found.findings.every(({ verdict }) => verdict !== 'fail');
      const what = `seed ${seed}: ${error ?? 'accepted'}`;
      expect(passes && error !== undefined ? what : '').toBe('');
      const isCertain = refused.filter(({ verdict }) => verdict === 'fail');
      expect(error === undefined ? isCertain.map(({ code, message }) => `${what}: ${code} ${message}`) : []).toEqual(
        [],
      );
    }
  },
);

it('carrying a plan out refuses what the simulated cloud refuses: alibaba', { timeout: LONG_MS }, async () => {
  const { valid, random, refusal, plan, base, plans } = await alibaba();
  const { region } = base.regions[0] ?? {};
  const ask = (values: ReturnType<typeof valid>) =>
    askTerraform(readTerraform(plan(values)), base, { plans: [plans], region, twin: planTwins() });
  expect(await ask(valid())).toMatchObject({ omitted: [], refused: [], unordered: [] });
  for (const seed of seeds(4, 20_000, 60)) {
    const values = random(randomOf(seed));
    const error = await refusal(values);
    const said = (await ask(values)).refused.map(({ address, code, message }) => `${address}: ${code} ${message}`);
    if (error === undefined) expect([seed, ...said]).toEqual([seed]);
    // Nothing is certain of what is replaced, since it is in no snapshot, and of a zone, since not all are simulated.
    else if (values['replacement'] === null && !error.startsWith('InvalidZoneId'))
      expect(said, `${seed}: ${error}`).not.toEqual([]);
  }
});
