import { defined } from '@postern/core/internal/adapter';
import { rollbackHandover, type HandoverPlan, type SwitchResult } from '@postern/alibaba/internal/handover';
import { counted, displayText } from '@postern/core/internal/report';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import { openJournal } from '../../apply/journal.js';
import { journalName, openPlan, resolverOf } from '../../handover/options.js';
import { showSwitch } from '../../handover/lines.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { printLines } from '../../output/print.js';

/**
 * `postern handover rollback`: the exit status is 3 while a record that is changed by hand is not restored, and 75 while clients may know
 * what is to be deleted.
 */
export async function run({ io, args, options }: CallOf<typeof grammar.rollback>): Promise<number> {
  requireAnswer(io, options, 'Review the plan, then add --yes.');
  const { plan, driver, context, simulator } = await openPlan(io, args, options);
  const { deleteBuilt, keepAlive, acceptMissing } = options;
  if (options.yes !== true && !(await confirm(questionOf(plan, deleteBuilt)))) {
    printLines(io, 'Nothing was changed.');
    return 1;
  }

  const events = rollbackHandover(plan, driver, {
    context,
    journal: await openJournal(io.cwd, journalName(plan), io),
    resolve: await resolverOf(options, simulator),
    ...defined({ waitMs: options.waitForDns }),
    deleteBuilt,
    acceptMissing,
    ...defined({ keepAliveMs: keepAlive }),
  });
  const result = await showSwitch(io, events, options.json === true ? 'json' : 'text');
  const isBack = result?.state === 'rolled-back';
  if (options.json !== true) {
    printLines(
      io,
      isBack
        ? `Rolled back: the former records are restored. Callers return within one TTL. ${builtText(result)}`
        : 'Not rolled back yet. Continue with the same command.',
    );
  }
  if (result?.failures.some(({ code }) => code === 'DRAINING')) return 75;

  return isBack ? 0 : result?.state === 'waiting' ? 3 : 1;
}

function builtText({ unbuilt }: SwitchResult): string {
  if (unbuilt === undefined) return 'What was built on the target stays.';

  const kept = unbuilt.filter(({ state }) => state === 'kept').length;
  return `${counted(unbuilt.length - kept, 'object')} of the target deleted, ${kept} kept.`;
}

function questionOf({ group, stages }: HandoverPlan, deleteBuilt = false): string {
  const names = stages.flatMap(({ records }) => records.map(({ name }) => name)).join(', ');
  const also = deleteBuilt ? ', and delete what was built on the target' : '';
  return displayText(`Send callers of ${names} back to ${group.name}${also}?`);
}
