import { part, aboutLink } from '../../../do/findings/subject.js';
import { rangeText } from '../../../do/allowlist/allow-entries.js';
import { conflicts, summarise } from '../../../cidr/conflicts.js';
import { contains, formatPrefix, type Prefix } from '../../../cidr/prefix.js';
import { subnetsOf } from '../../../do/world/subnets-of.js';
import type { LinkView } from '../../../do/world/views.js';
import { allowlistOf, unseen } from '../../../do/world/link-facts.js';
import { readBlock } from '../../path/model/group-set.js';
import { accessibleOf } from './accessible.js';
import { defineCheck } from '../define-check.js';
import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import type { Outcome } from '../../../do/findings/check.js';
import { grouped } from '../../../ground/grouped.js';

const CODES = {
  ALLOWLIST_NOT_READ: unknown('entries of the allowlist of link {link} overlap'),
  ENTRIES_APART: pass('no entry of the allowlist of link {link} is inside another entry'),
  ENTRIES_OVERLAP: fail('entries of the allowlist of link {link} overlap: {first}[; {more} more overlap as well]', [
    'if isInSpec: Remove {shown}[, then the {left} others] from links.{link}.allowlist; these addresses stay reachable.',
    'Remove {shown} with `postern revoke {link} {blocks} --revoke-needed`[, then the {left} others]; these addresses stay reachable.',
  ]),
  ENTRY_IN_SUBNET: fail(
    '{block} is [inside {outer}, ]the block of {around}, which link {link} always reaches',
    'Remove {block} from links.{link}.allowlist; these addresses stay reachable.',
  ),
  SUBNETS_NOT_READ: unknown('entries of the allowlist of link {link} are inside its own subnets'),
};

export const redundant = defineCheck({
  id: 'cidr/redundant',
  severity: 'warning',
  title: 'No entry of the allowlist is inside another entry',
  about:
    'An entry inside another entry has no effect and is misleading: removing it blocks nothing. This check does not compare entries for different ports. It reads the allowlist of the spec, or that on the cloud if the spec has none.',
  codes: CODES,
  *run(input, say) {
    for (const view of input.links) {
      const on = { link: view.name };
      // The allowlist of the spec replaces the one on the cloud.
      const { missing } = view.spec.allowlist === undefined ? accessibleOf(view) : {};
      if (missing !== undefined) yield say.ALLOWLIST_NOT_READ(aboutLink(view), on, missing);
      if (view.spec.allowlist !== undefined && view.traits.allowlist === 'accessible blocks')
        yield* ownSubnets(say, view);
      for (const { name, blocks, fixed, isInSpec } of listsOf(view)) {
        const about = aboutLink(view, name === '' ? undefined : part('allowlist', name));
        // An entry that cannot be removed is not redundant.
        const groups = summarise(conflicts(blocks), {
          nameOf: (prefix) => formatPrefix(prefix),
        }).filter(({ others }) => others.some((index) => index >= fixed));
        const [first] = groups;
        if (first === undefined) {
          const text = blocks.map(formatPrefix).join(', ');
          yield say.ENTRIES_APART(about, on, [{ kind: 'allowlist', id: view.link?.id ?? view.name, text }]);
          continue;
        }

        const conflict = first.sentence;
        const entries = groups.flatMap(({ others }) =>
          others.flatMap((index) => (index < fixed ? [] : (blocks[index] ?? []))),
        );
        const needless = [...new Set(entries.map(formatPrefix))];
        const shown = needless.slice(0, MOST_SHOWN);
        yield say.ENTRIES_OVERLAP(
          about,
          { ...on, conflict, conflicts: groups.length, needless, isInSpec },
          {
            evidence: groups.slice(0, 10).map(({ widest, sentence }) => ({
              kind: 'allowlist entry',
              id: formatPrefix(widest),
              text: sentence,
            })),
            words: {
              first: conflict.replace(/\.$/, ''),
              more: groups.length > 1 && groups.length - 1,
              shown,
              blocks: shown.join(' '),
              left: needless.length > shown.length && needless.length - shown.length,
            },
          },
        );
      }
    }
  },
});

