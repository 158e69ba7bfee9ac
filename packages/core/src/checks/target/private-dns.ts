import { stating, type Judgement } from '../../findings/statement.js';
import type { targetPrivateDnsWords } from './words/private-dns.words.js';
import { part } from '../../findings/subject.js';
import { blockOwner } from '../cidr/accessible.js';
import { formatPrefix, prefixOf } from '../../cidr/prefix.js';
import { WIDTH } from '../../cidr/read-address.js';
import type { PrivateDomain } from '../../snapshot/snapshot.js';
import type { CheckInput, LinkView, RegionIndex } from '../../world/views.js';
import { allowlistOf } from '../../world/allowlist-of.js';
import { kindTraitsOf } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { blockSet, readHost } from '../../network/block-set.js';

const { fails, holds, unsure } = stating<(typeof targetPrivateDnsWords)['says']>();

/** `target/private-dns`. */
export const targetPrivateDns: Judgement = {
  id: 'target/private-dns',
  severity: 'error',
  *run(input) {
    const domains = new Map<RegionIndex, ReadonlyMap<string, readonly PrivateDomain[]>>();
    for (const view of input.links) {
      const { region, link } = view;
      if (link === undefined || kindTraitsOf(view).allowlist !== 'accessible blocks') continue;
      const missing = region.missing('privateDomains');
      if (missing !== undefined) yield unsure(aboutLink(view), 'NAMES_NOT_READ', { link: view.name }, missing);
      const byLink = domains.get(region) ?? groupDomains(region.region.privateDomains ?? []);
      domains.set(region, byLink);
      for (const domain of byLink.get(link.id) ?? []) yield* ofDomain(input, view, link.id, domain);
    }
  },
};

function groupDomains(domains: readonly PrivateDomain[]): ReadonlyMap<string, readonly PrivateDomain[]> {
  const byLink = new Map<string, PrivateDomain[]>();
  for (const domain of domains) {
    for (const id of domain.linkIds) {
      const known = byLink.get(id);
      if (known === undefined) byLink.set(id, [domain]);
      else known.push(domain);
    }
  }
  return byLink;
}

function* ofDomain(input: CheckInput, view: LinkView, linkId: string, { name, addresses }: PrivateDomain) {
  const about = aboutLink(view, part('private name', name));
  const allowlist = allowlistOf(view.region, linkId);
  const evidence = [{ kind: 'private name', id: name, text: `A ${addresses.join(', ')}` }];
  const missing = view.region.missing('allowlists', linkId);
  if (allowlist === undefined || missing !== undefined) {
    const fact = missing ?? {
      what: `the accessible blocks of ${linkId}`,
      remedy: `Run \`postern egress ${view.name}\` to list them.`,
    };
    yield unsure(about, 'BLOCKS_NOT_READ', { name }, fact, { evidence });
    return;
  }
  const set = blockSet(allowlist.entries.map(({ cidrBlock }) => cidrBlock));
  const outside = addresses.filter((text) => !isIn(set, text));
  if (outside.length === 0) {
    yield holds(input, about, 'INSIDE_BLOCKS', () => ({ params: { name, link: view.name }, evidence }));
    return;
  }
  const needed = outside.flatMap((text) => {
    const address = readHost(text);
    return address === undefined ? [] : [formatPrefix(prefixOf(address, WIDTH[address.family]))];
  });
  const listed = blockSet(view.spec.allowlist ?? []);
  const isPlanned = view.spec.owner !== 'external' && outside.every((text) => isIn(listed, text));
  yield fails(about, 'OUTSIDE_BLOCKS', {
    mendedBy: isPlanned ? 'apply' : undefined,
    params: {
      name,
      outside,
      link: view.name,
      owner: blockOwner(view),
      needed,
    },
    evidence: [
      ...evidence,
      ...allowlist.entries.map(({ cidrBlock }) => ({ kind: 'accessible block', id: cidrBlock, text: `of ${linkId}` })),
    ],
  });
}

function isIn(set: ReturnType<typeof blockSet>, text: string): boolean {
  const address = readHost(text);
  return address !== undefined && set.has(address);
}
