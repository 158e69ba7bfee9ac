import type { LinkView, RegionIndex, Say } from '@postern/core/internal/check';
import {
  aboutLink,
  addText,
  allowlistOf,
  blockOwner,
  blockSet,
  defineCheck,
  part,
  readAddress,
  fail,
  pass,
  unknown,
} from '@postern/core/internal/checks';
import { formatPrefix, prefixOf, WIDTH } from '@postern/core/internal/cidr';
import type { PrivateDomain } from '@postern/core/internal/snapshot';
import { groupedPairs } from '@postern/core/internal/kinds';

const CODES = {
  NAMES_NOT_READ: unknown('the private DNS records of link {link} are in its accessible blocks'),
  BLOCKS_NOT_READ: unknown('{name} is in the accessible blocks'),
  INSIDE_BLOCKS: pass('{name} is in the accessible blocks of link {link}'),
  OUTSIDE_BLOCKS: fail('{name} resolves to {outside}, outside the accessible blocks of link {link}', '{owner}'),
};

export const targetPrivateDns = defineCheck({
  id: 'target/private-dns',
  severity: 'error',
  title: 'The addresses of private DNS records are in the accessible blocks',
  about:
    'An integration instance does not query PrivateZone. A backend with an internal domain name needs a private DNS record of the instance. The addresses of the record must be in the accessible blocks of the instance; calls to other addresses fail.',
  sources: ['https://help.aliyun.com/document_detail/2747053.html'],
  codes: CODES,
  *run(input, say) {
    const domains = new Map<RegionIndex, ReadonlyMap<string, readonly PrivateDomain[]>>();
    for (const view of input.links) {
      const { region, link } = view;
      if (link === undefined || view.traits.allowlist !== 'accessible blocks') continue;

      const missing = region.missing('privateDomains');
      if (missing !== undefined) yield say.NAMES_NOT_READ(aboutLink(view), { link: view.name }, missing);
      const byLink = domains.get(region) ?? groupDomains(region.region.privateDomains ?? []);
      domains.set(region, byLink);
      for (const domain of byLink.get(link.id) ?? []) yield* ofDomain(say, view, link.id, domain);
    }
  },
});

function groupDomains(domains: readonly PrivateDomain[]): ReadonlyMap<string, readonly PrivateDomain[]> {
  return groupedPairs(domains.flatMap((domain) => domain.linkIds.map((id) => [id, domain] as const)));
}

function* ofDomain(say: Say<typeof CODES>, view: LinkView, linkId: string, { name, addresses }: PrivateDomain) {
  const about = aboutLink(view, part('private name', name));
  const allowlist = allowlistOf(view.region, linkId);
  const evidence = [{ kind: 'private name', id: name, text: `A ${addresses.join(', ')}` }];
  const missing = view.region.missing('allowlists', linkId);
  if (allowlist === undefined || missing !== undefined) {
    const fact = missing ?? {
      what: `the accessible blocks of ${linkId}`,
      remedy: `Run \`postern egress ${view.name}\` to list them.`,
    };
    yield say.BLOCKS_NOT_READ(about, { name }, fact, evidence);
    return;
  }

  const set = blockSet(allowlist.entries.map(({ cidrBlock }) => cidrBlock));
  const outside = addresses.filter((text) => !isIn(set, text));
  if (outside.length === 0) {
    yield say.INSIDE_BLOCKS(about, { name, link: view.name }, evidence);
    return;
  }

  const needed = outside.flatMap((text) => {
    const address = readAddress(text);
    return address === undefined ? [] : [formatPrefix(prefixOf(address, WIDTH[address.family]))];
  });
  const listed = blockSet(view.spec.allowlist ?? []);
  const isPlanned = view.spec.owner !== 'external' && outside.every((text) => isIn(listed, text));
  yield say.OUTSIDE_BLOCKS(
    about,
    {
      name,
      outside,
      link: view.name,
      owner: blockOwner(view),
      needed,
    },
    {
      mendedBy: isPlanned ? 'apply' : undefined,
      evidence: [
        ...evidence,
        ...allowlist.entries.map(({ cidrBlock }) => ({
          kind: 'accessible block',
          id: cidrBlock,
          text: `of ${linkId}`,
        })),
      ],
      words: { owner: addText(blockOwner(view), needed.join(', ') || 'its block', '; or correct the record') },
    },
  );
}

function isIn(set: ReturnType<typeof blockSet>, text: string): boolean {
  const address = readAddress(text);
  return address !== undefined && set.has(address);
}
