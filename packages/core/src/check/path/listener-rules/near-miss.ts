import type { Listener, ListenerRule, LoadBalancer, RuleCondition } from '../../../do/model/load-balancer.js';
import type { LinkView } from '../../../do/world/views.js';
import { conditionFit, rulesOf } from './answers.js';
import { type Call, callersOf } from './calls.js';
import { handOn } from './deciding.js';
import { callText, conditionText, listenerRuleText, pathText } from './words.js';

/** A call as a load balancer receives it, and the forwarding rule that matches it best. */
export interface NearMiss {
  /** `GET /orders`, or `calls`. */
  readonly call: string;
  readonly method: string;
  /** `/prod/orders`. */
  readonly path: string;
  readonly hosts?: readonly string[] | undefined;
  /** `rule 10 (path /orders*)`. */
  readonly rule: string;
  /** Its conditions that the call does not match: `path /orders*`. */
  readonly needs: readonly string[];
  /** Whether a rule would forward it without what callers write before the path of its route. */
  readonly fitsWithoutPrefix: boolean;
}

interface Nearest {
  readonly rule: ListenerRule;
  readonly misses: readonly RuleCondition[];
  /** With how many of the same letters a path that it needs begins. */
  readonly common: number;
}

/** Why a call matches no rule that forwards; undefined where no rule forwards. */
export function nearMiss(link: LinkView, balancer: LoadBalancer, listener: Listener, call: Call): NearMiss | undefined {
  const rules = rulesOf(link.region, balancer, listener);
  if (!('length' in rules)) return undefined;

  const from = callersOf(link);
  const forwarding = rules.filter(({ actions }) => handOn(actions));
  let nearest: Nearest | undefined;
  const { prefix } = call;
  const bare = { ...call, path: call.path.slice(prefix?.length) };
  const missesOf = ({ conditions }: ListenerRule, of: Call): readonly RuleCondition[] =>
    conditions.filter((condition) => conditionFit(condition, of, from) === 'none');
  for (const rule of forwarding) {
    const misses = missesOf(rule, call);
    const common = commonLength(misses, pathText(call));
    const isNearer =
      nearest === undefined ||
      misses.length < nearest.misses.length ||
      (misses.length === nearest.misses.length && common > nearest.common);
    if (misses.length > 0 && isNearer) nearest = { rule, misses, common };
  }
  if (nearest === undefined) return undefined;

  return {
    call: callText(call),
    method: call.method ?? 'ANY',
    path: pathText(call),
    hosts: call.host?.names,
    rule: listenerRuleText(nearest.rule),
    needs: nearest.misses.map(conditionText),
    fitsWithoutPrefix: prefix !== undefined && forwarding.some((rule) => missesOf(rule, bare).length === 0),
  };
}

function commonLength(misses: readonly RuleCondition[], path: string): number {
  const patterns = misses.flatMap(({ kind, values = [] }) => (kind === 'path' ? values : []));
  const lengths = patterns.map((pattern) => {
    const apart = [...pattern].findIndex((letter, at) => letter.toLowerCase() !== path[at]?.toLowerCase());
    return apart < 0 ? pattern.length : apart;
  });
  return Math.max(0, ...lengths);
}
