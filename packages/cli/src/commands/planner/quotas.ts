import type { Snapshot } from '@postern/core';
import { fullQuotas, QUOTA_USES_VERSION, quotaText, quotaUses } from '@postern/core/planner';
import type * as grammar from '../../grammar/planner.js';
import type { CallOf, OptionsOf } from '../../grammar/options.js';
import type { CommonOptions } from '../../invocation.js';
import { painter } from '../../output/colors.js';
import { fitText } from '../../output/layout.js';
import { note, printJson } from '../../output/print.js';
import { count } from '../../output/quantities.js';
import type { Io } from '../../process/io.js';
import { readSnapshot } from '../../snapshot/read-snapshot.js';
import { cloudsOf } from '../../spec/brought-clouds.js';
import { headingOf } from '../../snapshot/take-snapshot.js';

/**
 * `postern quotas`: the quotas of a region or of a snapshot, the fullest first. The exit status is 3 where one is used
 * to `--watch-at` percent or more.
 */
export async function run({ io, options }: CallOf<typeof grammar.quotas>): Promise<number> {
  const { snapshot: file, watchAt, full } = options;
  const snapshot = file === undefined ? await observed(io, options) : await readSnapshot(io, file, options);
  const uses = quotaUses(snapshot, { clouds: await cloudsOf(io) });
  const heading = headingOf({ snapshot, file });
  if (options.json === true) {
    note(io, heading);
    printJson(io, { version: QUOTA_USES_VERSION, takenAt: snapshot.takenAt, quotas: uses });
  } else {
    const text = quotaText(uses, { watchAt, all: full, paint: painter(io) });
    io.stdout.write(`${heading}\n\n${fitText(text, io.stdout.columns)}`);
  }
  if (watchAt === undefined) return 0;
  const unknown = uses.filter(({ percent }) => percent === null).length;
  if (unknown > 0)
    note(io, `the use of ${count(unknown, 'quota')} is not known, so it is not compared with --watch-at`);
  return fullQuotas(uses, watchAt).length > 0 ? 3 : 0;
}

async function observed(
  io: Io,
  { region, ...options }: OptionsOf<typeof grammar.quotas> & CommonOptions,
): Promise<Snapshot> {
  const { observeRegions } = await import('../../snapshot/observe-cloud.js');
  return await observeRegions(io, { ...options, region: region === undefined ? undefined : [region] });
}