/** As many entries as a remedy names at once. */
const MOST_SHOWN = 10;

interface List {
  readonly name: string;
  readonly blocks: readonly Prefix[];
  /** How many of the first blocks cannot be removed. */
  readonly fixed: number;
  /** Whether the spec lists them. */
  readonly isInSpec: boolean;
}

/** The lists of a link in which entries can be compared: of AWS one for each range of ports. */
function* listsOf(view: LinkView): Iterable<List> {
  const { link, spec, region } = view;
  const all = link === undefined ? [] : (allowlistOf(region, link.id)?.entries ?? []);
  const entries = all.filter(({ securityGroupId }) => securityGroupId === undefined);
  if (spec.allowlist !== undefined) {
    const own = grouped(spec.allowlist, (block) => (spec.allowPorts?.[block] ?? []).map(rangeText).join(', '));
    for (const [ports, texts] of own) {
      const blocks = prefixes(texts);
      if (blocks.length > 0) yield { name: ports, blocks, fixed: 0, isInSpec: true };
    }
    return;
  }

  const byPorts = new Map<string, { fixed: string[]; texts: string[] }>();
  for (const { cidrBlock, protocol, fromPort, toPort, fixed } of entries) {
    const key = protocol === 'all' ? '' : `${protocol} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
    const known = byPorts.get(key) ?? { fixed: [], texts: [] };
    byPorts.set(key, known);
    (fixed === true ? known.fixed : known.texts).push(cidrBlock);
  }
  for (const [ports, { fixed, texts }] of byPorts) {
    const first = prefixes(fixed);
    yield { name: ports, blocks: [...first, ...prefixes(texts)], fixed: first.length, isInSpec: false };
  }
}

function prefixes(texts: readonly string[]): readonly Prefix[] {
  return texts.flatMap((text) => readBlock(text) ?? []);
}

/** Entries of the spec within the blocks of the link's own vSwitches, which it always reaches. */
function* ownSubnets(say: Say<typeof CODES>, view: LinkView): Generator<Outcome> {
  const { link, spec, name, region } = view;
  const { found, missing: unread } = subnetsOf(view);
  const allowlist = link === undefined ? undefined : allowlistOf(region, link.id);
  // The allowlist of an existing link contains them as well.
  const fixed = (allowlist?.entries ?? []).flatMap((entry) =>
    entry.fixed === true && entry.securityGroupId === undefined ? [entry.cidrBlock] : [],
  );
  const own = [
    ...found.map(({ id, cidrBlock }) => ({ id, cidrBlock })),
    ...fixed.map((cidrBlock) => ({ id: 'a subnet of its own', cidrBlock })),
  ].flatMap((one) => prefixes([one.cidrBlock]).map((prefix) => ({ ...one, prefix })));
  const standing = new Set((allowlist?.entries ?? []).map(({ cidrBlock }) => cidrBlock));
  for (const text of spec.allowlist ?? []) {
    const [block] = prefixes([text]);
    const around = block && own.find(({ prefix }) => contains(prefix, block));
    // The block of a vSwitch itself exists in the cloud as long as the instance does, whether or not it is
    // listed.
    if (block === undefined || around === undefined || (standing.has(text) && around.cidrBlock === text)) continue;

    yield say.ENTRY_IN_SUBNET(
      aboutLink(view, part('block', text)),
      { block: text, cidrBlock: around.cidrBlock, around: around.id, link: name },
      {
        evidence: [{ kind: 'allowlist entry', id: text, text: `within ${around.id}` }],
        severity: standing.has(text) ? 'warning' : 'error',
        words: { outer: text !== around.cidrBlock && around.cidrBlock },
      },
    );
  }
  const missing = unseen(view) ?? (fixed.length > 0 ? undefined : unread);
  if (missing !== undefined) yield say.SUBNETS_NOT_READ(aboutLink(view), { link: name }, missing);
}
