import { gatewayName } from './about-gateway.js';
import { prepare, type Prepared } from '../checks/views.js';
import type { CheckInput, IntegrationView, LinkView, Outcome } from '../checks/check.js';
import type { Rule } from '../checks/check.js';
import type { Finding } from '../checks/finding.js';
import { inOrder } from '../checks/order.js';
import { CHECKS } from '../checks/registry.js';
import { snapshotTime } from '../checks/snapshot-time.js';
import { CloudError } from '../errors.js';
import type { AssumedFacts } from '../model/spec.js';
import { sortSnapshot } from '../snapshot/sort.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { MIGRATION_CHECKS, VERIFIED } from './checks/index.js';
import { futureSpec } from './future-spec.js';
import { gapsOf, hiddenReport } from './hidden-report.js';
import { impactOf } from './impact.js';
import { MIGRATION_REPORT_VERSION, type Migration, type MigrationReport } from './migration.js';
import type { MigrationInput } from './migration-input.js';
import { placeOfMigration, type MigrationPlace } from './place.js';
import { readMigration, type NamedMigration } from './read-migration.js';
import { registryUses } from './registry-uses.js';
import { withRemedyInPlace } from './remedies.js';
import { sortUses, type SortedUses } from './moved-backends.js';

/**
 * Checks of a spec that a move is judged by, too: what walks to the backends, and what the backends are. What lets the new egress in is judged
 * on the way there (`path/*`), which knows more than `egress/*` and `target/access-list`; what else they say, a migration check says better.
 * None of `path/*` may be left out: where nobody knows where calls come from, `path/link` alone says so, and no walk gets further.
 */
const JUDGING = new RegExp(
  `^(?:${[
    'path/.*',
    'target/(?!access-list$|exposed$|private-dns$).*',
    'cidr/(?:internal-block|instance-block-accessible)',
    'link/(?:retiring|service-role|inactive)',
  ].join('|')})$`,
);

export interface ValidateOptions {
  /** The moment that dates are compared with, in milliseconds since 1970; by default that of the snapshot. */
  readonly now?: number | undefined;
  /** Facts that no API gives: values of stage variables, return paths. */
  readonly assume?: AssumedFacts | undefined;
  /** Whether what passes is listed, too (default). */
  readonly passes?: boolean | undefined;
}

/**
 * Says before the first call whether a move may go ahead: what the service verifies, what it leaves to its user, what changes silently,
 * and whether there is a way back. Pure. The gateway's backends are put behind the link of the future, and the checks of a spec judge that.
 * @throws {InvalidInputError} `NOT_FOUND`, `WRONG_KIND`, `INVALID_INPUT` where gateway or link is not there, is of another kind, or both
 *   links are the same. Where they could not be read the report says that nobody can say.
 */
export function validateMigration(
  given: Snapshot,
  asked: Migration,
  options: ValidateOptions = {},
): MigrationReport {
  const migration = readMigration(asked);
  const snapshot = sortSnapshot(given);
  const { passes = true, assume } = options;
  const now = options.now ?? snapshotTime(snapshot);
  let place: MigrationPlace;
  try {
    place = placeOfMigration(snapshot, migration);
  } catch (error) {
    if (error instanceof CloudError) return hiddenBy(error, snapshot, migration);
    throw error;
  }
  const sorted = usesOf(place, assume);
  const { input: there, assumptions } = judged(snapshot, place, place.toId, sorted, { now, passes, assume });
  const input = migrationInput(snapshot, place, sorted, there, { now, assume });
  const name = gatewayName(place.gateway);
  const own = checksFor(place).flatMap((one) => findingsOf(one, one.run(input), passes));
  const future = CHECKS.filter(
    ({ id }) => JUDGING.test(id) && !(place.gateway.kind === 'api-group' && id === 'target/network'),
  )
    .flatMap((one) => findingsOf(one, one.run(there), passes))
    .map((finding) => withRemedyInPlace(finding, input))
    .map((finding) => (finding.integration === null ? { ...finding, integration: name } : finding));
  const elsewhere = new Set(
    future.flatMap(({ check, verdict, subject }) =>
      check === 'target/network' && verdict === 'fail' ? [subject] : [],
    ),
  );
  // That nothing leads into another network is said once; and so is that the link itself carries nothing, by `migrate/ready` and the like.
  const { link } = input.to;
  const isSaid = (message: string): boolean =>
    link !== undefined && link.state !== 'ready' && message.startsWith(`link: ${link.id} is ${link.nativeState}`);
  const onTheWay = ({ check, subject, message }: Finding): boolean =>
    !check.startsWith('path/') ||
    !(elsewhere.has(subject.slice(subject.indexOf(' → ') + 3)) || (check === 'path/link' && isSaid(message)));
  return {
    version: MIGRATION_REPORT_VERSION,
    findings: inOrder([...own, ...future.filter((finding) => onTheWay(finding))], [name]),
    impact: impactOf(input),
    gaps: gapsOf(snapshot),
    assumptions: assumptions(),
  };
}

