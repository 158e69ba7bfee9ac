import { movesAsOne } from '../kinds/gateway/gateway-kinds.js';
import { subjectOf } from '../findings/subject.js';
import { findingOf } from '../findings/of-outcome.js';
import { gatewayName } from './about-gateway.js';
import type { Outcome, Rule } from '../findings/check.js';
import type { Finding } from '../findings/finding.js';
import { CHECKS } from '../checks/registry.js';
import { unreportedFindings } from '../checks/run.js';
import type { MigrationCheck, MigrationInput } from './migration-input.js';
import { withRemedyInPlace } from './remedies.js';

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

/** What checks of a migration, and the checks of a spec that judge one, say of a move; in no order. */
export function findingsOfMove(
  input: MigrationInput,
  checks: readonly MigrationCheck[],
  passes: boolean,
): readonly Finding[] {
  const name = gatewayName(input.gateway);
  const own = checks.flatMap((one) => findingsOf(one, one.run(input), passes));
  const judged = CHECKS.filter(
    ({ id }) => JUDGING.test(id) && !(movesAsOne(input.gateway) && id === 'target/network'),
  ).flatMap((one) => findingsOf(one, one.run(input.check), passes));
  // Some checks of a spec are left out of a move: what they would say of a walk is said all the same.
  const future = [...judged, ...unreportedFindings(input.check, [...own, ...judged])]
    .map((finding) => withRemedyInPlace(finding, input))
    .map((finding) => (finding.integration === null ? { ...finding, integration: name } : finding));
  const targetOf = (finding: Finding): string | undefined => subjectOf('target', finding)?.id;
  const elsewhere = new Set(
    future.flatMap((one) => (one.check === 'target/network' && one.verdict === 'fail' ? (targetOf(one) ?? []) : [])),
  );
  // That nothing leads into another network is said once; and so is that the link itself carries nothing, by `migrate/ready` and the like.
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
