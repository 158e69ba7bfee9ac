import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { aboutThings, thing } from '../../do/findings/subject.js';
import {
  gatewayName,
  type MigrationInput,
  type WayBack,
  MIGRATION_REPORT_VERSION,
  type Migration,
  type MigrationReport,
  movedId,
  readMigration,
  type NamedMigration,
} from './migration.js';
import { indexOnce, type IndexRegion } from '../../do/world/index/region-index.js';
import { prepare, type Prepared } from '../../do/world/prepare.js';
import type { CheckInput, IntegrationView, LinkView } from '../../do/world/views.js';
import { inOrder } from '../../do/findings/named-findings.js';
import { snapshotTime } from '../../do/world/derived.js';
import { CloudError } from '../../ground/errors.js';
import type { Gateway } from '../../do/model/gateway.js';
import type { AssumedFacts } from '../../do/spec.js';
import { sortSnapshot } from '../../do/snapshot/arrange.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { moveChecksOf } from './checks/index.js';
import { findingsOfMove, gapsOf, hiddenReport, wayBack } from './findings-of-move.js';
import { futureSpec } from './future-spec.js';
import { impactOf } from './impact.js';
import { requireGiven } from './given-arguments.js';
import { type MigrationPlace, placeOfMigration } from './place.js';
import { registryUses } from '../../do/world/uses/registry-servers.js';
import { sortUses, type SortedUses } from '../../do/world/uses/moved-backends.js';

/** Options of an evaluation. */
export interface ValidateOptions {
  /** The clouds of the snapshot. */
  readonly clouds: Clouds;
  /** The time that dates are compared with, in milliseconds since 1970; by default that of the snapshot. */
  readonly now?: number | undefined;
  /** Facts that no API reports: values of stage variables, return paths. */
  readonly assume?: AssumedFacts | undefined;
  /** Whether passes are listed as well (default). */
  readonly passes?: boolean | undefined;
}

/**
 * Reports before the first call whether a move may proceed: what the service verifies, what it leaves to the
 * user, what changes silently, and whether the move can be reverted. Pure. It builds a spec with the
 * gateway's backends behind the new link, and the checks of a spec judge that.
 *
 * ```ts
 * const report = validateMigration(snapshot, { group: 'g-1', to: 'apigateway-hz-2' }, { clouds });
 * console.log(migrationText(report, 'g-1 → apigateway-hz-2'));
 * ```
 *
 * @throws {InvalidInputError} `NOT_FOUND`, `WRONG_KIND`, `INVALID_INPUT` where gateway or link does not
 *   exist, is of another kind, or both links are the same. Where they could not be read, the report says that
 *   the result cannot be determined.
 */
export function validateMigration(given: Snapshot, asked: Migration, options: ValidateOptions): MigrationReport {
  requireGiven('validateMigration', given, options);
  return judgeMigration(given, asked, options).report;
}

/** A report with what it was made from. */
export interface JudgedMigration {
  readonly report: MigrationReport;
  /** Undefined where gateway or links could not be read. */
  readonly found?: { readonly gateway: Gateway; readonly input: MigrationInput } | undefined;
}

/** As {@link validateMigration}, with what a plan of the move is made from. `impact`: whether the report lists it. */
export function judgeMigration(
  given: Snapshot,
  asked: Migration,
  options: ValidateOptions & { readonly impact?: boolean },
): JudgedMigration {
  return judgeSorted(sortSnapshot(given), indexOnce(options.clouds), asked, options);
}

