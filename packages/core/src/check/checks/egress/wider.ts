import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { part, type About, aboutTarget } from '../../../do/findings/subject.js';
import type { PrefixSet } from '../../../cidr/prefix-set.js';
import { formatPrefix } from '../../../cidr/prefix.js';
import type { SecurityGroup } from '../../../do/model/network.js';
import type { CheckInput, Missing } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { backends, classicTargets } from '../../path/balancers/balancers.js';
import { portRulesOf, type InboundFilter, type PortRule } from '../callers/port-rules.js';
import { reachOf } from '../callers/admission.js';
import { blockSet, readBlock } from '../../path/model/group-set.js';
import { callerNames, type DeclaredCaller } from '../callers/caller-names.js';
import { callersMissing, callersWith, declaredCallers, withCallers } from '../callers/declared-callers.js';
import { isAllProtocols } from '../../../do/words/rule-words.js';
import { ruleEvidence, ruleFacts, type RuleFacts, ruleFactsText } from '../../../do/findings/evidence.js';
import { filterEvidence, inboundFiltersOf } from '../callers/groups-of-target.js';
import type { Source } from '../../path/sources/link-source.js';
import { liveCallsMissing } from '../callers/live-targets.js';
import { admitsSource, listSource, liveSource } from '../callers/live-source.js';
import { defineCheck } from '../define-check.js';
import { callersText } from './clauses.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  RULES_WIDER: fail(
    '{group} allows more than link {link} needs: {rules:;}',
    '[First read {unread}: callers that are not known may need a rule. Then narrow|Narrow] {wide?this rule:these rules} of {group} to {only}.',
  ),
  RULES_NOT_READ: unknown('the backend allows more than link {link} needs'),
  RULES_NARROW: pass('no rule that allows link {link} is wider than needed'),
  LIST_NOT_READ: unknown(
    "[the access control list {ids} of {balancer}|the backend's own allowlist] allows more than the link needs",
  ),
  LIST_WIDER: fail(
    "[the access control list {ids} of {balancer}|the backend's own allowlist] allows {more}, but the link calls only from {blocks:and}; not needed are, for example, {beside}",
    ['Allow only {blocks:and} at the backend, then write the same under {admits}.', 'Keep only {blocks:and} in {ids}.'],
  ),
  LIST_NARROW: pass(
    "[the access control list {ids} of {balancer}|the backend's own allowlist] allows no more than the link needs",
  ),
};

export const egressWider = defineCheck({
  id: 'egress/wider',
  severity: 'warning',
  title: "The backend's own allowlist allows no more than the link needs",
  about:
    'The check fails for an entry that allows the link and more: a block wider than those that the link calls ' +
    "from, or more ports than the target's. It reads the rules of the backend's security groups, the access " +
    'control list of a load balancer, and `admits` of the spec. If other callers need the entry as well, add ' +
    'it to `ignore`.',
  codes: CODES,
  *run(input, say) {
    for (const backed of backends(input)) {
      const { integration, target, about, backend } = backed;
      const { link } = integration;
      if (link.traits.callsFrom === 'load balancer') continue;

      const on = { link: link.name };
      const source = liveSource(input, backed);
      const { admits } = target.spec;
      if (admits !== undefined) {
        const place = `integrations.${integration.name}.targets.${target.name}.admits`;
        const evidence = [{ kind: 'spec', id: place, text: admits.join(', ') }];
        const callers = admitsSource(input, backed);
        const about = aboutTarget(integration, target, part('admits', 'admits'));
        yield* ofBlocks(say, about, callers, admits, { list: { admits: place }, evidence });
      }
      if (backend.kind === 'address' && admits !== undefined) continue;

      const { filters, missing } = inboundFiltersOf(input, integration, target, backend);
      if (filters.length === 0 && missing === undefined) continue;

      const wide: RuleFacts[] = [];
      const evidence: Evidence[] = [];
      let unread: Missing | undefined = missing ?? source.missing;
      let place: { readonly group: SecurityGroup; readonly filter: InboundFilter } | undefined;
      let hidden: Missing | undefined;
      for (const filter of filters) {
        const entrance = portRulesOf(filter);
        unread ??= entrance.missing;
        for (const rule of entrance.rules) {
          const callers = (): readonly DeclaredCaller[] =>
            declaredCallers(input, filter.region, rule.group.id, rule.rule);
          const how = wider(rule, filter.port, source, callers);
          if (how === undefined) continue;

          const unseen = how === true ? (source.missing ?? callersMissing(input, filter.region)) : undefined;
          if (typeof how === 'object') unread ??= how;
          // A rule for all addresses is wider than any caller needs; any other rule may be for a caller that was not read.
          else if (unseen !== undefined && rule.blocks?.some(({ bits }) => bits === 0) !== true) unread ??= unseen;
          else {
            place ??= { group: rule.group, filter };
            hidden ??= unseen ?? liveCallsMissing(input, filter.region);
            wide.push(ruleFacts(rule.group, rule.rule));
            evidence.push(ruleEvidence(rule.group, rule.rule));
          }
        }
      }
      if (place !== undefined) {
        const { group, filter } = place;
        const names = callerNames(link, source, { groups: [group], byBlocks: filter.byBlocks });
        const only = callersWith({ port: filter.port, names }, input, filter.region, group.id);
        yield say.RULES_WIDER(
          about,
          { group: group.id, ...on, wide, unread: hidden?.what, ...only },
          {
            evidence,
            words: { rules: wide.map(ruleFactsText), only: callersText(only.caller, only.callers) },
          },
        );
      } else if (unread !== undefined) yield say.RULES_NOT_READ(about, on, unread);
      else yield say.RULES_NARROW(about, on, filters.map(filterEvidence));
    }
    yield* ofAccessLists(say, input);
  },
});

