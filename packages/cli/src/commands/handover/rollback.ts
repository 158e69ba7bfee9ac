import { rollbackHandover, type HandoverPlan } from '@postern/core/handover';
import { displayText } from '@postern/core/report';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import { openJournal } from '../../apply/journal.js';
import { journalName, openPlan, resolverOf } from '../../handover/open-plan.js';
import { showSwitch } from '../../handover/switch-lines.js';
import type { Invocation } from '../../invocation.js';
import { printLines } from '../../output/print.js';

interface RollbackOptions {
  readonly yes?: boolean | undefined;
  readonly resolver?: readonly string[] | undefined;
  readonly waitForDns?: number | undefined;
}

/** `postern handover rollback`: the exit status is 3 while a record that is changed by hand is not restored. */
export async function run({ io, args, options }: Invocation<RollbackOptions>): Promise<number> {
  requireAnswer(io, options, 'Review the plan, then add --yes.');
  const { plan, driver, context, simulator } = await openPlan(io, args, options);
  if (options.yes !== true && !(await confirm(questionOf(plan)))) {
    printLines(io, 'Nothing was changed.');
    return 1;
  }
  const events = rollbackHandover(plan, driver, {
    context,
    journal: await openJournal(io.cwd, journalName(plan), io),
    resolve: await resolverOf(options, simulator),
    ...(options.waitForDns === undefined ? {} : { waitMs: options.waitForDns }),
  });
  const result = await showSwitch(io, events, options.json);
  const isBack = result?.state === 'rolled-back';
  if (options.json !== true) {
    printLines(
      io,
      isBack
        ? 'Rolled back: the former records are restored. Callers return within one TTL. What was built on the target stays.'
        : 'Not rolled back yet. Continue with the same command.',
    );
  }
  return isBack ? 0 : result?.state === 'waiting' ? 3 : 1;
}

const questionOf = ({ group, stages }: HandoverPlan): string =>
  displayText(
    `Send callers of ${stages.flatMap(({ records }) => records.map(({ name }) => name)).join(', ')} back to ${group.name}?`,
  );
