import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { groupNetworkWords } from './words/group-network.words.js';
import { part } from '../../findings/subject.js';
import type { SecurityGroup } from '../../model/network.js';
import type { CheckInput, LinkView, Missing } from '../../world/views.js';
import type { Evidence } from '../../findings/finding.js';
import { isNew, linkText, standsInSubnets, unreadOf } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetsOf } from '../../world/subnets-of.js';
import { soldOut } from '../sale.js';
import { cloudTraits } from '../../kinds/cloud/clouds.js';

const { fails, holds, unsure } = stating<(typeof groupNetworkWords)['says']>();

/** `link/group-network`. */
export const groupNetwork: Judgement = {
  id: 'link/group-network',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const about = aboutLink(view);
      yield* strangers(input, view);
      const unread = unreadOf(view, 'securityGroups');
      if (unread !== undefined) {
        yield unsure(about, 'GROUPS_NOT_READ', { link: view.name }, unread);
        continue;
      }
      if (view.securityGroupIds.length === 0 || view.networkId === undefined) continue;
      const found: SecurityGroup[] = [];
      const absent: string[] = [];
      let missing: Missing | undefined;
      for (const id of view.securityGroupIds) {
        const group = view.region.find('securityGroups', id);
        if (group.is === 'found') found.push(group.value);
        else if (group.is === 'unknown') missing ??= group.missing;
        else absent.push(id);
      }
      if (absent.length > 0) {
        yield fails(about, 'GROUPS_ABSENT', {
          params: {
            linkText: linkText(view),
            groups: absent,
            region: view.region.region.region,
            isExternal: view.spec.owner === 'external',
            soldOut: view.link === undefined ? undefined : soldOut(view, input.now),
            link: view.name,
            isNamed: view.spec.id !== undefined,
          },
          evidence: absentEvidence(absent),
        });
        continue;
      }
      const evidence = found.map(({ id, networkId, kind }) => ({
        kind: 'security group',
        id,
        text: `of ${networkId}${kind === undefined ? '' : `, ${kind}`}`,
      }));
      const wrong = found.filter(({ networkId }) => networkId !== view.networkId);
      if (wrong.length > 0) {
        const params = {
          wrong: wrong.map(({ id, networkId }) => ({ group: id, network: networkId })),
          link: view.name,
          network: view.networkId,
        };
        yield cloudTraits(view.region.region).groupsMayServeOtherNetworks
          ? associated(fails(about, 'GROUPS_ELSEWHERE', { params, evidence }))
          : fails(about, 'GROUPS_ELSEWHERE', { params, evidence });
        continue;
      }
      // A subnet that was not read may be of another network, which then is the link's as well.
      missing ??= standsInSubnets(view) ? subnetsOf(view).missing : undefined;
      if (missing !== undefined) {
        yield unsure(about, 'GROUPS_OF_NETWORK_NOT_READ', { link: view.name, networkId: view.networkId }, missing, {
          evidence,
        });
      } else {
        yield holds(input, about, 'GROUPS_FIT', () => ({
          params: { linkText: linkText(view), networkId: view.networkId },
          evidence,
        }));
      }
    }
  },
};

/**
 * A group of another VPC may be associated with the link's VPC, which no snapshot shows. The services that
 * support associations are listed with "Amazon API Gateway (REST APIs only)", and a VPC link V2 may serve
 * HTTP APIs.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html
 */
function associated(finding: Statement): Statement {
  return { ...finding, verdict: 'unknown', code: 'GROUPS_MAYBE_ASSOCIATED' };
}

/**
 * Links with the mark of a link that does not exist, and that differ from how they were created: their groups
 * were deleted.
 */
function* strangers({ spec: { project } }: CheckInput, view: LinkView): Generator<Statement> {
  if (!isNew(view)) return;
  const { region, name } = view;
  const marked = region.group('links', 'bare mark', ({ owner }) => [owner && `${owner.project}/${owner.integration}`]);
  for (const { id, state, securityGroupIds } of marked.get(`${project}/${name}`) ?? []) {
    const groups =
      state === 'deleting' ? [] : securityGroupIds.map((one) => [one, region.find('securityGroups', one)] as const);
    const absent = groups.flatMap(([one, { is }]) => (is === 'absent' ? [one] : []));
    const about = aboutLink(view, part('security group', id));
    const [missing] = groups.flatMap(([, group]) => (group.is === 'unknown' ? [group.missing] : []));
    if (absent.length > 0) {
      yield fails(about, 'KEPT_GROUPS_ABSENT', {
        params: { id, link: name, groups: absent, region: region.region.region },
        evidence: absentEvidence(absent),
      });
    } else if (missing !== undefined) {
      yield unsure(about, 'KEPT_GROUPS_NOT_READ', { id, link: name }, missing);
    }
  }
}

function absentEvidence(absent: readonly string[]): readonly Evidence[] {
  return absent.map((id) => ({ kind: 'security group', id, text: 'does not exist' }));
}
