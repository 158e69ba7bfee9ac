import { defined } from '@postern/core/internal/adapter';
import {
  finishHandover,
  watchByCloud,
  type FinishEvent,
  type FinishRemoval,
  type FinishResult,
  type FinishState,
  type HandoverPlan,
} from '@postern/alibaba/internal/handover';
import { displayText } from '@postern/core/internal/report';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import { openJournal } from '../../apply/journal.js';
import { showSteps } from '../../apply/show-steps.js';
import { printError } from '../../errors/print-error.js';
import { finishLines } from '../../handover/lines.js';
import { journalName, openPlan, resolverOf } from '../../handover/options.js';
import type * as grammar from './grammar.js';
import type { CallOf, OptionsOf } from '../../grammar/options.js';
import { note, printLines } from '../../output/print.js';
import type { Io } from '../../process/io.js';

/** `postern handover finish`: the exit status is 75 before the drain ends, and 3 while calls come to the classic group. */
export async function run({ io, args, options }: CallOf<typeof grammar.finish>): Promise<number> {
  const remove = removalsOf(options);
  if (remove.length > 0) requireAnswer(io, options, 'Review what is left without these options, then add --yes.');
  const { plan, driver, context, simulator } = await openPlan(io, args, options);
  if (remove.length > 0 && options.yes !== true && !(await confirm(questionOf(plan, remove, simulator)))) {
    printLines(io, 'Nothing was removed.');
    return 1;
  }

  const events = finishHandover(plan, driver, {
    context,
    journal: await openJournal(io.cwd, journalName(plan), io),
    remove,
    watch: watchByCloud(plan, driver, { context, exact: true }),
    acceptUnwatched: options.acceptUnwatched,
    resolve: await resolverOf(options, simulator),
    ...defined({ keepAliveMs: options.keepAlive }),
  });
  const json = options.json === true;
  // Failures are in the result, with what drains.
  const onFailure = () => undefined;
  const result = await showSteps<FinishEvent, FinishResult>(io, events, { as: json ? 'json' : 'text', onFailure });
  if (result === undefined) return 1;

  if (!json) show(io, result);
  for (const { step, code, message } of result.failures) {
    printError(io, { code, message: `${step}: ${message}`, remedy: REMEDIES[code] });
  }
  for (const text of result.notes) note(io, text);
  return STATUS[result.state];
}

const REMEDIES: Readonly<Record<string, string | undefined>> = {
  DRAINING: 'Run the same command again from then on.',
  STILL_REFERENCED: 'Find who calls it, and run the same command again when no call comes.',
};

const STATUS: Readonly<Record<FinishState, number>> = {
  drained: 0,
  finished: 0,
  failed: 1,
  'in-use': 3,
  draining: 75,
};

function show(io: Io, result: FinishResult): void {
  const { terraform, pulumi, postern } = result.edits;
  const sections = [
    ['Terraform', terraform],
    ['Pulumi', pulumi],
    ['postern.yaml', postern],
  ].flatMap(([title = '', text = '']) => ['', `${title}:`, '', ...text.trimEnd().split('\n')]);
  printLines(io, ...[...finishLines(result), ...sections].map((text) => displayText(text)));
}

function removalsOf(options: OptionsOf<typeof grammar.finish>): readonly FinishRemoval[] {
  const wanted: Readonly<Record<FinishRemoval, boolean | undefined>> = {
    offline: options.offline,
    apis: options.deleteApis,
    domains: options.deleteDomains,
    group: options.deleteGroup,
    records: options.deleteRecords,
  };
  return (Object.keys(wanted) as FinishRemoval[]).filter((one) => wanted[one] === true);
}

const QUESTIONS: Readonly<Record<FinishRemoval, string>> = {
  offline: 'take its APIs offline',
  apis: 'delete its APIs',
  domains: 'unbind its domains',
  group: 'delete the group',
  records: 'delete the former records of DNS',
};

function questionOf(
  { group, region, account }: HandoverPlan,
  remove: readonly FinishRemoval[],
  simulator?: string,
): string {
  const where = simulator === undefined ? '' : ` (SIMULATOR at ${simulator})`;
  const what = remove.map((one) => QUESTIONS[one]).join(', ');
  return displayText(`${group.name} (${group.id}) in ${region}, account ${account}${where}: ${what}?`);
}
