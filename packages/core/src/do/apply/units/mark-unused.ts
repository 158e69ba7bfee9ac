import { abilityOf } from '../../abilities.js';
import { unlessGone } from '../../../ground/calls/answers.js';
import { latestCloudMs } from '../../../ground/clocks/cloud-time.js';
import { formatUnused, UNUSED_TAG } from '../../model/moves.js';
import type { Step } from '../../plan/plan.js';
import type { UnusedLinkInput } from '../../plan/step-input.js';
import { settle } from '../outcome.js';
import type { StepOutcome } from '../run.js';
import type { UnitTools } from './unit-tools.js';

/**
 * Writes the mark of a link without callers, or removes it. Without the mark a later deletion waits the whole time, so a
 * mark that cannot be written is reported and fails nothing. One that stays although callers come back would be wrong: that
 * fails, unless the link is not this project's.
 */
export async function markUnused(step: Step, tools: UnitTools, input: UnusedLinkInput): Promise<StepOutcome> {
  const { run, driver, report } = tools;
  const { linkRef, isUsed, isExternal } = input;
  const done = await run.step(`${step.id}: ${isUsed ? 'remove' : 'write'} the mark`, (ctx) =>
    settle(async () => {
      if (isUsed) await unlessGone(abilityOf(driver, 'linkChanges').untag(linkRef, [UNUSED_TAG], ctx));
      else {
        const value = formatUnused(latestCloudMs(ctx), input.unusedMs ?? 0);
        await abilityOf(driver, 'linkChanges').tag(linkRef, { [UNUSED_TAG]: value }, ctx);
      }
      return null;
    }),
  );
  if (done.ok || (isUsed && isExternal !== true)) return done;

  const { code, message } = done.error;
  if (code === 'ABORTED') return done;

  const what = isUsed ? 'was not removed from' : 'was not written to';
  report(step).progress(`the tag ${UNUSED_TAG} ${what} link ${linkRef.id}: ${code}: ${message}`);
  return { ok: true, value: null };
}
