import { part } from '../../findings/subject.js';
import { isPosternError, type PosternError } from '../../errors.js';
import type { AllowEntry } from '../../model/allowlist.js';
import type { SecurityGroup } from '../../model/network.js';
import { unownedList } from '../../world/resolve/adoption.js';
import { linkEntries } from '../../allowlist/allow-entries.js';
import type { CalledTarget } from '../../allowlist/called-ports.js';
import { withoutOwn } from '../../world/link-choice.js';
import { ineffective, widerRules } from '../../allowlist/wider.js';
import type { CheckInput, LinkView, Missing } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import { allowlistOf } from '../../world/allowlist-of.js';
import { kindOf, unreadOf, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { counted } from '../../text/counted.js';
import { ruleEvidence } from '../../findings/evidence.js';
import { holds, refusedByPlan, unsure } from '../../findings/outcome.js';

/** `link/allowlist`. */
export const linkAllowlist: Check = {
  id: 'link/allowlist',
  title: 'The link can have its allowlist, and no other group of the link allows more',
  severity: 'error',
  about:
    'On AWS the allowlist of a link is a security group that Postern creates with the link, with one rule for each block and range of ' +
    "ports: those that the entry names, or those of the link's targets. A group holds 60 rules of a family. The rules of all groups of a " +
    'link add up: beside a group that keeps its first outgoing rule, which allows everything, an allowlist stops nothing. ' +
    '`postern plan` refuses both, and an allowlist for a link that was adopted by id and has no such group: its groups never change.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
  ],
  *run(input) {
    for (const view of input.links) {
      const { allowlist, owner } = view.spec;
      if (allowlist !== undefined && owner !== 'external') yield* ofList(input, view, allowlist);
    }
  },
};

function* ofList(input: CheckInput, view: LinkView, blocks: readonly string[]): Iterable<Outcome> {
  const { name, link, region, spec } = view;
  const about = aboutLink(view, part('allowlist', 'allowlist'));
  const evidence = [{ kind: 'spec', id: `links.${name}.allowlist`, text: counted(blocks.length, 'block') }];
  const whether = `link ${name} can have its allowlist`;
  const list = link === undefined ? undefined : allowlistOf(region.region, link.id);
  const unlisted =
    link === undefined ? unseen(view) : list === undefined ? region.missing('allowlists', link.id) : undefined;
  if (spec.id !== undefined && link !== undefined && unlisted === undefined && list?.owned !== true) {
    yield refusedByPlan(about, unownedList(link.id), [{ kind: 'link', id: link.id, text: 'no allowlist of ours' }]);
    return;
  }
  if (unlisted !== undefined) {
    // Which of its groups holds the list is not known.
    yield unsure(about, whether, unlisted, { evidence });
    return;
  }
  // Where the list is no security group, groups cannot undo it, and it may be of any length.
  if (kindOf(view) !== 'vpc-link-v2') return;
  const entries = entriesOf(input, view);
  if (entries === undefined) return;
  if ('code' in entries) {
    yield refusedByPlan(about, entries, evidence);
    return;
  }
  const { groups, missing, ids } = othersOf(view);
  const { sure, likely } = entries;
  const seen = groups.length < ids.length ? (list?.wider ?? []) : [];
  const rules = widerRules(groups, sure);
  const error = ineffective(name, rules, seen);
  if (error !== undefined) {
    const shown = rules.slice(0, 10).map(({ group, rule }) => ruleEvidence(group, rule));
    yield refusedByPlan(about, error, shown.length > 0 ? shown : evidence);
    return;
  }
  const unread = missing ?? likely;
  const { unmanaged = [] } = list ?? {};
  const besides =
    unmanaged.length === 0 ? '' : `; its own has rules that Postern does not manage: ${unmanaged.join('; ')}`;
  if (unread !== undefined) yield unsure(about, whether, unread, { evidence });
  else {
    yield holds(input, about, () => ({
      message: `the allowlist of link ${name} needs ${counted(sure.length, 'entry', 'entries')}, and no other group of it allows more${besides}`,
      evidence,
    }));
  }
}

/**
 * What the list has to hold. Where the port of a target is not known the entries are for every port, as wide as they can be: what they do
 * not cover nothing would, and there are no fewer of them; `likely` then says why there may be more.
 * Undefined where the blocks are none, which `cidr/canonical` says.
 */
function entriesOf(
  { integrations }: CheckInput,
  { name, region, spec }: LinkView,
): { readonly sure: readonly AllowEntry[]; readonly likely?: Missing | undefined } | PosternError | undefined {
  const targets = integrations.flatMap((one) => (one.link.name === name ? one.targets : []));
  const open = targets.find(({ unresolved, spec: { ref } }) => unresolved !== undefined && !('port' in ref));
  const called: readonly CalledTarget[] = targets;
  try {
    const sure = linkEntries(spec, called, region.region);
    const remedy = open?.unresolved?.remedy ?? 'Take the snapshot again.';
    return { sure, likely: open && { what: `the port of target ${open.name}`, remedy } };
  } catch (error) {
    if (!isPosternError(error)) throw error;
    return error.code === 'ALLOWLIST_FULL' ? error : undefined;
  }
}

/** The groups of a link beside the one that holds its list, and why there may be others. */
function othersOf(view: LinkView): {
  readonly groups: readonly SecurityGroup[];
  readonly ids: readonly string[];
  readonly missing?: Missing | undefined;
} {
  const { link, region, securityGroupIds } = view;
  const ids = link === undefined ? securityGroupIds : withoutOwn(link, allowlistOf(region.region, link.id));
  const groups: SecurityGroup[] = [];
  let missing = unreadOf(view, 'securityGroups');
  for (const id of ids) {
    const found = region.find('securityGroups', id);
    if (found.is === 'found') groups.push(found.value);
    else if (found.is === 'unknown') missing ??= found.missing;
  }
  return { groups, ids, missing };
}
