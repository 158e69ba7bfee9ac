import { plans } from '@postern/aws/plans';
import type { Snapshot } from '@postern/core/internal/library';
import { askTerraform, judgeTerraform, readTerraform, type SimulatedTwin } from '@postern/core/internal/overlay';
import { expect, it } from 'vitest';
import { inTurn, runs, seeds } from '../../../core/test/runs.js';
import { planTwins } from '../../src/index.js';
import { randomOf } from '../agreement/random.js';
import { plansOf } from './literal/aws/plans.js';

const OPTIONS = { plans: [plans], region: 'eu-west-1' };

/** Why judge and twin differ, by what the judge says of a route whose calls arrive, or by the reason of the twin. */
const EXPLAINED: readonly (readonly [kind: RegExp, why: string])[] = [
  [/^fails, .* another ID\. Callers/, 'the twin calls the new API by its new name, and callers know the old one'],
  [
    /^fails, .*, answer: no entry of \S+ allows \w+ tcp \d+-\d+/,
    'an ACL denies answers to a part of the ports that calls come from: few of the calls are made from these',
  ],
  [
    /^fails, .*(?:denies|: no entry of \S+ allows) \w+ tcp .*a part of the calls fails/,
    'no page of AWS says whether each node of a load balancer sees the health of a target for itself',
  ],
  [/^passes, Execution failed due to configuration error/, 'where the gateway itself answers, the twin decides'],
];

/** So many calls go over each way that a load balancer and a link choose from. */
const CALLS = 32;
/** So long a twin waits once all is carried out. */
const SETTLED_MS = 900_000;

const made = planTwins();

/** A twin on which a route is delivered where each of its calls is, and which is not called while a plan is carried out. */
function twin(base: Snapshot): SimulatedTwin {
  const own = made(base);
  let isCarriedOut = false;
  return {
    ...own,
    wait: (ms) => {
      isCarriedOut ||= ms >= SETTLED_MS;
      return own.wait(ms);
    },
    callGateway: async (call) => {
      if (!isCarriedOut) return { outcome: 'refused' };
      let answer = await own.callGateway(call);
      for (let left = CALLS; left > 1 && answer.outcome === 'delivered'; left -= 1)
        answer = await own.callGateway(call);
      return answer;
    },
  };
}

it('what is judged of a literal plan is what becomes of its calls', async () => {
  const draw = plansOf();
  const counted = { refused: 0, pass: 0, fail: 0 };
  for (const seed of inTurn([11_778], seeds(100, 20_000, 200))) {
    const { text, base } = await draw(randomOf(seed));
    const document = readTerraform(text);
    const { integrations, findings } = judgeTerraform(document, base, OPTIONS);
    const ask = await askTerraform(document, base, { ...OPTIONS, twin });
    counted.refused += Math.sign(ask.refused.length);
    for (const { key, isCertain, isDelivered, because } of ask.called) {
      const [one, other] = integrations.filter(({ route }) => route === key);
      // Two routes of one key are not told apart.
      if (!isCertain || one === undefined || other !== undefined || !(one.after === 'pass' || one.after === 'fail'))
        continue;
      counted[one.after] += 1;
      if (isDelivered === (one.after === 'pass')) continue;
      const said = findings.flatMap(({ verdict, message }) => (verdict === 'fail' ? [message] : []));
      const kind = isDelivered ? `fails, ${said.join(', ')} ${one.because}` : `passes, ${because}`;
      expect(EXPLAINED.some(([of]) => of.test(kind)) || `seed ${seed}, ${key} ${kind}`).toBe(true);
    }
  }
  expect(Math.min(...Object.values(counted))).toBeGreaterThan(runs(4, 100));
});
