import { fail } from '@postern/core/checks';
import { cidrOf, ifCertain, OTHER, pairOf, refusals, type Refusals, textOf, type View } from '@postern/core/overlay';
import { AWS } from '../rows/id-forms.js';
import { RULES } from './facts.js';

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html Priority, PriorityInUse */
const priorities: Refusals = refusals(
  RULES,
  {
    PRIORITY_TWICE: fail(
      `${OTHER} has the priority {priority} on the same listener`,
      '[if isOwn: Give it another priority.|Give one of the two rules another priority.]',
    ),
    PRIORITY_RANGE: fail('{attribute} is {priority}: expected 1 to 50000', 'Write such a priority.'),
  },
  function* ({ view, about, named, others }, say) {
    const priority = view.number('priority');
    if (priority === undefined) return;

    if (!Number.isInteger(priority) || priority < 1 || priority > 50_000)
      yield say.PRIORITY_RANGE(about, { attribute: named('priority'), priority });
    const listener = view.neededRef('listener_arn', AWS.listener);
    const other = others(...RULES).find(
      (one) =>
        ifCertain(() => one.number('priority')) === priority &&
        ifCertain(() => one.ref('listener_arn', AWS.listener)) === listener,
    );
    if (other !== undefined) yield say.PRIORITY_TWICE(about, { priority, ...pairOf({ view }, other) });
  },
);

/** Blocks that a rule has once. */
const ONCE = ['host_header', 'path_pattern', 'http_request_method', 'source_ip'] as const;
const FIELDS = [...ONCE, 'http_header', 'query_string'] as const;

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const MOST = { values: 5, wildcards: 5, characters: 128, header: 40 } as const;
const WILDCARD = /(?<!\\)[*?]/g;

const CODES = {
  CONDITION_TWICE: fail('it has two conditions {field}: a rule has one', 'Write the values in one condition.'),
  CONDITION_VALUES: fail('it has {count} values of conditions: {most} is the most', 'Divide it into several rules.'),
  CONDITION_WILDCARDS: fail('its conditions have {count} wildcards: {most} is the most', 'Use fewer of them.'),
  CONDITION_LENGTH: fail('{value} has more than {most} characters', 'Write a shorter value.'),
  CONDITION_METHOD: fail('{value} is not an HTTP method in capitals', 'Write it in capitals.'),
  CONDITION_SOURCE: fail('{value} is not a block of addresses', 'Write a block in CIDR notation.'),
  CONDITION_HEADER: fail(
    '{name} cannot be the name of a header in a condition: expected up to {most} characters, and another name than Host',
    'Write another header, or a condition host_header.',
  ),
} as const;

/** The values of a condition: those of a query with their keys. */
function valuesOf(view: View, field: string): readonly string[] {
  if (field !== 'query_string') return ifCertain(() => view.texts('values')) ?? [];

  const value = textOf(view, 'value');
  const key = textOf(view, 'key');
  return value === undefined ? [] : [key === undefined ? value : `${key}=${value}`];
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html */
const conditions: Refusals = refusals(RULES, CODES, function* ({ view, about }, say) {
  const blocks = view.blocks('condition');
  const found = FIELDS.flatMap((field) => blocks.flatMap((one) => one.blocks(field).map((own) => ({ field, own }))));
  for (const field of ONCE)
    if (found.filter((one) => one.field === field).length > 1) yield say.CONDITION_TWICE(about, { field });
  const values = found.flatMap(({ field, own }) => valuesOf(own, field).map((value) => ({ field, value })));
  if (values.length > MOST.values) yield say.CONDITION_VALUES(about, { count: values.length, most: MOST.values });
  const count = values.reduce((sum, { value }) => sum + [...value.matchAll(WILDCARD)].length, 0);
  if (count > MOST.wildcards) yield say.CONDITION_WILDCARDS(about, { count, most: MOST.wildcards });
  for (const { field, value } of values) {
    if (field === 'http_request_method') {
      if (!/^[A-Z_-]{1,40}$/.test(value)) yield say.CONDITION_METHOD(about, { value });
      continue;
    }

    if (field === 'source_ip' && cidrOf(value) === undefined && !/^[0-9a-f.:]+$/i.test(value))
      yield say.CONDITION_SOURCE(about, { value });
    if (value.length > MOST.characters) yield say.CONDITION_LENGTH(about, { value, most: MOST.characters });
  }
  for (const { own } of found.filter(({ field }) => field === 'http_header')) {
    const name = textOf(own, 'http_header_name');
    if (name !== undefined && (name.length > MOST.header || /^host$/i.test(name)))
      yield say.CONDITION_HEADER(about, { name, most: MOST.header });
  }
});

export const listenerRuleRefusals: readonly Refusals[] = [priorities, conditions];
