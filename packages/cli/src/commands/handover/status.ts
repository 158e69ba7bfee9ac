import { handoverStatus, type HandoverStatus, type StageStatus } from '@postern/alibaba/internal/handover';
import { displayText } from '@postern/core/internal/report';
import { journalFile } from '../../apply/journal.js';
import { journalName, openPlan, resolverOf } from '../../handover/options.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { printJson, printLines } from '../../output/print.js';

/** `postern handover status`: where a hand-over is, from the cloud and the journal. Changes nothing. */
export async function run({ io, args, options }: CallOf<typeof grammar.status>): Promise<number> {
  const { plan, driver, context, simulator } = await openPlan(io, args, options);
  const { fileJournal } = await import('@postern/core/internal/node');
  const status = await handoverStatus(plan, driver, {
    context,
    journal: fileJournal(await journalFile(io.cwd, journalName(plan))),
    resolve: await resolverOf(options, simulator),
  });
  if (options.json === true) printJson(io, status);
  else printLines(io, ...[...linesOf(status)].map((text) => displayText(text)));
  return 0;
}

function* linesOf({ phase, stages, last }: HandoverStatus): Iterable<string> {
  yield `${phase}`;
  for (const stage of stages) yield* stageLines(stage);
  yield last === undefined
    ? 'no command of this hand-over changed anything from this folder'
    : `last: postern ${last.command}, ${last.state} at ${last.at}`;
}

/** Missing objects that are listed. */
const MOST = 10;

function* stageLines({ stage, phase, gatewayId, objects, built, missing, records }: StageStatus): Iterable<string> {
  yield `${stage}: ${phase}, gateway ${gatewayId ?? 'none'}, ${built} of ${objects} objects built`;
  for (const text of missing.slice(0, MOST)) yield `  missing, or not as planned: ${text}`;
  if (missing.length > MOST) yield `  and ${missing.length - MOST} more`;
  for (const { name, share, values } of records) {
    const leads = values.length === 0 ? '' : `, leads to ${values.join(' and ')}`;
    yield `  ${name}: ${share === null ? 'unknown share' : `${share} %`} to the target${leads}`;
  }
}
