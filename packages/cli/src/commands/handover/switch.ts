import { defined, InvalidInputError } from '@postern/core/internal/adapter';
import {
  createCallPinned,
  readHandoverProof,
  switchHandover,
  witnessOf,
  type HandoverPlan,
  type SwitchResult,
  type SwitchState,
} from '@postern/alibaba/internal/handover';
import { displayText } from '@postern/core/internal/report';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import { openJournal } from '../../apply/journal.js';
import { variablesOf, journalName, openPlan, resolverOf } from '../../handover/options.js';
import { showSwitch } from '../../handover/lines.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { printLines } from '../../output/print.js';
import { readFile } from '../../process/read-file.js';

/** `postern handover switch`: the exit status is 3 while something is waited for, and 1 where callers were sent back. */
export async function run({ io, args, options }: CallOf<typeof grammar.switchOver>): Promise<number> {
  const { proof: file, witness = 'all', acceptUnwatched } = options;
  if (file === undefined) {
    throw new InvalidInputError('INVALID_INPUT', 'no proof given', {
      remedy: 'Name the file of `postern handover prove -o`: --proof proof.json.',
    });
  }

  requireAnswer(io, options, 'Review the plan and the proof, then add --yes.');
  const proof = readHandoverProof(await readFile(io, file), { file });
  const { plan, driver, context, simulator } = await openPlan(io, args, options);
  if (options.yes !== true && !(await confirm(questionOf(plan, simulator)))) {
    printLines(io, 'Nothing was changed.');
    return 1;
  }

  const events = switchHandover(plan, driver, proof, {
    context,
    journal: await openJournal(io.cwd, journalName(plan), io),
    variables: variablesOf(options),
    acceptUnwatched,
    watch: witnessOf(witness, plan, driver, proof, {
      context,
      call: createCallPinned(simulator),
      // Gateways verify the machine's own time, also those of a simulator.
      now: () => Date.now(),
    }),
    resolve: await resolverOf(options, simulator),
    ...defined({ waitMs: options.waitForDns }),
  });
  const result = await showSwitch(io, events, options.json === true ? 'json' : 'text');
  if (result !== undefined && options.json !== true) printLines(io, displayText(standing(result, args[0] ?? 'PLAN')));
  return STATUS[result?.state ?? 'failed'];
}

const STATUS: Readonly<Record<SwitchState, number>> = {
  switched: 0,
  'rolled-back': 0,
  waiting: 3,
  'switched-back': 1,
  failed: 1,
};

function questionOf({ group, stages, region, account }: HandoverPlan, simulator: string | undefined): string {
  const where = simulator === undefined ? '' : ` (SIMULATOR at ${simulator})`;
  const names = stages.flatMap(({ records }) => records.map(({ name }) => name));
  return displayText(
    `Send callers of ${names.join(', ')} from ${group.name} to its target, in ${region}, account ${account}${where}?`,
  );
}

function standing({ state, stages }: SwitchResult, file: string): string {
  const records = stages.flatMap((stage) => stage.records.map(({ name, share }) => `${name} ${share} %`)).join(', ');
  switch (state) {
    case 'switched':
      return `Switched: ${records}. When no calls come to the classic group: postern handover finish ${file} To return: postern handover rollback ${file}`;
    case 'switched-back':
      return `Switched back: ${records}. The former records are restored.`;
    default:
      return `Not switched yet: ${records || 'no record was changed'}. Continue with the same command, or return: postern handover rollback ${file}`;
  }
}
