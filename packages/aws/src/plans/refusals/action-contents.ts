import { fail, undecided } from '@postern/core/checks';
import { blockOf, ifCertain, isWithin, refusals, type Refusals, type View } from '@postern/core/overlay';
import { AWS } from '../rows/id-forms.js';
import { LISTENERS, RULES } from './facts.js';

/** The contents of an action: what it answers with, where it leads, and in which parts. */
const CONTENT_CODES = {
  GROUP_TWICE: fail('an action forwards to {group} twice', 'Name each target group once.'),
  WEIGHT_RANGE: fail('the weight of {group} is {weight}: expected {least} to {most}', 'Write such a weight.'),
  TOO_MANY_GROUPS: fail('an action forwards to {count} target groups: {most} is the most', 'Remove some of them.'),
  REDIRECT_LOOP: fail(
    'a redirect changes neither protocol, host, port nor path: it would lead to itself',
    'Change one of them.',
  ),
  REDIRECT_PORT: fail('the port of a redirect is {port}: expected 1 to 65535', 'Write such a port.'),
  REDIRECT_PATH: fail('the path of a redirect is {path}: expected a slash first', 'Write /{path}.'),
} as const;

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html */
const WEIGHTS = { least: 0, most: 999 } as const;
/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html Target groups per action */
const MOST_GROUPS = 5;
/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html */
const CONTENT_TYPES = ['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json'];

const contents: Refusals = refusals([...LISTENERS, ...RULES], CONTENT_CODES, function* ({ view, about }, say) {
  for (const action of view.blocks(blockOfActions(view))) {
    const tuples = ifCertain(() => action.blocks('forward').flatMap((one) => one.blocks('target_group'))) ?? [];
    const groups = tuples.map((one) => ifCertain(() => one.ref('arn', AWS.targetGroup)) ?? writtenGroup(tuples, one));
    const twice = groups.find((one, at) => one !== undefined && groups.indexOf(one) < at);
    if (twice !== undefined) yield say.GROUP_TWICE(about, { group: twice });
    if (tuples.length > MOST_GROUPS) yield say.TOO_MANY_GROUPS(about, { count: tuples.length, most: MOST_GROUPS });
    for (const [at, one] of tuples.entries()) {
      const weight = ifCertain(() => one.number('weight'));
      if (weight !== undefined && !isWithin(weight, WEIGHTS.least, WEIGHTS.most))
        yield say.WEIGHT_RANGE(about, { group: groups[at] ?? 'a target group', weight, ...WEIGHTS });
    }
    const redirect = blockOf(action, 'redirect');
    if (redirect === undefined) continue;

    const part = (name: string, kept: string): string => redirect.text(name) ?? kept;
    const port = part('port', '#{port}');
    const path = part('path', '/#{path}');
    if (port !== '#{port}' && !(/^\d+$/.test(port) && isWithin(Number(port), 1, 65_535)))
      yield say.REDIRECT_PORT(about, { port });
    if (!path.startsWith('/')) yield say.REDIRECT_PATH(about, { path });
    const isSame = part('protocol', '#{protocol}') === '#{protocol}' && part('host', '#{host}') === '#{host}';
    if (isSame && port === '#{port}' && path === '/#{path}') yield say.REDIRECT_LOOP(about, {});
  }
});

/**
 * The group that a block of the configuration names. Which block of the plan it is does not matter where none of their groups is known.
 */
function writtenGroup(all: readonly View[], { instance, path, lookup }: View): string | undefined {
  if (!all.every((one) => one.isUnknown('arn'))) return undefined;

  const own = [...path, 'arn'];
  const { values, reasons } = lookup.references.candidates(instance, own, AWS.targetGroup, own);
  return reasons.length === 0 && values.length === 1 ? values[0] : undefined;
}

function blockOfActions({ instance }: View): string {
  return (RULES as readonly string[]).includes(instance.type) ? 'action' : 'default_action';
}

const answers: Refusals = refusals(
  [...LISTENERS, ...RULES],
  {
    CONTENT_TYPE: undecided(
      'the content type of a fixed response is {type}, which is not known to this version: AWS may refuse it',
      'Write {allowed:or}.',
    ),
  },
  function* ({ view, about }, say) {
    for (const action of view.blocks(blockOfActions(view))) {
      const type = ifCertain(() => blockOf(action, 'fixed_response')?.text('content_type'));
      if (type !== undefined && !CONTENT_TYPES.includes(type))
        yield say.CONTENT_TYPE(about, { type, allowed: CONTENT_TYPES }, undefined);
    }
  },
);

export const contentRefusals: readonly Refusals[] = [contents, answers];
