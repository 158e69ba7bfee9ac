import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { BlockList, egressWiderWords } from './words/wider.words.js';
import { part, type About } from '../../findings/subject.js';
import type { PrefixSet } from '../../cidr/prefix-set.js';
import { formatPrefix } from '../../cidr/prefix.js';
import type { SecurityGroup } from '../../model/network.js';
import type { CheckInput, Missing } from '../../world/views.js';
import type { Evidence } from '../../findings/finding.js';
import { backends, classicTargets } from '../../network/balancers/balancers.js';
import { admitsSource, listSource } from '../callers/list-source.js';
import { kindTraitsOf } from '../../world/link-facts.js';
import { aboutTarget } from '../../findings/about.js';
import { entranceOf, reachOf, type Guard, type PortRule } from '../callers/admission.js';
import { blockSet, readBlock } from '../../network/block-set.js';
import { callerNames } from '../callers/caller-names.js';
import { callersWith, declaredCallers, withCallers, type DeclaredCaller } from '../callers/declared-callers.js';
import { isEverything, ruleEvidence, ruleFacts, type RuleFacts } from '../../findings/evidence.js';
import { guardEvidence, guardsOf } from '../callers/guards.js';
import { sourceOf, type Source } from '../../network/sources/link-source.js';

const { fails, holds, unsure } = stating<(typeof egressWiderWords)['says']>();

/** `egress/wider`. */
export const egressWider: Judgement = {
  id: 'egress/wider',
  severity: 'warning',
  run(input) {
    const said: Statement[] = [];
    for (const { integration, target, about, backend } of backends(input)) {
      const { link } = integration;
      if (kindTraitsOf(link).callsFrom === 'load balancer') continue;
      const source = sourceOf(link);
      const { admits } = target.spec;
      if (admits !== undefined) {
        const place = `integrations.${integration.name}.targets.${target.name}.admits`;
        const evidence = [{ kind: 'spec', id: place, text: admits.join(', ') }];
        const callers = admitsSource(input, link, backend);
        said.push(
          ...ofBlocks(input, aboutTarget(integration, target, part('admits', 'admits')), callers, admits, {
            list: { admits: place },
            evidence,
          }),
        );
      }
      if (backend.kind === 'address' && admits !== undefined) continue;
      const { guards, missing } = guardsOf(input, integration, target, backend);
      if (guards.length === 0 && missing === undefined) continue;
      const wide: RuleFacts[] = [];
      const evidence: Evidence[] = [];
      let unread: Missing | undefined = missing ?? source.missing;
      let place: { readonly group: SecurityGroup; readonly guard: Guard } | undefined;
      for (let which = 0; which < guards.length; which += 1) {
        const guard = guards[which] as Guard;
        const entrance = entranceOf(guard);
        unread ??= entrance.missing;
        for (let at = 0; at < entrance.rules.length; at += 1) {
          const rule = entrance.rules[at] as PortRule;
          const callers = (): readonly DeclaredCaller[] =>
            declaredCallers(input, guard.region, rule.group.id, rule.rule);
          const how = wider(rule, guard.port, source, callers);
          if (how === undefined) continue;
          if (typeof how === 'object') unread ??= how;
          else {
            place ??= { group: rule.group, guard };
            wide.push(ruleFacts(rule.group, rule.rule));
            evidence.push(ruleEvidence(rule.group, rule.rule));
          }
        }
      }
      if (place !== undefined) {
        const { group, guard } = place;
        const names = callerNames(link, source, { groups: [group], byBlocks: guard.byBlocks });
        said.push(
          fails(about, 'RULES_WIDER', {
            params: {
              group: group.id,
              link: link.name,
              wide,
              ...callersWith({ port: guard.port, names }, input, guard.region, group.id),
            },
            evidence,
          }),
        );
      } else if (unread !== undefined) {
        said.push(unsure(about, 'RULES_NOT_READ', { link: link.name }, unread));
      } else {
        said.push(
          holds(input, about, 'RULES_NARROW', () => ({
            params: { link: link.name },
            evidence: guards.map(guardEvidence),
          })),
        );
      }
    }
    for (const one of ofAccessLists(input)) said.push(one);
    return said;
  },
};

