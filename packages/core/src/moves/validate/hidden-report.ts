import type { Outcome } from '../../do/findings/check.js';
import { findingOf } from '../../do/findings/of-outcome.js';
import { sayOf, type Say } from '../../do/findings/say.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { KNOWN_CODES, migrateKnown } from './checks/known.js';
import { MIGRATION_REPORT_VERSION, type MigrationReport } from './migration.js';

/** The report if the gateway or a link could not be read: an unknown of severity error, and nothing else. */
export function hiddenReport(
  snapshot: Snapshot,
  outcomeOf: (say: Pick<Say<typeof KNOWN_CODES>, 'GATEWAY_NOT_READ' | 'GROUPS_NOT_READ'>) => Outcome,
): MigrationReport {
  return {
    version: MIGRATION_REPORT_VERSION,
    findings: [findingOf(migrateKnown, outcomeOf(sayOf(KNOWN_CODES, { passes: false })))],
    impact: [],
    gaps: gapsOf(snapshot),
    assumptions: [],
  };
}

/** The gaps of a snapshot, with their places. */
export function gapsOf({ regions }: Snapshot): MigrationReport['gaps'] {
  return regions.flatMap(({ provider, region, account, gaps }) =>
    gaps.map((gap) => ({ provider, region, account, ...gap })),
  );
}
