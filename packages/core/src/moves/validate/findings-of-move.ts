import { subjectOf } from '../../do/findings/subject.js';
import { findingOf, sayOf, type Say } from '../../do/findings/say.js';
import {
  gatewayName,
  type MigrationCheck,
  type MigrationInput,
  type WayBack,
  MIGRATION_REPORT_VERSION,
  type MigrationReport,
} from './migration.js';
import type { Outcome, Rule } from '../../do/findings/check.js';
import type { Finding } from '../../do/findings/finding.js';
import { checksOf } from '../../check/checks/registry.js';
import { unreportedFindings } from '../../check/checks/run.js';
import { withRemedyInPlace } from './remedies.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { KNOWN_CODES, migrateKnown } from './checks/known.js';
import { moveChecksOf } from './checks/index.js';

/**
 * The checks of a spec that also judge a move: the paths to the backends, and the backends themselves.
 * Whether rules allow the new egress is judged on these paths (`path/*`), which use more facts than
 * `egress/*` and `target/access-list`. Migration checks cover the other results of those two. None of
 * `path/*` may be left out: where the source of calls is unknown, only `path/link` reports it, and all walks
 * end there.
 */
const JUDGING = new RegExp(
  `^(?:${[
    'path/.*',
    'target/(?!access-list$|exposed$|private-dns$).*',
    'cidr/(?:internal-block|instance-block-accessible)',
    'link/(?:retiring|service-role|inactive)',
  ].join('|')})$`,
);

/**
 * The findings of a move: those of migration checks, and of the checks of a spec that also evaluate a move;
 * in no order.
 */
export function findingsOfMove(
  input: MigrationInput,
  checks: readonly MigrationCheck[],
  passes: boolean,
): readonly Finding[] {
  const name = gatewayName(input.gateway);
  const own = checks.flatMap((one) => findingsOf(one, one.run(input), passes));
  const judged = checksOf(input.region.clouds)
    .filter(
      ({ id }) =>
        JUDGING.test(id) && !(input.region.clouds.gateway(input.gateway.kind).movesAsOne && id === 'target/network'),
    )
    .flatMap((one) => findingsOf(one, one.run(input.check), passes));
  // Some checks of a spec do not evaluate a move; what they would report of a path is reported here.
  const future = [...judged, ...unreportedFindings(input.check, [...own, ...judged])]
    .map((finding) => withRemedyInPlace(finding, input))
    .map((finding) => (finding.integration === null ? { ...finding, integration: name } : finding));
  const targetOf = (finding: Finding): string | undefined => subjectOf('target', finding)?.id;
  const elsewhere = new Set(
    future.flatMap((one) => (one.check === 'target/network' && one.verdict === 'fail' ? (targetOf(one) ?? []) : [])),
  );
  // A target in another network is reported once. So is a link that is not ready, by `migrate/ready` or a
  // similar check.
  const { link } = input.to;
  const isSaid = ({ check, code, params }: Finding): boolean =>
    check === 'path/link' &&
    code === 'LINK_STATE' &&
    link !== undefined &&
    link.state !== 'ready' &&
    params['link'] === link.id;
  const onTheWay = (finding: Finding): boolean =>
    !finding.check.startsWith('path/') || !(elsewhere.has(targetOf(finding) ?? '') || isSaid(finding));
  return [...own, ...future.filter((finding) => onTheWay(finding))];
}

function findingsOf(rule: Rule, outcomes: Iterable<Outcome>, passes: boolean): readonly Finding[] {
  const findings: Finding[] = [];
  for (const outcome of outcomes) {
    if (outcome.verdict !== 'pass' || passes) findings.push(findingOf(rule, outcome));
  }
  return findings;
}

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

/**
 * Evaluates the same move with its ends swapped, by the same checks, and keeps the problems that only the
 * move back has. Settings that a move overwrites are not checked: they came from the current link. A problem of a backend that does not depend on the link (a stopped instance, a deleted
 * listener) is reported for the move itself.
 */
export function wayBack(there: MigrationInput, back: MigrationInput): WayBack {
  const asked = moveChecksOf(there.region.clouds, there.gateway).filter((one) => one.back !== undefined);
  const always = new Set(asked.flatMap((one) => (one.back === 'always' ? [one.id] : [])));
  const met = findingsOfMove(back, asked, false).filter(({ severity }) => severity === 'error');
  if (met.length === 0) return { broken: [], unknown: [] };

  const links = [there.to.name, back.to.name];
  const known = findingsOfMove(there, asked, false).filter(({ severity }) => severity === 'error');
  const said = new Set(known.map((one) => statement(one, links)));
  const failing = new Set(known.flatMap((one) => (one.verdict === 'fail' ? [thing(one)] : [])));
  const unsure = new Set(known.map((one) => `${one.check} ${thing(one)}`));
  const own = met.filter((one) => !said.has(statement(one, links)));
  return {
    broken: own.filter((one) => one.verdict === 'fail' && (always.has(one.check) || !failing.has(thing(one)))),
    unknown: own.filter((one) => one.verdict === 'unknown' && !unsure.has(`${one.check} ${thing(one)}`)),
  };
}

/** What a finding states, without the names of links, so that the same finding of both moves is one. */
function statement({ check, verdict, code, about, params }: Finding, links: readonly string[]): string {
  const facts = JSON.stringify([check, verdict, code, about, params]);
  return links.reduce((text, link) => text.replaceAll(link, '…'), facts);
}

/**
 * What a finding is about: a path to target `orders`, the target and the authorization `orders` are all
 * about `orders`.
 */
function thing(finding: Finding): string {
  const [first, ...parts] = finding.about;
  if (first?.kind === 'link' && parts[0]?.kind === 'target') return parts[0].id;
  if (first === undefined || WHOLE.has(first.kind)) return finding.subject;

  return [first.id, ...parts.map(({ label }) => label)].join(', ');
}

const WHOLE: ReadonlySet<string> = new Set(['link', 'instance', 'gateway']);
