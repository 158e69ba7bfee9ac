import type { LookUp } from '../../model/spec.js';
import { foreignLink, oneLinkTwice, unlikeSpec } from '../../world/resolve/adoption.js';
import type { CheckInput, LinkView, Missing, RegionIndex } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import { allowlistOf } from '../../world/allowlist-of.js';
import { lookUp, type LookUpList } from '../../world/index/look-up.js';
import { aboutLink } from '../../findings/about.js';
import { fails, holds, refusedByPlan, unsure } from '../../findings/outcome.js';

/** `link/adopted`. */
export const linkAdopted: Check = {
  id: 'link/adopted',
  title: 'A link that the spec names by id can be adopted, and is as the spec says',
  severity: 'error',
  about:
    'A link with an `id` is taken as it is. What the spec says of its subnets and security groups beside that has to be so, since they ' +
    'never change; one that carries the mark of another project is never changed; and two names of the spec cannot be one link. ' +
    '`postern plan` refuses each of these.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
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
        yield fails(aboutLink(view), { message, evidence: [{ kind: 'link', id: link.id, text: link.name }], remedy });
      } else if (spec.id !== undefined) yield ofAdopted(input, view, link);
    }
  },
};

function ofAdopted(input: CheckInput, view: LinkView, link: NonNullable<LinkView['link']>): Outcome {
  const { name, region, spec } = view;
  const about = aboutLink(view);
  const evidence = [
    {
      kind: 'link',
      id: link.id,
      text: `subnets ${link.subnetIds.join(', ') || 'none'}; security groups ${link.securityGroupIds.join(', ') || 'none'}`,
    },
  ];
  const nowhere = (): undefined => undefined;
  const foreign = foreignLink(input.spec, link, nowhere);
  if (foreign !== undefined) return refusedByPlan(about, foreign, evidence);
  const subnets = idsOf(region, 'subnets', spec.subnets);
  const groups = idsOf(region, 'securityGroups', spec.securityGroups);
  const allowlist = allowlistOf(region.region, link.id);
  // One of its groups may be the one that holds its allowlist, which the spec does not name.
  const unlisted =
    spec.securityGroups !== undefined && allowlist === undefined ? region.missing('allowlists', link.id) : undefined;
  const wanted = {
    subnetIds: subnets.missing === undefined ? subnets.ids : undefined,
    securityGroupIds: groups.missing === undefined && unlisted === undefined ? groups.ids : undefined,
  };
  const unlike = unlikeSpec(link, allowlist, wanted, nowhere);
  if (unlike !== undefined) return refusedByPlan(about, unlike, evidence);
  const missing = subnets.missing ?? groups.missing ?? unlisted;
  if (missing !== undefined) return unsure(about, `${link.id} is as link ${name} is declared`, missing, { evidence });
  return holds(input, about, () => ({ message: `${link.id} is as link ${name} is declared`, evidence }));
}

/** What names mean; undefined where the spec has none, or one that surely means nothing, which `link/exists` says. */
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
