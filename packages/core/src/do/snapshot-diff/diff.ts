import { isOpen, type OpenFinding, type Report } from '../findings/finding.js';
import { checkArgument } from '../forms/check-argument.js';
import { snapshotArgument } from '../snapshot/snapshot-argument.js';
import { productOf } from '../model/traits.js';
import type { Spec } from '../spec.js';
import type { RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import { hideValues } from '../snapshot/hide-values.js';
import { sortSnapshot } from '../snapshot/arrange.js';
import { regionChanges } from './region.js';
import type { SnapshotChange } from './change.js';

/** What differs between two snapshots. Plain JSON. */
export interface SnapshotDiff {
  readonly version: 1;
  /** The time of the first snapshot, and of the second. */
  readonly before: string;
  readonly after: string;
  /** What keeps parts of them from being compared: other accounts, regions, scopes. */
  readonly notes: readonly string[];
  /** What checks say of one and not of the other; where a spec was given. */
  readonly findings?: { readonly appeared: readonly OpenFinding[]; readonly gone: readonly OpenFinding[] } | undefined;
  /** Those that can change a path first. */
  readonly changes: readonly SnapshotChange[];
}

/** What a comparison of two snapshots shows. */
export interface SnapshotDiffOptions {
  /** The spec whose findings are compared, and the function that checks it: `check` of this package. Both or none. */
  readonly spec?: Spec | undefined;
  readonly check?: ((snapshot: Snapshot, spec: Spec) => Report) | undefined;
}

/**
 * The changes from one snapshot to another, as text: findings first, then what may change a path. Facts that
 * one of them could not read are reported as such, and never count as removed or added. Regions of other
 * accounts are not compared.
 *
 * ```ts
 * const changes = diffSnapshots(decodeSnapshot(yesterday), decodeSnapshot(today));
 * console.log(snapshotDiffText(changes));
 * ```
 *
 * @throws all errors of `check`: `INVALID_INPUT` for a spec of another account or region.
 */
export function diffSnapshots(before: Snapshot, after: Snapshot, options: SnapshotDiffOptions = {}): SnapshotDiff {
  checkArgument('diffSnapshots', 'before', snapshotArgument, before);
  checkArgument('diffSnapshots', 'after', snapshotArgument, after);
  const { spec, check } = options;
  // Changes are shown in terminals and logs.
  const [a, b] = [before, after].map((one) => hideValues(sortSnapshot(one), 'secrets')) as [Snapshot, Snapshot];
  const pairs = a.regions.flatMap((one) => {
    const other = b.regions.find((region) => placeOf(region) === placeOf(one));
    return other ? [{ one, other }] : [];
  });
  const changes = pairs.flatMap(({ one, other }) =>
    regionChanges({ snapshot: a, region: one }, { snapshot: b, region: other }),
  );
  const rank = ({ kind, paths }: SnapshotChange): number => (kind === 'unread' || kind === 'gap' ? 1 : paths ? 0 : 2);
  return {
    version: 1,
    before: a.takenAt,
    after: b.takenAt,
    notes: notesOf(a, b, pairs.length),
    ...(spec && check ? { findings: changedFindings(check(a, spec), check(b, spec)) } : {}),
    changes: changes.toSorted((x, y) => rank(x) - rank(y)),
  };
}

function placeOf(of: RegionSnapshot): string {
  const { provider, region, account } = of;
  const product = productOf(of);
  return `${provider}${product === productOf({}) ? '' : ` ${product}`} ${region} of account ${account}`;
}

function notesOf(a: Snapshot, b: Snapshot, compared: number): string[] {
  const notes: string[] = [];
  const only = (of: Snapshot, other: Snapshot): string[] => {
    const otherPlaces = new Set(other.regions.map(placeOf));
    return of.regions.map(placeOf).filter((place) => !otherPlaces.has(place));
  };
  const [onlyA, onlyB] = [only(a, b), only(b, a)];
  if (compared === 0) notes.push('The snapshots show no place in common, so nothing in them is compared.');
  if (onlyA.length > 0) notes.push(`Only the first shows ${onlyA.join('; ')}.`);
  if (onlyB.length > 0) notes.push(`Only the second shows ${onlyB.join('; ')}.`);
  if (a.redacted !== b.redacted)
    notes.push(
      `Only the ${a.redacted === true ? 'first' : 'second'} has masks for account ids, so accounts cannot be told to be the same.`,
    );
  if (a.scope !== b.scope)
    notes.push(
      `Only the ${a.scope === 'all' ? 'first' : 'second'} holds every gateway; the other holds what was asked for.`,
    );
  if (b.takenAt < a.takenAt) notes.push(`The first was taken after the second, at ${a.takenAt}.`);
  return notes;
}

/** Passes are not reported; a finding whose suppression ended is. */
function changedFindings(before: Report, after: Report): NonNullable<SnapshotDiff['findings']> {
  const wrong = ({ findings }: Report): Map<string, OpenFinding> =>
    new Map(findings.filter(isOpen).map((one) => [keyOf(one), one]));
  const [old, now] = [wrong(before), wrong(after)];
  return {
    appeared: [...now].filter(([key]) => !old.has(key)).map(([, finding]) => finding),
    gone: [...old].filter(([key]) => !now.has(key)).map(([, finding]) => finding),
  };
}

function keyOf({ check, verdict, severity, integration, subject, suppressed }: OpenFinding): string {
  return JSON.stringify([check, verdict, severity, integration, subject, suppressed !== undefined]);
}
