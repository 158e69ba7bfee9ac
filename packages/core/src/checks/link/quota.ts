import { LINK_TRAITS } from '../../kinds/link/link-table.js';
import type { Quota } from '../../kinds/quota.js';
import type { LinkKind } from '../../model/link.js';
import { stating, type Judgement } from '../../findings/statement.js';
import type { linkQuotaWords } from './words/quota.words.js';
import type { CheckInput, LinkView, RegionIndex } from '../../world/views.js';
import { isNew, kindOf, mayBeNew, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';

const { fails, holds, unsure } = stating<(typeof linkQuotaWords)['says']>();

/** `link/quota`. */
export const linkQuota: Judgement = {
  id: 'link/quota',
  severity: 'error',
  *run(input) {
    const wanted = countLinks(input, isNew);
    const undecided = countLinks(input, ({ likely }) => likely !== undefined);
    const counts = new Map<RegionIndex, ReadonlyMap<string, number>>();
    for (const view of input.links) {
      const { region } = view;
      const kind = kindOf(view);
      const rule = LINK_TRAITS[kind].quota;
      if (rule === undefined || (view.link === undefined && !isNew(view) && unseen(view) === undefined)) continue;
      const about = aboutLink(view);
      const limit = region.region.quotas?.[rule.name];
      const counted = counts.get(region) ?? countKinds(region);
      counts.set(region, counted);
      const there = counted.get(kind) ?? 0;
      const more = wanted.get(region)?.get(kind) ?? 0;
      // If it is not known whether links of this project are kept or replaced, a quota for one replacement
      // each is enough.
      const open = undecided.get(region)?.get(kind) ?? 0;
      const isEnough = view.likely !== undefined && limit !== undefined && there + more + open <= limit;
      const missing =
        (isEnough ? undefined : unseen(view)) ??
        region.missing('links') ??
        (limit === undefined ? quotaMissing(region, rule) : undefined);
      if (missing !== undefined || limit === undefined) {
        const fact = missing ?? quotaMissing(region, rule);
        yield unsure(about, 'QUOTA_NOT_READ', { what: rule.what, mayBeNew: mayBeNew(view) }, fact, {
          severity: severityOf(view),
        });
        continue;
      }
      const evidence = [
        {
          kind: 'quota',
          id: rule.code ?? rule.name,
          text: `${there} of ${limit} ${rule.what}${more === 0 ? '' : `, ${more} to be created`}`,
        },
      ];
      if (isNew(view) ? there + more <= limit : isEnough || there + more < limit) {
        yield holds(input, about, 'WITHIN_QUOTA', () => ({
          params: {
            left: limit - there,
            what: rule.what,
            region: region.region.region,
            account: region.region.account,
          },
          evidence,
        }));
        continue;
      }
      yield fails(about, 'QUOTA_EXCEEDED', {
        params: {
          isNew: isNew(view),
          there,
          what: rule.what,
          region: region.region.region,
          account: region.region.account,
          limit,
          more,
          link: view.name,
          code: rule.code ?? rule.name,
        },
        evidence,
        severity: severityOf(view),
      });
    }
  },
};

function severityOf(view: LinkView) {
  return mayBeNew(view) ? 'error' : 'warning';
}

function quotaMissing(region: RegionIndex, { name, what, code }: Quota) {
  const gap = region.missing('quotas', name) ?? region.missing('quotas');
  if (gap?.failed === true) return gap;
  return {
    what: `the quota of ${what} in ${region.region.region}`,
    remedy: `Allow servicequotas:ListServiceQuotas for these credentials, or look ${code} up in the console of Service Quotas.`,
    permission: 'servicequotas:ListServiceQuotas',
  };
}

/** How many links of the spec pass a test in each place, by kind: each kind has a quota of its own. */
function countLinks(
  { links }: CheckInput,
  counts: (view: LinkView) => boolean,
): ReadonlyMap<RegionIndex, ReadonlyMap<LinkKind, number>> {
  const byRegion = new Map<RegionIndex, Map<LinkKind, number>>();
  for (const view of links) {
    if (!counts(view)) continue;
    const byKind = byRegion.get(view.region) ?? new Map<LinkKind, number>();
    byRegion.set(view.region, byKind);
    const kind = kindOf(view);
    byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
  }
  return byRegion;
}

/**
 * The number of links of each kind, including failed ones and ones being deleted: they count until they are
 * deleted.
 */
function countKinds({ region }: RegionIndex): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of region.links) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
