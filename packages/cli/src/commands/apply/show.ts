import { InvalidInputError } from '@postern/core/internal/library';
import { displayText } from '@postern/core/internal/report';
import type { Invocation } from '../../invocation.js';
import { displayLines } from '../../output/display-lines.js';
import { printJson, printLines } from '../../output/print.js';
import { fitText } from '../../output/layout.js';
import { showPlan } from '../../output/show-plan.js';
import type { Io } from '../../process/io.js';
import { readFile } from '../../process/read-file.js';
import { mistakenFile } from '../../spec/mistaken-file.js';

/** `postern show`: a saved plan as `plan` prints it, or what a snapshot holds, counted. No cloud is called. */
export async function run({
  io,
  args: [file = ''],
  options,
}: Invocation<{ readonly full?: boolean }>): Promise<number> {
  const text = await readSaved(io, file);
  const { kind, goal, units, takenAt, regions } = membersOf(text);
  if (kind === 'move') await showMove(io, text, file, options.json);
  else if (goal !== undefined && units !== undefined) {
    const { decodePlan } = await import('@postern/core/internal/decode');
    const plan = decodePlan(text, { file });
    if (options.json === true) printJson(io, plan);
    else showPlan(io, plan, options.full);
  } else if (takenAt !== undefined && regions !== undefined) await showSnapshot(io, text, file, options.json);
  else throw mistakenFile(text, file, 'a plan of changes or a snapshot') ?? neither(file);
  return 0;
}

async function showMove(io: Io, text: string, file: string, json: boolean | undefined): Promise<void> {
  const { movePlanText, readMovePlan } = await import('@postern/core/internal/moves');
  const plan = readMovePlan(text, { file });
  if (json === true) printJson(io, plan);
  else io.stdout.write(displayLines(fitText(movePlanText(plan), io.stdout.columns)));
}

async function showSnapshot(io: Io, text: string, file: string, json: boolean | undefined): Promise<void> {
  const { decodeSnapshot } = await import('@postern/core/internal/decode');
  const { summaryLines, summaryOf } = await import('../../snapshot/summary.js');
  const snapshot = decodeSnapshot(text, { file });
  if (json === true) printJson(io, summaryOf(snapshot, file));
  else printLines(io, ...[`Snapshot taken ${snapshot.takenAt}`, ...summaryLines(snapshot)].map(displayText));
}

async function readSaved(io: Io, file: string): Promise<string> {
  const { SNAPSHOT_MAX_BYTES } = await import('@postern/core/internal/node');
  return await readFile(io, file, { maxBytes: SNAPSHOT_MAX_BYTES });
}

/** The members of a file of JSON; none of any other file. */
function membersOf(text: string): Readonly<Record<string, unknown>> {
  if (!text.trimStart().startsWith('{')) return {};

  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function neither(file: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `${file}: this is neither a saved plan nor a snapshot`, {
    place: { file },
    remedy: 'Name a file that `postern plan -o`, `postern migrate plan -o` or `postern snapshot -o` wrote.',
  });
}