/** What is said where the gateway or a link could not be read: that nobody can say anything. */
function hiddenBy(error: CloudError, snapshot: Snapshot, migration: NamedMigration): MigrationReport {
  const id = migration.provider === 'alibaba' ? migration.group : migration.api;
  return hiddenReport(snapshot, {
    gateway: id,
    subject: `gateway ${id}`,
    message: `nobody can say whether ${id} may move: ${error.message}`,
    fact: { what: error.message },
    remedy: error.remedy,
  });
}

interface Judging {
  readonly now: number;
  readonly passes: boolean;
  readonly assume: AssumedFacts | undefined;
}

/** The gateway's backends behind a link, ready for checks. */
function judged(
  snapshot: Snapshot,
  place: MigrationPlace,
  linkId: string,
  sorted: SortedUses,
  { now, passes, assume }: Judging,
): Prepared {
  const spec = futureSpec(place.index.region, {
    name: gatewayName(place.gateway),
    gateway: place.ref,
    linkId,
    backends: sorted.backends,
    assume,
  });
  const { input, assumptions } = prepare(snapshot, spec, { now, passes });
  // What is mended before a move is mended at once.
  return { input: { ...input, throughout: true }, assumptions };
}

function migrationInput(
  snapshot: Snapshot,
  place: MigrationPlace,
  sorted: SortedUses,
  check: CheckInput,
  { now, assume }: Omit<Judging, 'passes'>,
): MigrationInput {
  const { fromId, gateway } = place;
  const before =
    fromId === undefined ? undefined : judged(snapshot, place, fromId, sorted, { now, passes: false, assume }).input;
  const to = linkIn(check);
  const from = before && linkIn(before);
  const future = integrationIn(check);
  const back = (): readonly Outcome[] => {
    if (before === undefined || from === undefined) return [];
    const swapped: MigrationInput = {
      ...input,
      check: before,
      from: to,
      to: from,
      future: integrationIn(before),
      back: () => [],
    };
    const own = VERIFIED.flatMap((one) => [...withSeverity(one, one.run(swapped))]);
    const paths = CHECKS.filter(({ id }) => id.startsWith('path/'));
    return [...own, ...paths.flatMap((one) => [...withSeverity(one, one.run(before))])];
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

function* withSeverity(rule: Rule, outcomes: Iterable<Outcome>): Iterable<Outcome> {
  for (const outcome of outcomes) yield { ...outcome, severity: outcome.severity ?? rule.severity };
}

function usesOf({ index, gateway, uses }: MigrationPlace, assume: AssumedFacts | undefined): SortedUses {
  return sortUses(index, gateway.id, registryUses(uses ?? [], assume?.registries), assume?.stageVariables);
}

/** What only instances of Alibaba Cloud have is not asked of VPC links. */
function checksFor({ gateway }: MigrationPlace) {
  return gateway.kind === 'api-group'
    ? MIGRATION_CHECKS
    : MIGRATION_CHECKS.filter(({ id }) =>
        /\/(?:known|ready|zones|shared-integration|quota|egress|owner|rollback)$/.test(id),
      );
}

function findingsOf(rule: Rule, outcomes: Iterable<Outcome>, passes: boolean): readonly Finding[] {
  const findings: Finding[] = [];
  for (const {
    verdict,
    severity = rule.severity,
    integration = null,
    subject,
    message,
    evidence,
    remedy,
  } of outcomes) {
    if (verdict === 'pass' && !passes) continue;
    const base = { check: rule.id, verdict, severity, integration, subject, message, evidence };
    findings.push(remedy === undefined ? base : { ...base, remedy });
  }
  return findings;
}

function linkIn({ links }: CheckInput): LinkView {
  const [link] = links;
  if (link === undefined) throw new Error('the link of the future is missing');
  return link;
}

function integrationIn({ integrations }: CheckInput): IntegrationView {
  const [integration] = integrations;
  if (integration === undefined) throw new Error('the integration of the future is missing');
  return integration;
}
