import { defined } from '../../ground/defined.js';
import { gatewayId } from '../../do/kinds/gateway/gateway-spec.js';
import { targetLabel } from '../../do/words/target-label.js';
import type { Rule } from '../../do/findings/check.js';
import { findingOf } from '../../do/findings/say.js';
import { aboutThings, thing } from '../../do/findings/subject.js';
import type { CheckInput } from '../../do/world/views.js';
import { backends, balancedTargets } from '../../check/path/balancers/balancers.js';
import {
  callShares,
  sharesText,
  writerText,
  type CallShare,
  type OwnedWeights,
  type SharedCalls,
} from '../../check/path/balancers/call-shares.js';
import type { Choice } from '../draft/choice.js';
import type { LaidChange } from '../lay/laid.js';
import type { AddressedFinding } from './routes.js';

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
  return [...matches].flatMap((match): readonly MovedCalls[] => {
    const old = matching(before, match);
    const now = known && matching(known, match);
    if (now && sharesKey(old, names) === sharesKey(now, names)) return [];

    const { writer } = now?.owned ?? old.owned ?? {};
    const then = now && shown(now, names);
    const by = writer && names.renamed(writerText(writer));
    return [defined({ match, before: shown(old, names), after: then, because, writer: by })];
  });
}

function sharesKey({ shares }: SharedCalls, { keyOf }: DestinationNames): string {
  return JSON.stringify(shares.map(({ id, percent }) => [keyOf(id), percent]).toSorted());
}

function shown({ shares }: SharedCalls, { renamed }: DestinationNames): readonly CallDestination[] {
  return shares.map(({ name, percent }) => ({ name: renamed(name), ...defined({ percent }) }));
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
    'A service whose deployments are blue/green, linear or canary, or that CodeDeploy deploys, writes the weights of a rule. A plan ' +
    'that has other weights puts them back: the former tasks get the calls again, and no task answers once the service has stopped them. While the service ' +
    'deploys, this is an error.',
  sources: [],
  codes: ['WEIGHTS_PUT_BACK'],
};

/** Calls whose weights a service writes. */
type OwnedCalls = SharedCalls & { readonly owned: OwnedWeights };

/**
 * The actions that a plan leaves to the service that writes their weights, and whose weights it changes. What is not known is none.
 * @param sides where calls of each route go, before and after the plan
 */
export function weightsPutBack(
  sides: readonly (readonly [before: Destinations | undefined, after: Destinations | undefined])[],
  names: DestinationNames,
  changes: readonly LaidChange[],
): readonly AddressedFinding[] {
  const found = new Map<string, AddressedFinding>();
  const keyOf = ({ owned }: OwnedCalls): string => `${names.keyOf(owned.action)} ${names.keyOf(owned.writer.id)}`;
  for (const [before, after] of sides)
    for (const old of ownedIn(before)) {
      const key = keyOf(old);
      const now = ownedIn(after).find((one) => keyOf(one) === key);
      if (now !== undefined && !found.has(key) && haveOtherShares(old, now, names))
        found.set(key, putBack(old, now, names, changes));
    }
  return [...found.values()];
}

function ownedIn(side: Destinations | undefined): readonly OwnedCalls[] {
  return side !== undefined && 'length' in side ? side.filter((one): one is OwnedCalls => one.owned !== undefined) : [];
}

function haveOtherShares(old: SharedCalls, now: SharedCalls, names: DestinationNames): boolean {
  const isKnown = [...old.shares, ...now.shares].every(({ percent }) => percent !== undefined);
  return isKnown && sharesKey(old, names) !== sharesKey(now, names);
}

function putBack(
  old: OwnedCalls,
  now: OwnedCalls,
  names: DestinationNames,
  changes: readonly LaidChange[],
): AddressedFinding {
  const { action } = now.owned;
  const changed = changes.filter(({ ids }) => ids.includes(action)).map(({ address }) => address);
  const addresses = changed.length > 0 ? changed : [names.keyOf(action)];
  const [at = ''] = addresses;
  const writer = names.renamed(writerText(old.owned.writer));
  const isDeploying = old.owned.writer.deploying === true;
  const text = movedCallsText({ match: old.match, before: shown(old, names), after: shown(now, names), writer });
  const leave = `Leave these weights to ${writer}: ignore the action of ${at} in the configuration.`;
  const finding = findingOf(WEIGHTS_RULE, {
    verdict: 'fail',
    severity: isDeploying ? 'error' : 'warning',
    code: 'WEIGHTS_PUT_BACK',
    ...aboutThings(undefined, thing('action', action, at)),
    params: { action: at, writer, isDeploying },
    message: isDeploying ? `${text}, and it is deploying now` : text,
    evidence: [],
    remedy: isDeploying ? `Wait until the deployment has ended. ${leave}` : leave,
  });
  return { ...finding, addresses } as AddressedFinding;
}
