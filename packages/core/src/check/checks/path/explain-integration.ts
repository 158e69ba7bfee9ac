import { defined } from '../../../ground/defined.js';
import { thing, type Subject } from '../../../do/findings/subject.js';
import type { CheckInput, IntegrationView, TargetView, Unresolved } from '../../../do/world/views.js';
import type { Verdict } from '../../../do/findings/finding.js';
import { callsOf, type Call } from '../../path/listener-rules/calls.js';
import { balancedTargets } from '../../path/balancers/balancers.js';
import { callShares, sharedText } from '../../path/balancers/call-shares.js';
import { RULE_HOP } from '../../path/balancers/listener-rules.js';
import { tracesOf } from '../../path/trace/pairs.js';
import { routeAddresses } from '../../../do/probe/live-routes.js';
import type { Explanation, Hop, Path } from '../../../do/findings/explanation.js';
import { hopsOn, type PathTrace, type TracedHop } from '../../path/model/step.js';

/**
 * The path of an integration's calls to its targets, hop by hop, with what decides at each: for each of its
 * routes, or the named one. A target without routes is explained as well.
 */
export function explainIntegration(
  input: CheckInput,
  integration: IntegrationView,
  route?: string,
): readonly Explanation[] {
  return integration.targets.flatMap((target) => {
    const keys = route === undefined ? target.routeKeys : target.routeKeys.filter((key) => key === route);
    if (keys.length === 0 && (route !== undefined || target.routeKeys.length > 0)) return [];

    const all = explained(input, integration, target);
    if (keys.length === 0) return [all];

    // Routes have different paths only where rules of a listener distinguish calls.
    const isOne = !all.paths.some(({ hops }) => hops.some(({ hop }) => hop === RULE_HOP));
    const calls = callsOf(integration, target);
    return keys.map((key) => ({
      ...(isOne
        ? all
        : explained(
            input,
            integration,
            target,
            calls.filter((call) => call.route === key),
          )),
      route: key,
      ...sharedBy(input, target, key),
      ...calledBy(integration, key),
    }));
  });
}

/** How the calls of a route are shared, where something shares them. */
function sharedBy(input: CheckInput, target: TargetView, key: string): Pick<Explanation, 'shares'> {
  const one = balancedTargets(input).find((balanced) => balanced.target === target);
  const calls = one && callShares(input, one).find(({ route }) => route === key)?.calls;
  const shared = calls && 'length' in calls ? calls.filter(({ shares, owned }) => shares.length > 1 || owned) : [];
  return shared.length === 0 ? {} : { shares: shared.map(sharedText) };
}

/** The addresses by which a route is called over custom domains; nothing where there are none. */
function calledBy({ gateway, link }: IntegrationView, key: string): Pick<Explanation, 'calledBy'> {
  if (gateway === undefined) return {};

  const addresses = routeAddresses(link.region.region.customDomains, gateway, key);
  return addresses.length === 0 ? {} : { calledBy: addresses };
}

function explained(
  input: CheckInput,
  integration: IntegrationView,
  target: TargetView,
  calls?: readonly Call[],
): Explanation {
  const assumptions = new Map<string, { readonly path: string; readonly text: string }>();
  const listening: CheckInput = {
    ...input,
    assumed: (path, text) => {
      assumptions.set(`${path} ${text}`, { path, text });
      input.assumed(path, text);
    },
  };
  const paths = pathsOf(listening, integration, target, calls);
  return {
    integration: integration.name,
    target: target.name,
    link: integration.link.name,
    verdict: worst(paths.map(({ verdict }) => verdict)),
    paths,
    assumptions: [...assumptions.values()],
  };
}

function pathsOf(
  input: CheckInput,
  integration: IntegrationView,
  target: TargetView,
  calls: readonly Call[] | undefined,
): readonly Path[] {
  const traces = tracesOf(input, { integration, target }, calls);
  if (traces.length > 0) return traces.map(pathOf);

  const { link } = integration;
  const why = target.unresolved ?? link.unresolved;
  const of = target.unresolved === undefined ? thing('link', link.name) : thing('target', target.name);
  const hop = why === undefined ? nothingKnown(of) : unresolvedHop(of, why);
  return [{ from: `link ${link.name}`, to: `target ${target.name}`, verdict: hop.verdict, hops: [hop] }];
}

function pathOf(trace: PathTrace): Path {
  return { from: trace.from, to: trace.to, verdict: trace.verdict, hops: hopsOn(trace).map(shown) };
}

/** A hop as a report shows it. */
function shown({ kind, id, text, code, hop, verdict, because, remedy, why }: TracedHop): Hop {
  if (because === undefined || why === undefined) return { kind, id, text, hop, verdict };

  return {
    kind,
    id,
    text,
    ...defined({ code }),
    why,
    because,
    ...defined({ remedy }),
    hop,
    verdict,
  };
}

function unresolvedHop({ kind, label }: Subject, { verdict, code, message, remedy }: Unresolved): Hop {
  return {
    hop: kind,
    verdict,
    kind,
    id: label,
    text: message,
    because: message,
    code,
    ...defined({ remedy }),
  };
}

function nothingKnown({ label }: Subject): Hop {
  const text = `${label} could not be evaluated: no facts were read`;
  return { hop: 'link', verdict: 'unknown', kind: 'link', id: label, text, because: text };
}

function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';

  return verdicts.includes('unknown') || verdicts.length === 0 ? 'unknown' : 'pass';
}
