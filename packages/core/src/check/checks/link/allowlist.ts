import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { part, aboutLink } from '../../../do/findings/subject.js';
import { isPosternError, type PosternError } from '../../../ground/errors.js';
import type { AllowEntry } from '../../../do/model/allowlist.js';
import { splitQuery } from '../../../do/model/discovered.js';
import type { SecurityGroup } from '../../../do/model/network.js';
import { unownedList } from '../../../do/world/resolve/adoption.js';
import { blocksWithoutPorts, linkEntries } from '../../../do/allowlist/allow-entries.js';
import { calledPorts, ineffective, widerRules } from '../../../do/allowlist/needed-blocks.js';
import { withoutOwn, unreadOf, unseen, allowlistOf } from '../../../do/world/link-facts.js';
import type { CheckInput, LinkView, Missing } from '../../../do/world/views.js';
import { counted } from '../../../ground/text/quantities.js';
import { ruleEvidence } from '../../../do/findings/evidence.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  NOT_OWNED: fail('{message}: `postern plan` refuses it', '{remedy}'),
  GROUP_NOT_READ: unknown('link {link} can have its allowlist'),
  ENTRIES_REFUSED: fail('{message}: `postern plan` refuses it', '{remedy}'),
  PLAN_REFUSES: fail('{message}: `postern plan` refuses it', '{remedy}'),
  OPENS_NOTHING: fail(
    '{blocks:few} of the allowlist of link {link} {blocks?opens:open} nothing: no target of the link is declared, so that the ports are not known',
    'Declare a target of link {link}, or write the ports in links.{link}.allowlist: {entries:few}.',
    'warning',
  ),
  FITS: pass(
    'the allowlist of link {link} needs {sureCount} {sureCount?entry:entries}, and no other security group of the link allows more[; its security group has rules that Postern does not manage: {unmanaged:;}]',
  ),
};

export const linkAllowlist = defineCheck({
  id: 'link/allowlist',
  severity: 'error',
  title: 'The link can have its allowlist, and no other security group of the link allows more',
  about:
    'The allowlist of a link can be a security group that Postern creates with the link. The group has one ' +
    "rule for each block and port range: the ports that the entry names, or those of the link's targets. " +
    'Where neither is declared, the block opens nothing. The number of rules of a group is limited. The rules ' +
    'of all groups of a link add up: if one group keeps its initial outbound rule, which allows all traffic, ' +
    'the allowlist restricts nothing. `postern plan` refuses both cases. It also refuses an allowlist for a ' +
    'link that was adopted by ID and has no such group. The groups of a link never change.',
  codes: CODES,
  *run(input, say) {
    for (const view of input.links) {
      const { allowlist, owner } = view.spec;
      if (allowlist !== undefined && owner !== 'external') yield* ofList(say, input, view, allowlist);
    }
  },
});

function* ofList(
  say: Say<typeof CODES>,
  input: CheckInput,
  view: LinkView,
  blocks: readonly string[],
): Iterable<Outcome> {
  const { name, link, region, spec } = view;
  const about = aboutLink(view, part('allowlist', 'allowlist'));
  const evidence = [{ kind: 'spec', id: `links.${name}.allowlist`, text: counted(blocks.length, 'block') }];
  const list = link === undefined ? undefined : allowlistOf(region, link.id);
  const unlisted =
    link === undefined ? unseen(view) : list === undefined ? region.missing('allowlists', link.id) : undefined;
  if (spec.id !== undefined && link !== undefined && unlisted === undefined && list?.owned !== true) {
    const unowned = unownedList(link);
    yield say.NOT_OWNED(about, { message: unowned.message, remedy: unowned.remedy }, [
      { kind: 'link', id: link.id, text: 'no allowlist of this project' },
    ]);
    return;
  }
  if (unlisted !== undefined) {
    // Which of its groups holds the list is not known.
    yield say.GROUP_NOT_READ(about, { link: name }, unlisted, evidence);
    return;
  }
  // Where the allowlist is not a security group, other groups cannot make it ineffective, and its length is
  // not limited.
  if (view.traits.allowlist !== 'security group') return;

  const entries = entriesOf(input, view);
  if (entries === undefined) return;
  if ('code' in entries) {
    yield say.ENTRIES_REFUSED(about, { message: entries.message, remedy: entries.remedy }, evidence);
    return;
  }

  const portless = blocksWithoutPorts(input.spec, { name, spec, clouds: region.clouds }, {});
  if (portless.length > 0) {
    yield say.OPENS_NOTHING(
      about,
      { link: name, blocks: portless },
      {
        evidence,
        words: { entries: portless.map((block) => `\`{ cidr: ${block}, ports: [443] }\``) },
      },
    );
    return;
  }

  const { groups, missing, ids } = othersOf(view);
  const { sure, likely } = entries;
  const seen = groups.length < ids.length ? (list?.wider ?? []) : [];
  const rules = widerRules(groups, sure);
  const error = ineffective(name, rules, seen);
  if (error !== undefined) {
    const shown = rules.slice(0, 10).map(({ group, rule }) => ruleEvidence(group, rule));
    yield say.PLAN_REFUSES(
      about,
      { message: error.message, remedy: error.remedy },
      shown.length > 0 ? shown : evidence,
    );
    return;
  }

  const unread = missing ?? likely;
  const { unmanaged = [] } = list ?? {};
  if (unread !== undefined) yield say.GROUP_NOT_READ(about, { link: name }, unread, evidence);
  else {
    yield say.FITS(
      about,
      { link: name, sureCount: sure.length, unmanagedCount: unmanaged.length, unmanaged },
      evidence,
    );
  }
}

/**
 * The required entries of the list. Where the port of a target is not known, the entries are for every port
 * and as wide as possible: no other entry covers more, and their number is the minimum; `likely` then gives
 * the reason why there may be more. Undefined where the blocks are invalid, which `cidr/canonical` reports.
 */
function entriesOf(
  { integrations }: CheckInput,
  { name, region, spec }: LinkView,
): { readonly sure: readonly AllowEntry[]; readonly likely?: Missing | undefined } | PosternError | undefined {
  const targets = integrations.flatMap((one) => (one.link.name === name ? one.targets : []));
  const open = targets.find((target) => {
    const called = calledPorts(region.region, target);
    return 'unknown' in called && called.isUnread;
  });
  try {
    const sure = linkEntries(spec, targets, region.region, region.clouds);
    const missing = open?.unresolved ?? region.missing('services', splitQuery(open?.target?.id ?? '')[0]);
    const remedy = missing?.remedy ?? 'Take the snapshot again.';
    return { sure, likely: open && { what: `the port of target ${open.name}`, remedy } };
  } catch (error) {
    if (!isPosternError(error)) throw error;

    return error.code === 'ALLOWLIST_FULL' ? error : undefined;
  }
}

/** The groups of a link besides the one that contains its list, and why there may be others. */
function othersOf(view: LinkView): {
  readonly groups: readonly SecurityGroup[];
  readonly ids: readonly string[];
  readonly missing?: Missing | undefined;
} {
  const { link, region, securityGroupIds } = view;
  const ids = link === undefined ? securityGroupIds : withoutOwn(link, allowlistOf(region, link.id));
  const groups: SecurityGroup[] = [];
  let missing = unreadOf(view, 'securityGroups');
  for (const id of ids) {
    const found = region.find('securityGroups', id);
    if (found.is === 'found') groups.push(found.value);
    else if (found.is === 'unknown') missing ??= found.missing;
  }
  return { groups, ids, missing };
}
