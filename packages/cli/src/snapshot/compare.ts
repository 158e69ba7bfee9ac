import { InvalidInputError, type Snapshot, type Spec } from '@postern/core/internal/library';
import { check } from '@postern/core/internal/check';
import { failsAt } from '@postern/core/internal/report';
import { diffSnapshots, snapshotDiffText } from '@postern/core/internal/snapshot';
import type { CommonOptions } from '../invocation.js';
import { printJson } from '../output/print.js';
import type { Io } from '../process/io.js';
import { loadSpec } from '../spec/load-spec.js';
import { readSnapshot } from './read-snapshot.js';
import { refuseOptions, type SnapshotOptions } from './snapshot-options.js';

/** `postern snapshot diff A B`: what changed, as text. No cloud is called. Exit status 3 where the spec has new errors. */
export async function compareSnapshots(
  io: Io,
  files: readonly string[],
  options: SnapshotOptions & CommonOptions,
): Promise<number> {
  refuseOptions(
    options,
    '`snapshot diff`',
    'provider',
    'profile',
    'project',
    'all',
    'flowLogs',
    'output',
    'redact',
    'raw',
    'policy',
  );
  const [before, after, ...rest] = files;
  if (before === undefined || after === undefined || rest.length > 0 || (before === '-' && after === '-')) {
    throw new InvalidInputError('INVALID_INPUT', '`postern snapshot diff` requires two files', {
      remedy: 'Write `postern snapshot diff before.json after.json`; one of them may be -, which is standard input.',
    });
  }

  const file = options.spec;
  const [region] = options.region ?? [];
  const loaded = file === undefined ? undefined : await loadSpec(file, io, { region });
  const checked = loaded && {
    spec: loaded.spec,
    check: (of: Snapshot, spec: Spec) => check(of, spec, { clouds: loaded.clouds }),
  };
  const diff = diffSnapshots(await readSnapshot(io, before), await readSnapshot(io, after), checked);
  if (options.json === true) printJson(io, diff);
  else io.stdout.write(snapshotDiffText(diff));
  return diff.findings?.appeared.some((finding) => failsAt(finding, 'error')) === true ? 3 : 0;
}