/** As {@link judgeMigration}, in a sorted snapshot, whose indexes several migrations of one call share. */
export function judgeSorted(
  snapshot: Snapshot,
  index: IndexRegion,
  asked: Migration,
  options: ValidateOptions & { readonly impact?: boolean },
): JudgedMigration {
  const migration = readMigration(asked, options.clouds);
  const { passes = true, impact = true, assume } = options;
  const now = options.now ?? snapshotTime(snapshot);
  let place: MigrationPlace;
  try {
    place = placeOfMigration(snapshot, migration, index);
  } catch (error) {
    if (error instanceof CloudError) return { report: hiddenBy(error, snapshot, migration) };

    throw error;
  }
  const sorted = usesOf(place, assume);
  const { input: there, assumptions } = judged(snapshot, place, place.toId, sorted, { now, passes, assume, index });
  const input = migrationInput(snapshot, place, sorted, there, { now, assume, index });
  const findings = findingsOfMove(input, moveChecksOf(place.index.clouds, place.gateway), passes);
  const report: MigrationReport = {
    version: MIGRATION_REPORT_VERSION,
    findings: inOrder(findings, [gatewayName(place.gateway)]),
    impact: impact ? impactOf(input) : [],
    gaps: gapsOf(snapshot),
    assumptions: assumptions(),
  };
  return { report, found: { gateway: place.gateway, input } };
}

/** The report where the gateway or a link could not be read: all results are unknown. */
function hiddenBy(error: CloudError, snapshot: Snapshot, migration: NamedMigration): MigrationReport {
  const id = movedId(migration);
  const { message: what, remedy } = error;
  const params = { gateway: id, problem: what, remedy };
  return hiddenReport(snapshot, (say) =>
    say.GATEWAY_NOT_READ(aboutThings(id, thing('gateway', id)), params, { what, remedy }),
  );
}

interface Judging {
  readonly now: number;
  readonly passes: boolean;
  readonly assume: AssumedFacts | undefined;
  readonly index: IndexRegion;
}

/** The gateway's backends behind a link, ready for checks. */
function judged(
  snapshot: Snapshot,
  place: MigrationPlace,
  linkId: string,
  sorted: SortedUses,
  { now, passes, assume, index }: Judging,
): Prepared {
  const spec = futureSpec(place.index.region, {
    name: gatewayName(place.gateway),
    gateway: place.ref,
    routes: place.gateway.routes,
    linkId,
    backends: sorted.backends,
    assume,
    clouds: place.index.clouds,
  });
  // Everything that is fixed before a move is fixed at the same time.
  return prepare(snapshot, spec, { clouds: place.index.clouds, now, passes, throughout: true, index });
}

function migrationInput(
  snapshot: Snapshot,
  place: MigrationPlace,
  sorted: SortedUses,
  check: CheckInput,
  { now, assume, index }: Omit<Judging, 'passes'>,
): MigrationInput {
  const { fromId, gateway } = place;
  const before =
    fromId === undefined
      ? undefined
      : judged(snapshot, place, fromId, sorted, { now, passes: false, assume, index }).input;
  const to = linkIn(check);
  const from = before && linkIn(before);
  const future = integrationIn(check);
  const back = (): WayBack | undefined => {
    if (before === undefined || from === undefined) return undefined;

    const swapped = {
      ...input,
      check: before,
      from: to,
      to: from,
      future: integrationIn(before),
      back: () => undefined,
    };
    return wayBack(input, swapped);
  };
  const untold = place.uses === undefined ? undefined : sorted.untold;
  const input: MigrationInput = {
    check,
    region: to.region,
    gateway,
    from,
    to,
    future,
    backends: sorted.backends,
    open: sorted.open,
    untold,
    back,
  };
  return input;
}

function usesOf({ index, gateway, uses }: MigrationPlace, assume: AssumedFacts | undefined): SortedUses {
  return sortUses(index, gateway.id, registryUses(uses ?? [], assume?.registries), assume?.stageVariables);
}

function linkIn({ links }: CheckInput): LinkView {
  const [link] = links;
  if (link === undefined) throw new Error('the link of the future spec is missing');

  return link;
}

function integrationIn({ integrations }: CheckInput): IntegrationView {
  const [integration] = integrations;
  if (integration === undefined) throw new Error('the integration of the future spec is missing');

  return integration;
}
