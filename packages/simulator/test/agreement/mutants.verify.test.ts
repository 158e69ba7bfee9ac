import type { check as Check, explain as Explain } from '@postern/core/internal/check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { simulate as Simulate } from '../../src/index.js';
import { alibabaQuestion } from './alibaba/question.js';
import { awsQuestion } from './aws/question.js';
import { restQuestion } from './aws/rest/question.js';
import { mutated } from '../mutated.js';
import { CHECK_MUTANTS, NETWORK_MUTANTS, type Mutant } from './mutants.js';
import { answerOf, type Question } from './question.js';
import { PROVE } from '../../../core/test/runs.js';

/** Worlds in which a mistake must be detected. */
const WORLDS = { aws: 1_000, alibaba: 420, rest: 280 } as const;

/** Planted mistakes, each found because the two evaluators disagree. Takes a minute: only with POSTERN_PROVE. */
describe.runIf(PROVE)('a mistake makes checks and the simulated network disagree', () => {
  const questions: Record<Mutant['cloud'], Question[]> = { aws: [], alibaba: [], rest: [] };

  beforeAll(async () => {
    for (let seed = 0; seed < WORLDS.aws; seed += 1) questions.aws.push(await awsQuestion(seed));
    for (let seed = 0; seed < WORLDS.alibaba; seed += 1) questions.alibaba.push(await alibabaQuestion(seed));
    for (let seed = 0; seed < WORLDS.rest; seed += 1) questions.rest.push(await restQuestion(seed));
    for (const one of Object.values(questions).flat()) expect(answerOf(one).agree, answerOf(one).text).toBe(true);
  }, 3_600_000);

  it.each(CHECK_MUTANTS.map((mutant, index): [string, Mutant, number] => [mutant.what, mutant, index]))(
    'of the checks: %s',
    async (_what, mutant, index) => {
      const { explain, check } = await mutated<{ readonly explain?: typeof Explain; readonly check?: typeof Check }>(
        mutant.entry ?? 'core/src/check/checks/explain.ts',
        mutant,
        `check-${index}`,
      );
      const caught = questions[mutant.cloud].find((question) => !answerOf(question, explain, check).agree);
      expect(caught, `no world of ${mutant.cloud} shows it`).toBeDefined();
    },
  );

  it.each(
    NETWORK_MUTANTS.map((mutant, index): [string, Mutant, number] => [
      `${mutant.cloud}, ${mutant.what}`,
      mutant,
      index,
    ]),
  )('of the simulated network: %s', async (_what, mutant, index) => {
    const { simulate } = await mutated<{ readonly simulate: typeof Simulate }>(
      'simulator/src/index.ts',
      mutant,
      `network-${index}`,
    );
    const sim = simulate({ seed: 7, throttle: false });
    const caught = questions[mutant.cloud].find((question) => {
      sim.load(question.world());
      const { linkId, to, port } = question;
      // For P8 the reach was also computed after the addresses had changed.
      const reach = question.situations.includes('P8') ? question.reach : sim.connects(linkId, to, port);
      return !answerOf({ ...question, reach }).agree;
    });
    expect(caught, `no world of ${mutant.cloud} shows it`).toBeDefined();
  });
});
