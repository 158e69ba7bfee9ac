import { fail, pass, unknown } from '../../../do/findings/say.js';
import { isAdjustable } from '../../../do/kinds/quota.js';
import type { LinkKind } from '../../../do/model/link.js';
import type { CheckInput, LinkView, RegionIndex } from '../../../do/world/views.js';
import { isNew, mayBeNew, unseen } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/subject.js';
import { defineCheck } from '../define-check.js';
import { quotaMissing } from '../quota.js';

export const linkQuota = defineCheck({
  id: 'link/quota',
  severity: 'error',
  title: 'The quota of links allows one more link',
  about:
    'Links are counted for each account and region, by kind. If the spec declares a link that does not exist, a used-up quota is an error. If all links exist, it is a warning: settings that never change are changed by creating a second link first, and the quota has to allow that link.',
  codes: {
    QUOTA_NOT_READ: unknown('the quota of {what} allows {mayBeNew?this link:a second link that replaces this one}'),
    WITHIN_QUOTA: pass('{left} more {what} can be created in {region} of account {account}'),
    QUOTA_EXCEEDED: fail(
      'there {there?is:are} {there} {links} in {region} of account {account}[if isNew: , the quota is {limit}, and the spec needs {more} more| and the quota is {limit}: a second link to replace {link} cannot be created]',
      'Share a link between integrations, delete an unused one, or request a higher quota ({code}).',
    ),
  },
  *run(input, say) {
    const wanted = countLinks(input, isNew);
    const undecided = countLinks(input, ({ likely }) => likely !== undefined);
    const counts = new Map<RegionIndex, ReadonlyMap<string, number>>();
    for (const view of input.links) {
      const { region, kind } = view;
      const rule = view.traits.quota;
      if (rule === undefined || (view.link === undefined && !isNew(view) && unseen(view) === undefined)) continue;

      const about = aboutLink(view);
      const limit = region.region.quotas?.[rule.name] ?? (isAdjustable(rule) ? undefined : rule.byDefault);
      const counted = counts.get(region) ?? countKinds(region);
      counts.set(region, counted);
      const place = { region: region.region.region, account: region.region.account };
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
        yield say.QUOTA_NOT_READ(about, { what: rule.what, mayBeNew: mayBeNew(view) }, fact, {
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
        yield say.WITHIN_QUOTA(about, { left: limit - there, what: rule.what, ...place }, evidence);
        continue;
      }

      yield say.QUOTA_EXCEEDED(
        about,
        {
          isNew: isNew(view),
          there,
          what: rule.what,
          ...place,
          limit,
          more,
          link: view.name,
          code: rule.code ?? rule.name,
        },
        {
          evidence,
          severity: severityOf(view),
          words: { links: there === 1 ? rule.what.replace('links', 'link') : rule.what },
        },
      );
    }
  },
});

function severityOf(view: LinkView) {
  return mayBeNew(view) ? 'error' : 'warning';
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
    byKind.set(view.kind, (byKind.get(view.kind) ?? 0) + 1);
  }
  return byRegion;
}

/**
 * The number of links of each kind, including failed ones and ones being deleted: they count until they are deleted.
 */
function countKinds({ region }: RegionIndex): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of region.links) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
