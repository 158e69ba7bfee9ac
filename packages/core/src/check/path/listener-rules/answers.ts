import type {
  Listener,
  ListenerAction,
  ListenerRule,
  LoadBalancer,
  RuleCondition,
} from '../../../do/model/load-balancer.js';
import { HIDDEN_CONSTANT } from '../../../do/snapshot/hide-values.js';
import type { Missing, RegionIndex } from '../../../do/world/views.js';
import { holds, meets, readSpan, type Span } from '../model/span.js';
import { resourceOf, exactly, fitOf, type TextFit, type TextForm } from '../../../ground/text/texts.js';
import { ANY_PATH, type Call } from './calls.js';
import { handOn } from './deciding.js';

/** A possible answer of a listener to calls: the rule that they match, or its default actions. */
export interface RuleAnswer {
  /** Undefined: the default. */
  readonly rule?: ListenerRule | undefined;
  readonly actions: readonly ListenerAction[];
  /** Some calls certainly get it: they match no rule before it. */
  readonly isCertain?: boolean | undefined;
}

/** The rules of a listener that precede its default actions, in order; or why they are unknown. */
export function rulesOf(
  region: RegionIndex,
  { kind, dualStack, id }: Pick<LoadBalancer, 'kind' | 'dualStack' | 'id'>,
  listener: Listener,
): readonly ListenerRule[] | Missing {
  const isClassic = kind === 'classic' && /^HTTPS?$/.test(listener.protocol);
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-rule.html
  const isNetwork = kind === 'network' && dualStack !== false;
  if (kind !== 'application' && !isClassic && !isNetwork) return NONE;

  if (listener.rules !== undefined) return inOrder(listener.rules);
  if (isNetwork && dualStack === undefined) {
    const remedy = 'Take the snapshot again with `postern snapshot`, which reads it.';
    return {
      what: `the IP address type of ${resourceOf(id)}, which decides whether its listeners have rules,`,
      remedy,
    };
  }
  const permission = isClassic ? 'slb:DescribeRules' : 'elasticloadbalancing:DescribeRules';
  return (
    region.missing('listeners', listener.id) ?? {
      what: `the rules of ${resourceOf(listener.id)}`,
      remedy: `Allow ${permission} for these credentials, then take the snapshot again.`,
      permission,
    }
  );
}

const NONE: readonly ListenerRule[] = [];

function inOrder(rules: readonly ListenerRule[]): readonly ListenerRule[] {
  return rules.length < 2 ||
    rules.every(({ priority }, index) => index === 0 || (rules[index - 1]?.priority ?? 0) <= priority)
    ? rules
    : rules.toSorted((a, b) => a.priority - b.priority);
}

/**
 * The possible answers to calls. Of several, each applies to some calls, or it is unknown to which; a single
 * one applies to all. The first rule that all calls match decides, or the default. Rules before it that some
 * calls may match may decide.
 * @param from the addresses that calls come from, as the load balancer sees them; undefined where they are
 *   not known
 */
export function answersTo(
  listener: Listener,
  rules: readonly ListenerRule[],
  call: Call,
  from: readonly Span[] | undefined,
): readonly RuleAnswer[] {
  const answers: RuleAnswer[] = [];
  let isCertain = true;
  for (const rule of rules) {
    const fit = ruleFit(rule, call, from);
    if (fit === 'none') continue;

    answers.push({ rule, actions: rule.actions, isCertain: isCertain && fit === 'all' });
    if (fit === 'all') return answers;

    isCertain &&= rule.conditions.some((condition) => isOfCaller(condition, call));
  }
  if (!isRouter(listener, answers, call)) answers.push({ actions: listener.actions ?? [], isCertain });
  return answers;
}

/**
 * Whether callers decide if a call matches a condition, so that there are calls that do not: a header or a parameter that the gateway
 * writes nothing into, or the method of a route for any.
 */
function isOfCaller({ kind, name }: RuleCondition, { method, route, parameters = {} }: Call): boolean {
  if (kind === 'method') return method === undefined && /^(?:ANY |\$default$)/.test(route ?? '');
  if (kind !== 'header' && kind !== 'query') return false;

  return name !== undefined && !Object.keys(parameters[kind] ?? {}).some((key) => key.toLowerCase().endsWith(name));
}

/** Whether calls that certainly get an answer of several are lost, where that one forwards: an answer of the listener itself may be meant. */
export function losesSome(
  answers: readonly RuleAnswer[],
  isLost: (answer: RuleAnswer) => boolean,
): RuleAnswer | undefined {
  return answers.find((answer) => answer.isCertain === true && handsOn(answer) && isLost(answer));
}

/**
 * Whether rules share out the calls of a route for any path, and the default is a fixed response to paths that no rule names: such
 * an answer is meant, and is none to calls that a rule forwards.
 */
