import { abilityOf } from '../../abilities.js';
import type { CallContext } from '../../../ground/calls/call-context.js';
import { unlessGone } from '../../../ground/calls/answers.js';
import { latestCloudMs } from '../../../ground/clocks/cloud-time.js';
import { formatUnused, UNUSED_TAG } from '../../model/moves.js';
import type { Step } from '../../plan/plan.js';
import type { UnusedLinkInput } from '../../plan/step-input.js';
import { FailedStep, outcomeOf } from '../step.js';
import { act, type UnitTools } from './unit-tools.js';

/**
 * Writes the mark of a link without callers, or removes it. Without the mark a later deletion waits the whole time, so a
 * mark that cannot be written is reported and fails nothing. One that stays although callers come back would be wrong: that
 * fails, unless the link is not this project's.
 */
export async function markUnused(step: Step, tools: UnitTools, input: UnusedLinkInput): Promise<void> {
  const { driver, report } = tools;
  const { linkRef, isUsed, isExternal } = input;
  const change = async (ctx: CallContext): Promise<void> => {
    if (isUsed) await unlessGone(abilityOf(driver, 'linkChanges').untag(linkRef, [UNUSED_TAG], ctx));
    else {
      const value = formatUnused(latestCloudMs(ctx), input.unusedMs ?? 0);
      await abilityOf(driver, 'linkChanges').tag(linkRef, { [UNUSED_TAG]: value }, ctx);
    }
  };
  const done = await outcomeOf(act(tools, `${step.id}: ${isUsed ? 'remove' : 'write'} the mark`, change));
  if (done.ok) return;

  const { code, message } = done.error;
  if (code === 'ABORTED' || (isUsed && isExternal !== true)) throw new FailedStep(done.error);

  const what = isUsed ? 'was not removed from' : 'was not written to';
  report(step).progress(`the tag ${UNUSED_TAG} ${what} link ${linkRef.id}: ${code}: ${message}`);
}
