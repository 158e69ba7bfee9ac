import { expect, it } from 'vitest';
import { seeds } from '../../../core/test/runs.js';
import { gatewayQuestion } from './gateways/question.js';
import { answerOf, type Answer } from './question.js';

it('checks and the simulated network agree about gateways of Cloud-native API Gateway', async () => {
  const answers: Answer[] = [];
  for (const seed of seeds(8, 2_000)) answers.push(answerOf(await gatewayQuestion(seed)));
  expect(answers.filter(({ agree }) => !agree).map(({ text }) => text)).toEqual([]);
  const share = (of: (one: Answer) => boolean): number => answers.filter(of).length / answers.length;
  const unknown = share(({ verdict, undecided }) => verdict === 'unknown' && !undecided);
  const blocked = share(({ connects, undecided }) => !connects && !undecided);
  expect(unknown).toBeLessThan(0.15);
  expect(blocked).toBeGreaterThan(0.2);
  expect(blocked).toBeLessThan(0.8);
}, 3_600_000);
