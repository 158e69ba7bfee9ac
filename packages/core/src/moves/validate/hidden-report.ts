import type { Params } from '../../do/findings/finding.js';
import type { Missing } from '../../do/world/views.js';
import { findingOf } from '../../do/findings/of-outcome.js';
import { missingEvidence, missingParams } from '../../do/findings/missing.js';
import { aboutThings, type Subject } from '../../do/findings/subject.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { migrateKnown } from './checks/known.js';
import { MIGRATION_REPORT_VERSION, type MigrationReport } from './migration.js';

/** Why a move cannot be evaluated. */
export interface HiddenGateway {
  /** The name that the finding is listed under: the gateway's name, or its ID. */
  readonly gateway: string;
  readonly subject: Subject;
  readonly code: 'GATEWAY_NOT_READ' | 'GROUPS_NOT_READ';
  readonly params: Params;
  readonly message: string;
  readonly fact: Omit<Missing, 'remedy'>;
  readonly remedy?: string | undefined;
}

/** The report if the gateway or a link could not be read: an unknown of severity error, and nothing else. */
export function hiddenReport(
  snapshot: Snapshot,
  { gateway, subject, code, params, message, fact, remedy }: HiddenGateway,
): MigrationReport {
  return {
    version: MIGRATION_REPORT_VERSION,
    findings: [
      findingOf(migrateKnown, {
        verdict: 'unknown',
        code,
        ...aboutThings(gateway, subject),
        params: { ...params, remedy, missing: missingParams(fact) },
        message,
        remedy,
        evidence: [missingEvidence(fact)],
      }),
    ],
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
