import type { Finding, OpenFinding, UndecidedFinding } from '../../do/findings/finding.js';
import { checksOf } from '../../check/checks/registry.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { displayText } from '../../ground/text/display.js';
import { InvalidInputError } from '../../ground/errors.js';
import { nearest } from '../../ground/text/nearest.js';
import { migrationChecksOf } from './checks/index.js';
import type { AcceptedUnknown, MigrationReport } from './migration.js';

/** Backends that cannot be tested before a switch; only plans of moves report them. */
export const PROBE_CHECK = 'migrate/probe';

/**
 * Reads `CHECK` or `CHECK:SUBJECT`, where another program has looked at the check; see {@link parseAccepted}.
 * @throws {InvalidInputError} `INVALID_INPUT` for a text that names no check.
 */
export function readAccepted(text: string): AcceptedUnknown {
  const [, check, subject] = /^([a-z0-9-]+\/[a-z0-9-]+)(?::(.+))?$/s.exec(text) ?? [];
  if (check === undefined) {
    throw new InvalidInputError('INVALID_INPUT', `expected CHECK or CHECK:SUBJECT, got ${JSON.stringify(text)}`, {
      remedy: 'Write a check, or a check and a subject: migrate/stage-variable, "path/on-premises:link a → target b".',
    });
  }

  return subject === undefined ? { check } : { check, subject };
}

/**
 * Reads `CHECK` or `CHECK:SUBJECT`.
 * @param clouds whose checks may be named
 * @throws {InvalidInputError} `INVALID_INPUT` for a text that names no check, or a check that does not exist: it would accept nothing.
 */
export function parseAccepted(text: string, clouds: Clouds): AcceptedUnknown {
  const accepted = readAccepted(text);
  const { check } = accepted;
  const known = [
    ...migrationChecksOf(clouds).map(({ id }) => id),
    ...checksOf(clouds).map(({ id }) => id),
    PROBE_CHECK,
  ];
  if (!known.includes(check)) {
    // Names are compared without their family, which most of them share.
    const family = check.slice(0, check.indexOf('/') + 1);
    const names = known.flatMap((id) => (id.startsWith(family) ? [id.slice(family.length)] : []));
    const similar = nearest(check.slice(family.length), names);
    throw new InvalidInputError('INVALID_INPUT', `check ${displayText(check)} does not exist`, {
      remedy: similar === undefined ? 'Copy the name of a check from the report.' : `Did you mean ${family}${similar}?`,
    });
  }

  return accepted;
}

/** The report with accepted unknowns marked as such. Only unknowns can be accepted; failures are not changed. */
export function acceptUnknowns<T extends Pick<MigrationReport, 'findings'>>(
  report: T,
  accepted: readonly AcceptedUnknown[],
): T {
  if (accepted.length === 0) return report;

  const findings = report.findings.map((finding) =>
    isAccepted(finding, accepted) ? { ...finding, suppressed: { reason: 'accepted for this move' } } : finding,
  );
  return { ...report, findings };
}

/** What stops a move: failures of severity error, and unknowns of severity error that were not accepted. */
export function blockersOf(
  { findings }: Pick<MigrationReport, 'findings'>,
  accepted: readonly AcceptedUnknown[] = [],
): readonly OpenFinding[] {
  return findings.filter(
    (finding): finding is OpenFinding =>
      finding.severity === 'error' &&
      (finding.verdict === 'fail' ||
        (finding.verdict === 'unknown' && finding.suppressed === undefined && !isAccepted(finding, accepted))),
  );
}

function isAccepted(finding: Finding, accepted: readonly AcceptedUnknown[]): finding is UndecidedFinding {
  const { verdict, check, subject } = finding;
  return (
    verdict === 'unknown' &&
    accepted.some((one) => one.check === check && (one.subject === undefined || one.subject === subject))
  );
}
