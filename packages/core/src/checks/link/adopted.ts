import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { linkAdoptedWords } from './words/adopted.words.js';
import type { Link } from '../../model/link.js';
import type { LookUp } from '../../model/spec.js';
import { foreignLink, oneLinkTwice, unlikeSpec } from '../../world/resolve/adoption.js';
import type { CheckInput, LinkView, Missing, RegionIndex } from '../../world/views.js';
import { allowlistOf } from '../../world/allowlist-of.js';
import { lookUp, type LookUpList } from '../../world/index/look-up.js';
import { aboutLink } from '../../findings/about.js';

const { fails, holds, unsure } = stating<(typeof linkAdoptedWords)['says']>();

/** `link/adopted`. */
export const linkAdopted: Judgement = {
  id: 'link/adopted',
  severity: 'error',
  *run(input) {
    const names = new Map<RegionIndex, Map<string, string>>();
    for (const view of input.links) {
      const { link, name, region, spec } = view;
      if (link === undefined || spec.owner === 'external') continue;
      const known = names.get(region) ?? new Map<string, string>();
      names.set(region, known);
      const other = known.get(link.id);
      known.set(link.id, name);
      if (other !== undefined) {
        const { message, remedy } = oneLinkTwice(other, name, link.id);
        yield fails(aboutLink(view), 'TAKEN_TWICE', {
          params: { message, remedy },
          evidence: [{ kind: 'link', id: link.id, text: link.name }],
        });
      } else if (spec.id !== undefined) yield ofAdopted(input, view, link);
    }
  },
};

function ofAdopted(input: CheckInput, view: LinkView, link: NonNullable<LinkView['link']>): Statement {
  const { name, region, spec } = view;
  const about = aboutLink(view);
  const evidence = [
    {
      kind: 'link',
      id: link.id,
      text: partsText(link),
    },
  ];
  const nowhere = (): undefined => undefined;
  const foreign = foreignLink(input.spec, link, nowhere);
  if (foreign !== undefined)
    return fails(about, 'FOREIGN', {
      params: { message: foreign.message, remedy: foreign.remedy },
      evidence: evidence,
    });
  const subnets = idsOf(region, 'subnets', spec.subnets);
  const groups = idsOf(region, 'securityGroups', spec.securityGroups);
  const allowlist = allowlistOf(region, link.id);
  // One of its groups may be the one that holds its allowlist, which the spec does not name.
  const unlisted =
    spec.securityGroups !== undefined && allowlist === undefined ? region.missing('allowlists', link.id) : undefined;
  const wanted = {
    subnetIds: subnets.missing === undefined ? subnets.ids : undefined,
    securityGroupIds: groups.missing === undefined && unlisted === undefined ? groups.ids : undefined,
    loadBalancerId: view.declared.loadBalancerId,
  };
  const unlike = unlikeSpec(link, allowlist, wanted, nowhere);
  if (unlike !== undefined)
    return fails(about, 'DIFFERENT', {
      params: { message: unlike.message, remedy: unlike.remedy },
      evidence: evidence,
    });
  const missing = subnets.missing ?? groups.missing ?? unlisted;
  if (missing !== undefined) return unsure(about, 'NOT_READ', { linkId: link.id, link: name }, missing, { evidence });
  return holds(input, about, 'AS_DECLARED', () => ({ params: { linkId: link.id, link: name }, evidence }));
}

/** What the link was created from. */
function partsText({ subnetIds, securityGroupIds, loadBalancerIds }: Link): string {
  if (loadBalancerIds !== undefined) return `load balancer ${loadBalancerIds.join(', ') || 'none'}`;
  return `subnets ${subnetIds.join(', ') || 'none'}; security groups ${securityGroupIds.join(', ') || 'none'}`;
}

/**
 * The IDs of names; undefined where the spec has none, or one that certainly does not exist, which
 * `link/exists` reports.
 */
function idsOf(
  region: RegionIndex,
  list: LookUpList,
  wanted: readonly LookUp[] | undefined,
): { readonly ids?: readonly string[] | undefined; readonly missing?: Missing | undefined } {
  const ids: string[] = [];
  for (const by of wanted ?? []) {
    const found = typeof by === 'string' ? { value: { id: by } } : lookUp(region, list, by, '');
    if ('value' in found) ids.push(found.value.id);
    else return { missing: found.unresolved.missing };
  }
  return wanted === undefined ? {} : { ids };
}
