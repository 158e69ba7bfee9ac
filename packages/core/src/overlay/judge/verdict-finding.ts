import type { Rule } from '../../do/findings/check.js';
import type { Finding } from '../../do/findings/finding.js';
import { findingOf } from '../../do/findings/of-outcome.js';
import { aboutThings, thing } from '../../do/findings/subject.js';

/** What a plan is asked of each private integration. A verdict that no check made is a finding of this rule. */
export const VERDICT_RULE: Rule = {
  id: 'plan/verdict',
  title: 'The private integration works after the plan',
  severity: 'error',
  about:
    'A plan can lead a route to a link, a listener or a target that does not exist after it, or leave open where the route ' +
    'leads. No check of a path can judge such a route, so the route itself is the finding. Correct what the route names.',
  sources: [],
  codes: ['INTEGRATION_FAILS', 'INTEGRATION_UNDECIDED'],
};

/** The verdict of a route, where no check has a finding for it. `address`: that of the route. */
export function verdictFinding(
  verdict: 'fail' | 'unknown',
  address: string,
  { route, because, remedy }: { route: string; because: string | undefined; remedy: string | undefined },
): Finding {
  const failed = verdict === 'fail';
  return findingOf(VERDICT_RULE, {
    verdict,
    code: failed ? 'INTEGRATION_FAILS' : 'INTEGRATION_UNDECIDED',
    ...aboutThings(undefined, thing('route', address, address)),
    params: failed ? { address, route, because } : { address, route, missing: because },
    message: because ?? 'what decides about its path is not in the plan',
    evidence: [],
    remedy:
      remedy ??
      (failed
        ? `Change what ${address} names.`
        : 'Write the value in the configuration, or check again after the apply.'),
  });
}
