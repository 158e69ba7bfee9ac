import { defined } from '../../ground/defined.js';
import { gatewayId } from '../../do/kinds/gateway/gateway-spec.js';
import { targetLabel } from '../../do/words/target-label.js';
import type { Rule } from '../../do/findings/check.js';
import type { Finding } from '../../do/findings/finding.js';
import { findingOf } from '../../do/findings/say.js';
import { aboutThings, thing } from '../../do/findings/subject.js';
import type { CheckInput } from '../../do/world/views.js';
import { backends, balancedTargets } from '../../check/path/balancers/balancers.js';
import {
  callShares,
  sharesText,
  writerText,
  type CallShare,
  type SharedCalls,
} from '../../check/path/balancers/call-shares.js';
import type { Choice } from '../draft/choice.js';

/** A target group that calls go to; or an answer of the load balancer, or a target that is none of them. */
export type CallDestination = Omit<CallShare, 'id'>;

/** Calls whose destination, or whose shares, the plan changes. */
export interface MovedCalls {
  /** `rule 10 (path /orders*)`: those that match it. Undefined: all calls of the route. */
  readonly match?: string | undefined;
  /** Undefined: not known. */
  readonly before?: readonly CallDestination[] | undefined;
  readonly after?: readonly CallDestination[] | undefined;
  /** What is not known. */
  readonly because?: string | undefined;
  /** The service whose deployments write the shares: `service orders (BLUE_GREEN)`. */
  readonly writer?: string | undefined;
  /** Whether that service replaces its members now. */
  readonly isDeploying?: true | undefined;
}

/** Where calls of a route go; or why that is not known. */
export type Destinations = readonly SharedCalls[] | { readonly because: string };

/** Where the calls of each route of a world go, by gateway and key. */
export function destinationsIn(input: CheckInput, choices: readonly Choice[]): ReadonlyMap<string, Destinations> {
  const found = new Map<string, Destinations>();
  const open = new Map(
    choices.flatMap((one) => (one.every === true ? [] : one.alternatives.flat().map((id) => [id, one] as const))),
  );
  const put = (gateway: string, key: string, calls: readonly SharedCalls[], targetId: string): void => {
    const ids = [targetId, ...calls.flatMap(({ shares }) => shares.map(({ id }) => id))];
    const [choice] = ids.flatMap((id) => open.get(id) ?? []);
    const because = choice && `${choice.address}.${choice.attribute} is one of several values`;
    found.set(`${gateway} ${key}`, because === undefined ? calls : { because });
  };
  for (const { integration, target, backend } of backends(input)) {
    const { id } = target.target ?? {};
    if (backend.kind === 'balancer' || id === undefined) continue;

    const shares = [{ id, name: targetLabel({ ...target.target, id }), percent: 100 }];
    for (const key of target.routeKeys) put(gatewayId(integration.spec.gateway), key, [{ shares }], id);
  }
  for (const one of balancedTargets(input)) {
    const gateway = gatewayId(one.integration.spec.gateway);
    for (const { route = '', calls } of callShares(input, one))
      if ('length' in calls) put(gateway, route, calls, one.target.target?.id ?? '');
      else found.set(`${gateway} ${route}`, { because: `${calls.what} could not be read` });
  }
  return found;
}

/** How what is in a plan is named: `keyOf` is the same for what is replaced. */
export interface DestinationNames {
  readonly keyOf: (id: string) => string;
  readonly renamed: (text: string) => string;
}

