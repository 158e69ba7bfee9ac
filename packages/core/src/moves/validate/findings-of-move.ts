import { subjectOf } from '../../do/findings/subject.js';
import { findingOf } from '../../do/findings/of-outcome.js';
import { gatewayName } from './about-gateway.js';
import type { Outcome, Rule } from '../../do/findings/check.js';
import type { Finding } from '../../do/findings/finding.js';
import { checksOf } from '../../check/checks/registry.js';
import { unreportedFindings } from '../../check/checks/run.js';
import type { MigrationCheck, MigrationInput } from './migration-input.js';
import { withRemedyInPlace } from './remedies.js';

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
    .filter(({ id }) => JUDGING.test(id) && !(input.region.clouds.movesAsOne(input.gateway) && id === 'target/network'))
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
