import { describe, expect, it } from 'vitest';
import { seeds } from '../../../core/test/runs.js';
import { alibabaBase, alibabaDomains } from './domains/alibaba.js';
import { awsBase, awsDomains } from './domains/aws.js';
import { answerOf, type DomainAnswer, type DomainQuestion } from './domains/question.js';

const CLOUDS: readonly (readonly [string, () => Promise<(seed: number) => Promise<DomainQuestion>>])[] = [
  [
    'aws',
    async () =>
      (
        (base) => (seed: number) =>
          awsDomains(base, seed)
      )(await awsBase()),
  ],
  [
    'alibaba',
    async () =>
      (
        (base) => (seed: number) =>
          alibabaDomains(base, seed)
      )(await alibabaBase()),
  ],
];

describe.each(CLOUDS)('custom domains on %s', (cloud, open) => {
  it('lead where core, the data path and the twin of a snapshot say', async () => {
    const question = await open();
    const answers: DomainAnswer[] = [];
    for (const seed of seeds(3, 2_000)) answers.push(await answerOf(await question(seed)));
    expect(answers.flatMap(({ wrong }) => wrong)).toEqual([]);
    const sum = (of: 'reached' | 'refused' | 'broken') => answers.reduce((total, one) => total + one[of], 0);
    const counts = { reached: sum('reached'), refused: sum('refused'), broken: sum('broken') };
    console.log(`${cloud}: ${answers.length} worlds, calls and domains:`, counts);
    for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(answers.length / 20);
  });
});