/** The calls of a route that go elsewhere after the plan, or with other shares. */
export function movedCalls(
  before: Destinations | undefined,
  after: Destinations | undefined,
  names: DestinationNames,
): readonly MovedCalls[] {
  if (before === undefined || !('length' in before)) return [];

  const known = after !== undefined && 'length' in after ? after : undefined;
  const because = after === undefined || 'length' in after ? undefined : names.renamed(after.because);
  const matches = new Set([...before, ...(known ?? [])].map(({ match }) => match));
  if (matches.size > 1) matches.delete(undefined);
  const keyOf = ({ shares }: SharedCalls): string =>
    JSON.stringify(shares.map(({ id, percent }) => [names.keyOf(id), percent]).toSorted());
  const shown = ({ shares }: SharedCalls): readonly CallDestination[] =>
    shares.map(({ name, percent }) => ({ name: names.renamed(name), ...defined({ percent }) }));
  return [...matches].flatMap((match): readonly MovedCalls[] => {
    const old = matching(before, match);
    const now = known && matching(known, match);
    if (now && keyOf(old) === keyOf(now)) return [];

    const writer = now?.writer ?? old.writer;
    const then = now && shown(now);
    const owner = writer && {
      writer: writerText(writer),
      ...(writer.deploying === true && { isDeploying: true as const }),
    };
    return [defined({ match, before: shown(old), after: then, because, ...owner })];
  });
}

/** The calls that match a rule: where nothing distinguishes calls, all of them. */
function matching(side: readonly SharedCalls[], match: string | undefined): SharedCalls {
  return side.find((one) => one.match === match) ?? (side.length === 1 && side[0] ? side[0] : { match, shares: [] });
}

/** `100 % of the calls: shop → shop-green`. */
export function movedCallsText({ match, before, after, because, writer }: MovedCalls): string {
  const calls = `calls${match === undefined ? '' : ` that match ${match}`}`;
  const by = writer === undefined ? '' : `; the deployments of ${writer} write these shares`;
  const [old, now] = [before, after].map((side) =>
    side?.length === 1 && side[0]?.percent === 100 ? side[0].name : undefined,
  );
  if (old !== undefined && now !== undefined) return `100 % of the ${calls}: ${old} → ${now}${by}`;

  const why = because === undefined ? '' : ` (${because})`;
  const [from, to] = [before, after].map((side) =>
    side === undefined ? `not known${why}` : sharesText(side) || 'none',
  );
  return `${calls}: ${from} → ${to}${by}`;
}

/** What a plan is asked of each share of calls that the deployments of a service write. */
export const WEIGHTS_RULE: Rule = {
  id: 'plan/weights',
  title: 'The plan keeps the weights that the deployments of a service write',
  severity: 'warning',
  about:
    'A service whose deployments are blue/green, linear or canary writes the weights of a rule. A plan that has other weights ' +
    'puts them back: the former tasks get the calls again, and no task answers once the service has stopped them. While the service ' +
    'deploys, this is an error.',
  sources: [],
  codes: ['WEIGHTS_PUT_BACK'],
};

type AddressedMove = Finding & { readonly addresses: readonly string[] };

/** A route with the calls that a plan moves. */
interface MovedRoute {
  readonly address: string;
  readonly route: string;
  readonly calls?: readonly MovedCalls[] | undefined;
}

/** The calls of a route whose shares a plan takes from the service that writes them. */
export function weightsPutBack({ address, route, calls = [] }: MovedRoute): readonly AddressedMove[] {
  return calls.flatMap((one) => {
    const { writer, isDeploying = false, after } = one;
    if (writer === undefined || after === undefined) return [];

    const finding = findingOf(WEIGHTS_RULE, {
      verdict: 'fail',
      severity: isDeploying ? 'error' : 'warning',
      code: 'WEIGHTS_PUT_BACK',
      ...aboutThings(undefined, thing('route', address, address)),
      params: { address, route, writer, isDeploying },
      message: `${movedCallsText(one)}${isDeploying ? ', and it is deploying now' : ''}`,
      evidence: [],
      remedy: `${isDeploying ? 'Wait until the deployment has ended. ' : ''}Leave these weights to ${writer}: ignore them in the configuration.`,
    });
    return [{ ...finding, addresses: [address] } as AddressedMove];
  });
}
