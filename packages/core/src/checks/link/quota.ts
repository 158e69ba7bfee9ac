import type { CheckInput, LinkView, RegionIndex } from '../../world/views.js';
import type { Check } from '../../findings/check.js';
import { isNew, kindOf, mayBeNew, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { fails, holds, unsure } from '../../findings/outcome.js';

/** The kinds of link that are counted, with the adapter's name of the quota. */
const QUOTAS: Readonly<Record<string, { readonly quota: string; readonly what: string; readonly code: string }>> = {
  'vpc-link-v2': { quota: 'vpc-links', what: 'VPC links V2', code: 'L-608BDCD4' },
  'vpc-link-v1': { quota: 'vpc-links-v1', what: 'VPC links V1', code: 'L-A4C7274F' },
};

/** `link/quota`. */
export const linkQuota: Check = {
  id: 'link/quota',
  title: 'The quota of links leaves room for one more',
  severity: 'error',
  about:
    'Links are counted for each account and region (10 VPC links V2, 20 VPC links V1 unless raised), and one too many is refused: "There ' +
    'are too many Vpc Links defined for this account". Where the spec wants a link that is not there, a used-up quota is an error. ' +
    'Where all links are there, it is a warning: what can never be changed about a link is changed by making a second one first, and ' +
    'for that one link has to be spare. The quota of Alibaba Cloud is not published, and not checked.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    'https://github.com/hashicorp/terraform-provider-aws/issues/40500',
  ],
  *run(input) {
    const wanted = countNew(input);
    const counts = new Map<RegionIndex, ReadonlyMap<string, number>>();
    for (const view of input.links) {
      const { region } = view;
      const kind = kindOf(view);
      const rule = QUOTAS[kind];
      if (rule === undefined || (view.link === undefined && !isNew(view) && unseen(view) === undefined)) continue;
      const about = aboutLink(view);
      const limit = region.region.quotas?.[rule.quota];
      const counted = counts.get(region) ?? countKinds(region);
      counts.set(region, counted);
      const there = counted.get(kind) ?? 0;
      const more = wanted.get(region) ?? 0;
      // Where it is not known whether links of ours stay or are replaced, room for one in the place of each is enough.
      const open = input.links.filter((one) => one.region === region && one.likely !== undefined).length;
      const isEnough = view.likely !== undefined && limit !== undefined && there + more + open <= limit;
      const missing =
        (isEnough ? undefined : unseen(view)) ??
        region.missing('links') ??
        (limit === undefined ? quotaMissing(region, rule) : undefined);
      if (missing !== undefined || limit === undefined) {
        const fact = missing ?? quotaMissing(region, rule);
        const room = mayBeNew(view) ? 'for this link' : 'for a second link that replaces this one';
        yield unsure(about, `the quota of ${rule.what} leaves room ${room}`, fact, { severity: severityOf(view) });
        continue;
      }
      const evidence = [
        {
          kind: 'quota',
          id: rule.code,
          text: `${there} of ${limit} ${rule.what}${more === 0 ? '' : `, ${more} to be made`}`,
        },
      ];
      const place = `${region.region.region} of account ${region.region.account}`;
      if (isNew(view) ? there + more <= limit : isEnough || there + more < limit) {
        yield holds(input, about, () => ({
          message: `${limit - there} ${rule.what} can still be made in ${place}`,
          evidence,
        }));
        continue;
      }
      yield fails(about, {
        message: isNew(view)
          ? `there ${thereText(there, rule.what)} in ${place}, the quota is ${limit}, and the spec wants ${more} more`
          : `there ${thereText(there, rule.what)} in ${place} and the quota is ${limit}: no second link could replace ${view.name}`,
        evidence,
        remedy: `Share a link between integrations, delete one that nobody uses, or ask for a higher quota (${rule.code}).`,
        severity: severityOf(view),
      });
    }
  },
};

/** `are 3 VPC links V2`. */
function thereText(count: number, what: string): string {
  return count === 1 ? `is 1 ${what.replace('links', 'link')}` : `are ${count} ${what}`;
}

function severityOf(view: LinkView) {
  return mayBeNew(view) ? 'error' : 'warning';
}

function quotaMissing(region: RegionIndex, { quota, what, code }: NonNullable<(typeof QUOTAS)[string]>) {
  const gap = region.missing('quotas', quota) ?? region.missing('quotas');
  if (gap?.failed === true) return gap;
  return {
    what: `the quota of ${what} in ${region.region.region}`,
    remedy: `Allow servicequotas:ListServiceQuotas for these credentials, or look ${code} up in the console of Service Quotas.`,
    permission: 'servicequotas:ListServiceQuotas',
  };
}

/** How many links the spec would have made in each place. */
function countNew({ links }: CheckInput): ReadonlyMap<RegionIndex, number> {
  const counts = new Map<RegionIndex, number>();
  for (const view of links) if (isNew(view)) counts.set(view.region, (counts.get(view.region) ?? 0) + 1);
  return counts;
}

/** How many links of each kind there are, failed and leaving ones included: they count until they are gone. */
function countKinds({ region }: RegionIndex): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of region.links) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