/**
 * Whether a rule allows the link, and more than the spec declares: by its blocks or by its ports. A missing fact where
 * that cannot be determined. Other declared links and load balancers that call the same group do not count as more.
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
  if (isGroup && rule.fromPort === rule.toPort && rule.fromPort >= 0 && !isAllProtocols(rule.protocol))
    return undefined;

  const within = callers();
  const morePorts =
    isAllProtocols(rule.protocol) || rule.fromPort < 0 || rule.toPort - rule.fromPort >= portsOf(port, within, source);
  if (isGroup) return morePorts ? true : undefined;
  if (rule.portListId === undefined && morePorts) return true;
  if (blocks !== undefined && reach?.more === true && reachOf(blocks, withCallers(source, within)).more) return true;

  return missing;
}

/** The number of ports that the spec declares for a link: of all callers, those with calls of the same link. */
function portsOf(port: number, callers: readonly DeclaredCaller[], source: Source): number {
  const own = callers.filter(({ groupIds, prefixes }) =>
    groupIds.length > 0
      ? groupIds.some((id) => source.groupIds.includes(id))
      : prefixes.length > 0 && prefixes.every((one) => source.set().has(one)),
  );
  return new Set([port, ...own.map((one) => one.port)]).size;
}

/** The access control lists of CLB instances. */
function* ofAccessLists(say: Say<typeof CODES>, input: CheckInput): Iterable<Outcome> {
  for (const balanced of classicTargets(input)) {
    const { about, backend, balancer } = balanced;
    const listener = backend.listener;
    if (listener.is !== 'found') continue;

    const { accessControl, id } = listener.value;
    if (accessControl?.kind !== 'allow' || accessControl.cidrBlocks === undefined) continue;
    if (accessControl.cidrBlocks.length === 0) continue;

    const lists = accessControl.ids;
    const source = listSource(input, balanced, listener.value);
    yield* ofBlocks(say, about, source, accessControl.cidrBlocks, {
      list: { ids: lists, balancer: balancer.id },
      evidence: [
        { kind: 'access control list', id: lists.join(', ') || id, text: accessControl.cidrBlocks.join(', ') },
      ],
    });
  }
}

function* ofBlocks(
  say: Say<typeof CODES>,
  about: About,
  source: Source,
  cidrBlocks: readonly string[],
  { list, evidence }: { readonly list: BlockList; readonly evidence: readonly Evidence[] },
): Iterable<Outcome> {
  const words = { admits: undefined, ids: undefined, balancer: undefined, ...list };
  if (source.missing !== undefined) {
    yield say.LIST_NOT_READ(about, { list }, source.missing, { evidence, words });
    return;
  }

  const more = cidrBlocks.filter((text) => isWider(text, source.set()));
  if (more.length === 0) {
    yield say.LIST_NARROW(about, { list }, { evidence, words });
    return;
  }

  const blocks = source.blocks.map(({ text }) => text);
  const beside = blockSet(more).subtract(source.set()).prefixes().slice(0, 3).map(formatPrefix);
  yield say.LIST_WIDER(about, { list, more, blocks, beside }, { evidence, words });
}

function isWider(text: string, needed: PrefixSet): boolean {
  const block = readBlock(text);
  return block !== undefined && !needed.has(block);
}

/** A list of blocks: the one that a spec gives at a place, or the access control lists of a load balancer. */
type BlockList = { readonly admits: string } | { readonly ids: readonly string[]; readonly balancer: string };
