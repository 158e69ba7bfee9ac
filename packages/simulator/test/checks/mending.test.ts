import { isPosternError, type Finding } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { PROVE, runs, sample } from '../../../core/test/runs.js';
import { alibabaScene, alibabaStage } from './alibaba/account.js';
import { ALIBABA_SHOWS } from './alibaba/shows.js';
import { awsScene, awsStage } from './aws/account.js';
import { AWS_SHOWS } from './aws/shows.js';
import type { Show, Stage } from './show.js';

/** Failures that end with time while the run goes on, and why. */
const ENDS_BY_ITSELF: Readonly<Record<string, string>> = {
  'target/balancer-active': 'a load balancer is provisioning for some minutes',
};

/** Whether a failure is there after the spec was applied as it is: `refused` where there is no plan, or a step failed. */
async function afterApply(stage: Stage, failure: Finding): Promise<'gone' | 'there' | 'refused'> {
  const isMended = failure.mendedBy !== undefined && failure.mendedBy !== 'calls';
  const replaceFailed = failure.mendedBy === 'replace-failed';
  try {
    // What an apply ends must not stop it.
    await stage.apply({ replaceFailed, ...(isMended ? { ignoreFindings: [] } : {}) });
  } catch (error) {
    const isStep = error instanceof Error && error.name === 'AssertionError';
    if (isMended || (!isPosternError(error) && !isStep)) throw error;
    return 'refused';
  }
  const left = await stage.say(failure.check);
  const isSame = ({ verdict, code, subject }: Finding): boolean =>
    verdict === 'fail' && code === failure.code && subject === failure.subject;
  return left.some(isSame) ? 'there' : 'gone';
}

/** Those that apply ends are among these families. */
const QUICK = /^(?:gateway|cidr)\/|^(?:link\/state|path\/link|target\/private-dns)$/;

async function toldAndTrue<T extends Stage>(shows: readonly Show<T>[], open: () => T) {
  const told: string[] = [];
  const found: string[] = [];
  for (const show of sample(PROVE ? shows : shows.filter(({ check }) => QUICK.test(check)), 8)) {
    if (show.severity !== undefined || Object.hasOwn(ENDS_BY_ITSELF, show.check)) continue;
    const stage = open();
    await show.setting?.(stage);
    await show.breaks(stage);
    const [failure] = (await stage.say(show.check)).filter(({ verdict }) => verdict === 'fail');
    if (failure === undefined) continue;
    const name = `${show.check} ${show.how ?? ''}: ${failure.code}`;
    if (failure.mendedBy !== undefined && failure.mendedBy !== 'calls') told.push(name);
    if ((await afterApply(stage, failure)) === 'gone') found.push(name);
  }
  return { told, found };
}

describe('a failure says whether `postern apply` ends it', () => {
  it('on the simulated AWS', async () => {
    const scene = await awsScene();
    const { told, found } = await toldAndTrue(AWS_SHOWS, () => awsStage(scene));
    expect(told).toEqual(found);
    expect(found.length).toBeGreaterThan(runs(0, 1));
  });

  it('on the simulated Alibaba Cloud', async () => {
    const scene = await alibabaScene();
    const { told, found } = await toldAndTrue(ALIBABA_SHOWS, () => alibabaStage(scene));
    expect(told).toEqual(found);
    expect(found.length).toBeGreaterThan(runs(0, 5));
  });
});
