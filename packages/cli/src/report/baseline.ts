import { createHash } from 'node:crypto';
import { InvalidInputError, type OpenFinding, type Report } from '@postern/core/internal/library';
import { jsonText } from '@postern/core/internal/report';
import type { Io } from '../process/io.js';
import { readFile } from '../process/read-file.js';
import { mistakenFile } from '../spec/mistaken-file.js';

/** The version of the file. */
const BASELINE_VERSION = 1;

/** A finding that is known; a person reads the members beside the fingerprint. */
interface KnownFinding extends Pick<OpenFinding, 'check' | 'code' | 'severity' | 'integration' | 'subject'> {
  readonly fingerprint: string;
}

/** Known findings by their fingerprints. */
export type Baseline = ReadonlyMap<string, Pick<KnownFinding, 'severity'>>;

const SEVERITIES = ['note', 'warning', 'error'] as const;

/**
 * Reads a baseline.
 * @throws {PosternError} `FILE_UNREADABLE`, and `INVALID_INPUT` for a file that is not a baseline.
 */
export async function readBaseline(io: Io, file: string): Promise<Baseline> {
  const { JSON_SPEC_MAX_BYTES } = await import('@postern/core/internal/node');
  const text = await readFile(io, file, { maxBytes: JSON_SPEC_MAX_BYTES });
  const entries = entriesOf(text);
  if (entries === undefined) {
    const other = new InvalidInputError(
      'INVALID_INPUT',
      `${file}: this is not a baseline of version ${BASELINE_VERSION}`,
      { place: { file }, remedy: 'Name a file that `postern check --write-baseline` wrote.' },
    );
    throw mistakenFile(text, file, 'a baseline') ?? other;
  }

  return new Map(entries.map((one) => [one.fingerprint, one]));
}

function entriesOf(text: string): readonly KnownFinding[] | undefined {
  try {
    const { version, findings } = JSON.parse(text) as { readonly version?: unknown; readonly findings?: unknown };
    if (version !== BASELINE_VERSION || !Array.isArray(findings)) return undefined;

    const isEntry = ({ fingerprint, severity }: KnownFinding): boolean =>
      typeof fingerprint === 'string' && SEVERITIES.includes(severity);
    return (findings as KnownFinding[]).every(isEntry) ? (findings as KnownFinding[]) : undefined;
  } catch {
    return undefined;
  }
}

/** The open findings of a report that the spec does not ignore, as a baseline. */
export function baselineText({ findings }: Report): string {
  const entries = fingerprinted(findings).map(
    ([{ check, code, severity, integration, subject }, fingerprint]): KnownFinding => ({
      fingerprint,
      check,
      code,
      severity,
      integration,
      subject,
    }),
  );
  return `${jsonText({ version: BASELINE_VERSION, findings: entries }, 2)}\n`;
}

export interface Compared {
  /** With the known findings as suppressed ones. */
  readonly report: Report;
  /** Without the known findings. */
  readonly news: Report;
  /** The number of entries of the baseline that the report does not have. */
  readonly gone: number;
}

/** Compares a report with a baseline. A finding that has become more severe is not known. */
export function compare(report: Report, baseline: Baseline, file: string): Compared {
  const prints = new Map(fingerprinted(report.findings));
  const isKnown = (finding: OpenFinding): boolean => {
    const known = baseline.get(prints.get(finding) ?? '');
    return known !== undefined && SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(known.severity);
  };
  const known = new Set(report.findings.filter((one) => one.verdict !== 'pass' && isKnown(one)));
  const suppressed = { reason: `known in ${file}` };
  const found = new Set(prints.values());
  return {
    report: {
      ...report,
      findings: report.findings.map((one) => (one.verdict !== 'pass' && known.has(one) ? { ...one, suppressed } : one)),
    },
    news: { ...report, findings: report.findings.filter((one) => !known.has(one)) },
    gone: [...baseline.keys()].filter((print) => !found.has(print)).length,
  };
}

/**
 * Open findings with their fingerprints, which depend on the check, its statement, the verdict, the integration and the subject: not
 * on sentences, evidence and the order. Of findings alike, each has its own.
 */
function fingerprinted(findings: Report['findings']): readonly (readonly [OpenFinding, string])[] {
  const counts = new Map<string, number>();
  return findings.flatMap((finding) => {
    if (finding.verdict === 'pass' || finding.suppressed !== undefined) return [];

    const { check, code, verdict, integration, subject } = finding;
    const key = JSON.stringify([check, code, verdict, integration, subject]);
    const before = counts.get(key) ?? 0;
    counts.set(key, before + 1);
    const hash = createHash('sha256')
      .update(JSON.stringify([key, before]))
      .digest('hex')
      .slice(0, 32);
    return [[finding, hash] as const];
  });
}
