import type {
  GroupTarget,
  LoadBalancer,
  TargetGroup,
  ListenerRule,
  Listener,
} from '../../../do/model/load-balancer.js';
import type { Verdict } from '../../../do/findings/finding.js';
import { fewText } from '../../../ground/text/quantities.js';
import type { NoMembers } from '../reasons/target-health.js';
import type { Candidate, Answered, BalancedTarget, DefaultAnswers } from './balancers.js';
import type { World } from '../model/world.js';
import { type RuleAnswer, answersTo, rulesOf } from '../listener-rules/answers.js';
import type { CheckInput, IntegrationView, Missing, TargetView } from '../../../do/world/views.js';
import { callersOf, ANY_CALL, assumeHosts, callsOf, type Call } from '../listener-rules/calls.js';
import { sharesOf } from '../listener-rules/deciding.js';
import { groupsBehind, type GroupsBehind } from './backend.js';

/**
 * Whether a load balancer's node in a zone forwards calls to a target. Without cross-zone load balancing it
 * forwards to targets of its own zone only.
 * @param zone the zone that calls enter; undefined where it is not known
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing
 */
export function serves(
  world: World,
  balancer: LoadBalancer,
  { group, target }: Candidate,
  zone: string | undefined,
): Verdict {
  const crosses = crossesZones(world, balancer, group);
  if (crosses === true || target.zone === 'all') return 'pass';

  const zones = target.zone === undefined ? zonesOf(world, group, target) : [target.zone];
  if (zones === undefined || zone === undefined) return 'unknown';
  if (zones.includes(zone)) return 'pass';

  return crosses === undefined ? 'unknown' : 'fail';
}

/** A target after a plan: in a zone that the load balancer has no subnet in it gets no calls. Today its health says so. */
export function afterPlan(world: World, balancer: LoadBalancer, { group, target }: Candidate): Candidate {
  const isServed = world.isToday || isInZones(world, balancer, { group, target });
  return { group, target: isServed ? target : { ...target, health: 'unused' } };
}

/** Why none of some targets gets calls: each is in a zone that the load balancer is not in. No health check helps. */
export function outsideZones(
  world: World,
  balancer: LoadBalancer,
  targets: readonly Candidate[],
): NoMembers | undefined {
  const isOutside = (one: Candidate): boolean => one.target.health === 'unused' && !isInZones(world, balancer, one);
  if (targets.length === 0 || !targets.every(isOutside)) return undefined;

  const { id, name } = balancer;
  return {
    registrar: id,
    because: `${name} has no subnet in ${targets.length === 1 ? 'its zone' : 'their zones'}`,
    remedy: `Give ${name} a subnet in the zone of ${fewText(targets.map(({ target }) => target.id))}, or register a target in a zone of ${name}.`,
  };
}

/** Whether a target is in a zone of its load balancer, where it has to be, or may be. */
function isInZones(world: World, { zones: own }: LoadBalancer, { group, target }: Candidate): boolean {
  const { index } = world;
  if (group.kind === 'load-balancer' || !index.clouds.network(index.region).targetsNeedZone) return true;

  const zones = target.zone === undefined ? zonesOf(world, group, target) : [target.zone];
  return zones?.some((zone) => zone === 'all' || own?.includes(zone) !== false) !== false;
}

/**
 * Whether each zone of a load balancer forwards calls to targets of all zones. Where the group's own setting could not be read, that of
 * the load balancer may not be the effective one.
 */
export function crossesZones({ index }: World, { crossZone }: LoadBalancer, group: TargetGroup): boolean | undefined {
  const unread = group.crossZone === undefined && index.missing('targetGroups', group.id) !== undefined;
  return unread ? undefined : (group.crossZone ?? crossZone);
}

/** The zones that a target is in, by its interfaces or address. */
function zonesOf(world: World, { kind, networkId }: TargetGroup, { id }: GroupTarget): readonly string[] | undefined {
  if (kind === 'load-balancer') {
    const found = world.index.find('loadBalancers', id);
    return found.is === 'found' ? found.value.zones : undefined;
  }

  const own =
    kind === 'instance'
      ? world.interfacesOf(id)
      : [networkId === undefined ? undefined : world.interfaceAt(networkId, id)].flatMap((one) => one ?? []);
  const zones = own.flatMap(({ subnetId }) => {
    const place = world.place(subnetId);
    return place.is === 'found' ? [place.value.subnet.zone] : [];
  });
  return zones.length === 0 ? undefined : zones;
}

/** Every answer that some call may get, each once. */
export function answersIn(answered: readonly Answered[]): readonly RuleAnswer[] {
  const first = answered[0];
  const isOne = answered.length === 1 || answered.every(({ answers }) => answers === first?.answers);
  if (first?.answers.length === 1 && isOne) return first.answers;

  const all = new Map<ListenerRule | undefined, RuleAnswer>();
  for (const { answers } of answered) for (const answer of answers) all.set(answer.rule, answer);
  return [...all.values()];
}

/** A listener's answers to the calls of each route of a target; or why its rules are unknown. */
export function whatAnswers(
  input: Pick<CheckInput, 'assumed'>,
  one: BalancedTarget,
  listener: Listener,
): readonly Answered[] | Missing {
  if (one.byDefault?.listener === listener) return one.byDefault.answered;

  const { integration, target, balancer } = one;
  const { link } = integration;
  const rules = rulesOf(link.region, balancer, listener);
  if (!('length' in rules)) return rules;
  if (rules.length === 0) return (one.byDefault = defaultAnswers(one, listener)).answered;

  const from = one.isBehind === true ? undefined : callersOf(link);
  const calls = callsOf(integration, target);
  assumeHosts(input, calls, rules);
  return calls.map((call) => ({ call, answers: answersTo(listener, rules, call, from) }));
}

/** The groups that a listener sends the calls of a target to. */
export function groupsAnswering(
  { integration, byDefault }: BalancedTarget,
  listener: Listener,
  answered: readonly Answered[],
): GroupsBehind {
  const { region } = integration.link;
  if (byDefault?.answered !== answered) return groupsBehind(region, listener, answersIn(answered));

  return (byDefault.groups ??= groupsBehind(region, listener, answersIn(answered)));
}

/** The calls that a listener may send to one of the groups. */
export function callsTo(answered: readonly Answered[], groupId: string): readonly Call[] {
  return answered.flatMap(({ call, answers }) =>
    answers.some(({ actions }) => sharesOf(actions).ids.includes(groupId)) ? [call] : [],
  );
}

/** The calls are determined only when a message needs them. */
function defaultAnswers({ integration, target }: BalancedTarget, listener: Listener): DefaultAnswers {
  const answers = [{ actions: listener.actions ?? [] }];
  const answered: Answered[] = [new ByDefault(integration, target, 0, answers)];
  for (let at = 1; at < target.routeKeys.length; at += 1)
    answered.push(new ByDefault(integration, target, at, answers));
  return { listener, answered, groups: undefined };
}

/** The default answer for the calls of one route. The calls are determined on request. */
class ByDefault implements Answered {
  constructor(
    private readonly integration: IntegrationView,
    private readonly target: TargetView,
    private readonly route: number,
    readonly answers: readonly RuleAnswer[],
  ) {}

  get call(): Call {
    const key = this.target.routeKeys[this.route];
    return callsOf(this.integration, this.target).find(({ route }) => route === key) ?? ANY_CALL;
  }
}