function isRouter({ actions = [] }: Listener, answers: readonly RuleAnswer[], call: Call): boolean {
  const [only, ...others] = actions;
  return (
    only?.kind === 'fixed-response' &&
    others.length === 0 &&
    /\{[^{}]+\+\}$/.test(call.route ?? '') &&
    call.path !== ANY_PATH &&
    answers.some(
      (one) =>
        handsOn(one) &&
        one.rule?.conditions.every(
          ({ kind, values = [], family }) =>
            kind === 'path' && family === undefined && pathFit(values, call.path) === 'some',
        ) === true,
    )
  );
}

/** Whether an answer of a listener forwards calls, without a login. */
export function handsOn({ actions }: RuleAnswer): boolean {
  return handOn(actions);
}

/** Whether a rule matches the source address. */
export function looksAtCaller({ conditions }: ListenerRule): boolean {
  return conditions.some(({ kind }) => kind === 'source');
}

function ruleFit({ conditions }: ListenerRule, call: Call, from: readonly Span[] | undefined): TextFit {
  let fit: TextFit = 'all';
  for (const condition of conditions) {
    const own = conditionFit(condition, call, from);
    if (own === 'none') return 'none';

    if (own === 'some') fit = 'some';
  }
  return fit;
}

/**
 * Whether calls match one condition. `some` where that is unknown: headers and query strings that the gateway does not
 * write, and the host, unless the spec gives it.
 */
export function conditionFit(
  { kind, values, family, name }: RuleCondition,
  call: Call,
  from: readonly Span[] | undefined,
): TextFit {
  if (family !== undefined) {
    const fit = familyFit(family, from);
    if (fit === 'none' || values === undefined) return fit;
  }
  if (values === undefined) return 'some';
  if (kind === 'path') return pathFit(values, call.path);
  if (kind === 'method') return call.method === undefined ? 'some' : values.includes(call.method) ? 'all' : 'none';
  if (kind === 'host') return hostFit(values, call.host?.names);
  if (kind === 'header' || kind === 'query') {
    const text = writtenText(call, kind, name);
    return text === undefined ? 'some' : hostFit(values, [text]);
  }

  return kind === 'source' && from !== undefined ? sourceFit(values, from) : 'some';
}

/**
 * Calls of links are IPv4: CreateVpcLink of neither version has a setting of the family.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/vpclinks.html
 */
function familyFit(family: NonNullable<RuleCondition['family']>, from: readonly Span[] | undefined): TextFit {
  const wanted = family === 'ipv4' ? 4 : 6;
  const families = new Set((from ?? []).map((span) => span.family));
  if (families.size > 1) return families.has(wanted) ? 'some' : 'none';

  return ([...families][0] ?? 4) === wanted ? 'all' : 'none';
}

/**
 * What the gateway writes as a header or a parameter of the query of calls, in lower case. Undefined: it may be what the caller sends.
 * A mapping such as `$request.header.x` is of the caller, too.
 */
function writtenText(
  { parameters = {} }: Call,
  kind: 'header' | 'query',
  name: string | undefined,
): string | undefined {
  const isNamed = ([key]: readonly [string, string]): boolean => key.toLowerCase() === name;
  const text = Object.entries(parameters[kind] ?? {}).find(isNamed)?.[1];
  const native = `${kind === 'header' ? 'header' : 'querystring'}.${name}`;
  // Keys that are no setting, such as `append:header.x`, are as the gateway has them.
  const isChanged = Object.keys(parameters.header ?? {}).some((key) => key.toLowerCase().endsWith(`:${native}`));
  const [, constant] = /^'([^$]*)'$/.exec(text ?? '') ?? [];
  return isChanged || text === HIDDEN_CONSTANT ? undefined : constant?.toLowerCase();
}

/** Hosts are compared case-insensitively. */
function hostFit(patterns: readonly string[], names: readonly string[] | undefined): TextFit {
  if (patterns.includes('*')) return 'all';
  if (names === undefined) return 'some';

  const texts = patterns.map((pattern) => pattern.toLowerCase());
  const fits = names.map((name) => fitOf(exactly(name), texts));
  return fits.every((fit) => fit === fits[0]) ? (fits[0] ?? 'some') : 'some';
}

/** The meaning of `\\` and `&amp;` in a pattern is not documented. */
function pathFit(patterns: readonly string[], path: TextForm): TextFit {
  return patterns.some((pattern) => /[\\&]/.test(pattern)) ? 'some' : fitOf(path, patterns);
}

function sourceFit(blocks: readonly string[], from: readonly Span[]): TextFit {
  const spans = blocks.map(readSpan);
  if (from.length === 0 || spans.includes(undefined)) return 'some';

  const read = spans.flatMap((span) => span ?? []);
  if (from.every((one) => read.some((span) => holds(span, one)))) return 'all';

  return from.some((one) => read.some((span) => meets(span, one))) ? 'some' : 'none';
}