/**
 * Whether a rule allows the link, and more than the spec declares: by its blocks or by its ports. A missing
 * fact where that cannot be determined. Other declared links and load balancers that call the same group do
 * not count as more.
 */
function wider(
  { rule, blocks, missing }: PortRule,
  port: number,
  source: Source,
  callers: () => readonly DeclaredCaller[],
): true | Missing | undefined {
  if (rule.action === 'drop') return undefined;
  // How much of its peer such a rule allows is not determined here.
  if (rule.narrowed !== undefined) return missing;
  const isGroup = rule.securityGroupId !== undefined;
  if (!isGroup && blocks === undefined) return missing;
  const reach = isGroup || blocks === undefined ? undefined : reachOf(blocks, source);
  if (isGroup ? !source.groupIds.includes(rule.securityGroupId) : reach?.meets !== true) return undefined;
  // One port is never more than the target's.
  if (isGroup && rule.fromPort === rule.toPort && rule.fromPort >= 0 && !isEverything(rule)) return undefined;
  const within = callers();
  const morePorts =
    isEverything(rule) || rule.fromPort < 0 || rule.toPort - rule.fromPort >= portsOf(port, within, source);
  if (isGroup) return morePorts ? true : undefined;
  if (rule.portListId === undefined && morePorts) return true;
  if (blocks !== undefined && reach?.more === true && reachOf(blocks, withCallers(source, within)).more) return true;
  return missing;
}

/**
 * The number of ports that the spec declares for a link: of all callers, those with calls of the same link.
 */
function portsOf(port: number, callers: readonly DeclaredCaller[], source: Source): number {
  const own = callers.filter(({ groupIds, prefixes }) =>
    groupIds.length > 0
      ? groupIds.some((id) => source.groupIds.includes(id))
      : prefixes.length > 0 && prefixes.every((one) => source.set().has(one)),
  );
  return new Set([port, ...own.map((one) => one.port)]).size;
}

/** The access control lists of CLB instances. */
function* ofAccessLists(input: CheckInput): Iterable<Statement> {
  for (const { integration, about, backend, balancer } of classicTargets(input)) {
    const listener = backend.listener;
    if (listener.is !== 'found') continue;
    const { accessControl, id } = listener.value;
    if (accessControl?.kind !== 'allow' || accessControl.cidrBlocks === undefined) continue;
    if (accessControl.cidrBlocks.length === 0) continue;
    const lists = accessControl.ids;
    const source = listSource(input, integration.link, listener.value);
    yield* ofBlocks(input, about, source, accessControl.cidrBlocks, {
      list: { ids: lists, balancer: balancer.id },
      evidence: [
        { kind: 'access control list', id: lists.join(', ') || id, text: accessControl.cidrBlocks.join(', ') },
      ],
    });
  }
}

function* ofBlocks(
  input: CheckInput,
  about: About,
  source: Source,
  cidrBlocks: readonly string[],
  { list, evidence }: { readonly list: BlockList; readonly evidence: readonly Evidence[] },
): Iterable<Statement> {
  if (source.missing !== undefined) {
    yield unsure(about, 'LIST_NOT_READ', { list }, source.missing, { evidence });
    return;
  }
  const more = cidrBlocks.filter((text) => isWider(text, source.set()));
  if (more.length > 0) {
    yield fails(about, 'LIST_WIDER', {
      params: {
        list,
        more,
        blocks: source.blocks.map(({ text }) => text),
        beside: blockSet(more).difference(source.set()).prefixes().slice(0, 3).map(formatPrefix),
      },
      evidence,
    });
  } else yield holds(input, about, 'LIST_NARROW', () => ({ params: { list }, evidence }));
}

function isWider(text: string, needed: PrefixSet): boolean {
  const block = readBlock(text);
  return block !== undefined && !needed.has(block);
}
