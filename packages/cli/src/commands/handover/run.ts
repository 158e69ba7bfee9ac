import {
  runHandover,
  type HandoverEvent,
  type HandoverPlan,
  type HandoverResult,
} from '@postern/alibaba/internal/handover';
import { counted, displayText } from '@postern/core/internal/report';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import { openJournal } from '../../apply/journal.js';
import { showSteps } from '../../apply/show-steps.js';
import { variablesOf, journalName, openPlan } from '../../handover/options.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { note, printLines } from '../../output/print.js';

/** `postern handover run`: the exit status is 1 where a step failed; run again to continue. */
export async function run({ io, args, options }: CallOf<typeof grammar.run>): Promise<number> {
  requireAnswer(io, options, 'Review the plan, then add --yes.');
  const { plan, driver, context, simulator } = await openPlan(io, args, options);
  if (options.yes !== true && !(await confirm(questionOf(plan, simulator)))) {
    printLines(io, 'Nothing was changed.');
    return 1;
  }

  const journal = await openJournal(io.cwd, journalName(plan), io);
  const { allowPurchase } = options;
  const events = runHandover(plan, driver, { context, journal, allowPurchase, variables: variablesOf(options) });
  const json = options.json === true;
  const result = await showSteps<HandoverEvent, HandoverResult>(io, events, { as: json ? 'json' : 'text' });
  for (const text of result?.notes ?? []) note(io, text);
  if (result !== undefined && !json) printLines(io, displayText(standing(result, args[0] ?? 'PLAN')));
  return result?.state === 'built' ? 0 : 1;
}

function questionOf({ group, stages, region, account }: HandoverPlan, simulator: string | undefined): string {
  const where = simulator === undefined ? '' : ` (SIMULATOR at ${simulator})`;
  const routes = stages.reduce((sum, stage) => sum + stage.routes.length, 0);
  return displayText(
    `Build and publish ${counted(routes, 'route')} of ${group.name} in ${region}, account ${account}${where}? DNS is not changed.`,
  );
}

function standing({ state, stages }: HandoverResult, file: string): string {
  const objects = stages.flatMap((stage) => stage.objects);
  const made = `${counted(objects.filter(({ created }) => created).length, 'object')} created, ${objects.filter(({ created }) => !created).length} found.`;
  return state === 'built'
    ? `Built: ${made} Callers still come to the classic group. Prove it: postern handover prove ${file}`
    : `Not built: ${made} Continue with the same command.`;
}
