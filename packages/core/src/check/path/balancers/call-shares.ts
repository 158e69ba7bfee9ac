import type { Listener, ListenerRule } from '../../../do/model/load-balancer.js';
import type { Registrar } from '../../../do/model/registrar.js';
import type { CheckInput, Missing, RegionIndex } from '../../../do/world/views.js';
import { handsOn, type RuleAnswer } from '../listener-rules/answers.js';
import { sharesOf } from '../listener-rules/deciding.js';
import { answerText, doesText } from '../listener-rules/words.js';
import type { Answered, BalancedTarget, CalledListener } from './balancers.js';
import { calledListeners } from './called-listeners.js';
import { nameOfGroup } from './group-health.js';
import { answersIn, whatAnswers } from './target-zones.js';

/** What some calls go to: a target group, or an answer of the load balancer itself. */
export interface CallShare {
  /** The ID of the group; that of the listener where it answers itself. */
  readonly id: string;
  readonly name: string;
  /** In percent. Undefined: the weights are not known. */
  readonly percent?: number | undefined;
}

/** Calls of a route that get the same action of a listener. */
export interface SharedCalls {
  /** `rule 10 (path /orders*)`. Undefined: all calls of the route get the action. */
  readonly match?: string | undefined;
  readonly shares: readonly CallShare[];
  readonly owned?: OwnedWeights | undefined;
}

/** An action of a listener whose weights the deployments of a service write. */
export interface OwnedWeights {
  /** The ID of the rule, or of the listener: its default actions. */
  readonly action: string;
  readonly writer: Registrar;
  readonly groups: readonly string[];
}

/** Where the calls of each route of a target go; or what is missing to know it. */
export function callShares(
  input: Pick<CheckInput, 'assumed'>,
  one: BalancedTarget,
): readonly { readonly route: string | undefined; readonly calls: readonly SharedCalls[] | Missing }[] {
  const called = calledListeners(one);
  const [own] = called;
  if (own === undefined) return [];

  const answered = whatAnswers(input, own.at, own.listener);
  if (!('length' in answered)) return one.target.routeKeys.map((route) => ({ route, calls: answered }));

  return [...new Set(answered.map(({ call }) => call.route))].map((route) => {
    const answers = answersTo(answered, route);
    const calls = answers.map((answer) => ({
      ...(answers.length > 1 && { match: answerText(answer) }),
      ...sharedFrom(input, called, own, answer, route),
    }));
    return { route, calls };
  });
}

/** The answers to the calls of a route, by whichever stage. */
function answersTo(answered: readonly Answered[], route: string | undefined): readonly RuleAnswer[] {
  return answersIn(answered.filter(({ call }) => call.route === route));
}

/** Of a load balancer behind a group: where it sends the calls that it gets. */
function sharedFrom(
  input: Pick<CheckInput, 'assumed'>,
  called: readonly CalledListener[],
  { at, listener }: CalledListener,
  answer: RuleAnswer,
  route: string | undefined,
): Omit<SharedCalls, 'match'> {
  const { region } = at.integration.link;
  const owned = weightsWriter(region, listener, answer.rule);
  if (!handsOn(answer)) return { shares: [{ id: listener.id, name: doesText(answer), percent: 100 }], owned };

  const { ids, isSure, weights } = sharesOf(answer.actions);
  const sum = weights?.reduce((total, weight) => total + weight, 0) ?? 0;
  const parts = ids.map((id, index): Omit<SharedCalls, 'match'> => {
    const percent =
      !isSure && ids.length > 1 ? undefined : weights === undefined ? 100 : (100 * (weights[index] ?? 0)) / sum;
    const found = region.find('targetGroups', id);
    const name = (found.is === 'found' ? found.value.name : undefined) ?? nameOfGroup(id);
    const next = called.find(({ by }) => by?.group === name && by.name === (at.balancer.name || at.balancer.id));
    const answered = next && whatAnswers(input, next.at, next.listener);
    const [only, ...others] = answered !== undefined && 'length' in answered ? answersTo(answered, route) : [];
    if (next === undefined || only === undefined || others.length > 0) return { shares: [{ id, name, percent }] };

    const behind = sharedFrom(input, called, next, only, route);
    const part = (one: number | undefined): number | undefined =>
      percent === undefined || one === undefined ? undefined : (percent * one) / 100;
    return { ...behind, shares: behind.shares.map((one) => ({ ...one, percent: part(one.percent) })) };
  });
  return { shares: parts.flatMap(({ shares }) => shares), owned: owned ?? parts.find((one) => one.owned)?.owned };
}

/** The service whose deployments write the weights of an action: of a rule, or of the default actions. */
export function weightsWriter(
  { region }: Pick<RegionIndex, 'region'>,
  { id, actions, rules = [] }: Listener,
  rule: ListenerRule | undefined,
): OwnedWeights | undefined {
  const action = rule?.id ?? id;
  const led = new Set((rule?.actions ?? actions ?? []).flatMap(({ targetGroupIds = [] }) => targetGroupIds));
  for (const writer of region.registrars ?? [])
    for (const one of writer.weighs ?? []) {
      if (led.has(one.id)) return { action, writer, groups: [...led] };

      const isDefault = one.id === id || (one.listenerId === id && !rules.some((other) => other.id === one.id));
      if (rule === undefined ? isDefault : one.id === rule.id) return { action, writer, groups: one.targetGroupIds };
    }
  return undefined;
}

/** `calls go to shop 90 %, shop-green 10 %; the deployments of service orders (BLUE_GREEN) write these weights`. */
export function sharedText({ match, shares, owned }: SharedCalls): string {
  const by = owned === undefined ? '' : `; the deployments of ${writerText(owned.writer)} write these weights`;
  return `calls${match === undefined ? '' : ` that match ${match}`} go to ${sharesText(shares)}${by}`;
}

/** `shop 90 %, shop-green 10 %`. */
export function sharesText(shares: readonly Pick<CallShare, 'name' | 'percent'>[]): string {
  return shares
    .map(({ name, percent }) => `${name} ${percent === undefined ? 'an unknown share' : percentText(percent)}`)
    .join(', ');
}

/** `0.5 %`, `33.3 %`. */
function percentText(percent: number): string {
  return `${Number(percent.toFixed(1)) || (percent > 0 ? '< 0.1' : 0)} %`;
}

/** `service orders (BLUE_GREEN)`. */
export function writerText({ id, name = id, strategy }: Registrar): string {
  return `service ${name}${strategy === undefined ? '' : ` (${strategy})`}`;
}
