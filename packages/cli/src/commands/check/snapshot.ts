import path from 'node:path';
import { InvalidInputError, type Snapshot } from '@postern/core/internal/library';
import { displayText } from '@postern/core/internal/report';
import { encodeSnapshotChunks, redactSnapshot } from '@postern/core/internal/snapshot';
import type { CommonOptions, Invocation } from '../../invocation.js';
import { note, printJson, printLines } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { refuseOptions, type SnapshotOptions } from '../../snapshot/snapshot-options.js';
import { summaryLines, summaryOf } from '../../snapshot/summary.js';

/**
 * `postern snapshot`: the current state, as a file; `snapshot diff`: what changed; `snapshot --policy`: the
 * permissions to read it.
 */
export async function run({ io, args, options }: Invocation<SnapshotOptions>): Promise<number> {
  const [action, ...files] = args;
  if (action === 'diff') {
    const { compareSnapshots } = await import('../../snapshot/compare.js');
    return compareSnapshots(io, files, options);
  }
  if (action !== undefined) {
    throw new InvalidInputError('INVALID_INPUT', `\`postern snapshot\` does not support ${JSON.stringify(action)}`, {
      remedy: 'Write `postern snapshot diff before.json after.json`, or name the file after -o.',
    });
  }
  if (options.policy === true) {
    const { printPolicy } = await import('../../snapshot/print-policy.js');
    return printPolicy(io, options);
  }

  if (options.redact === true) refuseOptions(options, '--redact', 'raw');
  const { observeFor } = await import('../../snapshot/observe-cloud.js');
  const observed = await observeFor(io, options);
  if (options.flowLogs === true) {
    const { noteFlowLogs } = await import('../../snapshot/take-snapshot.js');
    noteFlowLogs(io, observed);
  }
  await write(io, options.redact === true ? redactSnapshot(observed) : observed, options);
  return 0;
}

/**
 * The snapshot is written to its file and the messages to stdout. Without a file, the snapshot is written to
 * stdout and the messages to stderr.
 */
async function write(io: Io, snapshot: Snapshot, options: SnapshotOptions & CommonOptions): Promise<void> {
  const { output = '-', raw, json } = options;
  if (output === '-') {
    for (const chunk of encodeSnapshotChunks(snapshot, { raw })) io.stdout.write(chunk);
    for (const line of summaryLines(snapshot)) note(io, line.trim());
    return;
  }

  const { writeSnapshotFile } = await import('@postern/core/internal/node');
  await writeSnapshotFile(path.resolve(io.cwd, output), snapshot, { raw, signal: io.signal });
  if (json === true) printJson(io, summaryOf(snapshot, output));
  else printLines(io, ...[...summaryLines(snapshot), `The snapshot is in ${output}.`].map((line) => displayText(line)));
}
