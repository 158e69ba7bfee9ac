import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import type { Link } from '../../../do/model/link.js';
import type { LookUp } from '../../../do/spec.js';
import { foreignLink, oneLinkTwice, unlikeSpec } from '../../../do/world/resolve/adoption.js';
import type { CheckInput, LinkView, Missing, RegionIndex } from '../../../do/world/views.js';
import { allowlistOf } from '../../../do/world/link-facts.js';
import { lookUp, type LookUpList } from '../../../do/world/index/look-up.js';
import { aboutLink } from '../../../do/findings/subject.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  TAKEN_TWICE: fail('{message}', '{remedy}'),
  FOREIGN: fail('{message}: `postern plan` refuses it', '{remedy}'),
  DIFFERENT: fail('{message}: `postern plan` refuses it', '{remedy}'),
  NOT_READ: unknown('{linkId} matches link {link} of the spec'),
  AS_DECLARED: pass('{linkId} matches link {link} of the spec'),
};

export const linkAdopted = defineCheck({
  id: 'link/adopted',
  severity: 'error',
  title: 'A link that the spec names by ID can be adopted and matches the spec',
  about:
    'Postern adopts a link with an `id` as it is. The subnets and security groups, or the load balancer, that the spec lists beside the `id` have to match, ' +
    'because those of a link never change. Postern never changes a link that carries the mark of another project. Two names of the ' +
    'spec cannot mean the same link. `postern plan` refuses each of these cases.',
  codes: CODES,
  *run(input, say) {
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
        yield say.TAKEN_TWICE(aboutLink(view), { message, remedy }, [{ kind: 'link', id: link.id, text: link.name }]);
      } else if (spec.id !== undefined) yield ofAdopted(say, input, view, link);
    }
  },
});

function ofAdopted(
  say: Say<typeof CODES>,
  input: CheckInput,
  view: LinkView,
  link: NonNullable<LinkView['link']>,
): Outcome {
  const { name, region, spec } = view;
  const about = aboutLink(view);
  const evidence = [{ kind: 'link', id: link.id, text: partsText(link) }];
  const nowhere = (): undefined => undefined;
  const foreign = foreignLink(input.spec, link, nowhere);
  if (foreign !== undefined) return say.FOREIGN(about, { message: foreign.message, remedy: foreign.remedy }, evidence);

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
  if (unlike !== undefined) return say.DIFFERENT(about, { message: unlike.message, remedy: unlike.remedy }, evidence);

  const missing = subnets.missing ?? groups.missing ?? unlisted;
  if (missing !== undefined) return say.NOT_READ(about, { linkId: link.id, link: name }, missing, evidence);

  return say.AS_DECLARED(about, { linkId: link.id, link: name }, evidence);
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
