import { fail, pass, undecided, unknown, type Say } from '../../../do/findings/say.js';
import { part, aboutLink } from '../../../do/findings/subject.js';
import type { SecurityGroup } from '../../../do/model/network.js';
import type { CheckInput, LinkView, Missing } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { isNew, linkText, standsInSubnets, unreadOf } from '../../../do/world/link-facts.js';
import { subnetsOf } from '../../../do/world/subnets-of.js';
import { soldOut } from '../sale.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';

const ABSENT = '{groups?security group:security groups} {groups}, which {groups?does:do} not exist in {region}';
const ELSEWHERE = '{belongs}, but link {link} is in {network}';
const WRITE_OTHERS = 'Write groups of {network} under links.{link}.securityGroups.';

const CODES = {
  GROUPS_NOT_READ: unknown('the security groups of link {link} belong to its network'),
  // The groups of a link never change, so it is replaced.
  GROUPS_ABSENT: fail(
    `{linkText} has ${ABSENT}`,
    [
      'if isExternal: Ask the owner of the link to replace it with a link whose security groups exist.',
      'if soldOut: Write the ID of an instance whose security groups exist as links.{link}.id (new instances are no longer sold), or move to {successor|the product that the provider offers instead}.',
      'if isNamed: Write subnets and securityGroups that exist instead of links.{link}.id, then run `postern apply`, which moves the routes to a new link.',
      'Write groups that exist under links.{link}.securityGroups, then run `postern apply`, which replaces the link.',
    ],
    undefined,
    [
      'if soldOut: Keep the security groups of the instance, or move to {successor|the product that the provider offers instead}.',
      'Write groups that exist under links.{link}.securityGroups.',
    ],
  ),
  GROUPS_ELSEWHERE: fail(ELSEWHERE, WRITE_OTHERS),
  GROUPS_OF_NETWORK_NOT_READ: unknown('the security groups of link {link} belong to {networkId}'),
  GROUPS_FIT: pass('the security groups of {linkText} belong to {networkId}'),
  /**
   * A group of another VPC may be associated with the link's VPC, which no snapshot shows. The services that
   * support associations are listed with "Amazon API Gateway (REST APIs only)", and a VPC link V2 may serve
   * HTTP APIs.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html
   */
  GROUPS_MAYBE_ASSOCIATED: undecided(
    `${ELSEWHERE}; Postern does not read whether {groups} {groups?is:are} associated with {network}, and {documented}`,
    `${WRITE_OTHERS} A group of another VPC can work only if it is associated with {network}: {listed}.`,
  ),
  KEPT_GROUPS_ABSENT: fail(
    `{id}, which carries the mark of link {link}, has ${ABSENT}`,
    'Run `postern apply`, which creates a new link {link}. Then delete {id}, unless it is used elsewhere.',
  ),
  KEPT_GROUPS_NOT_READ: unknown('the security groups of {id}, which carries the mark of link {link}, exist'),
};

export const groupNetwork = defineCheck({
  id: 'link/group-network',
  severity: 'error',
  title: 'The security groups of the link exist and belong to its network',
  about:
    'A network interface accepts only security groups of its own network. A group of another network is an error, unless the cloud can associate groups with further networks: then the verdict is unknown. A group that does not exist is an error: the link cannot leave INACTIVE.',
  codes: CODES,
  *run(input, say) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;

      const about = aboutLink(view);
      yield* strangers(say, input, view);
      const unread = unreadOf(view, 'securityGroups');
      if (unread !== undefined) {
        yield say.GROUPS_NOT_READ(about, { link: view.name }, unread);
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
        const sale = view.link === undefined ? undefined : soldOut(view, input.now);
        yield say.GROUPS_ABSENT(
          about,
          {
            linkText: linkText(view),
            groups: absent,
            region: view.region.region.region,
            isExternal: view.spec.owner === 'external',
            soldOut: sale,
            link: view.name,
            isNamed: view.spec.id !== undefined,
          },
          { evidence: absentEvidence(absent), words: { successor: sale?.successor } },
        );
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
        const association = view.region.clouds.network(view.region.region).groupsMayServeOtherNetworks;
        const belongs = wrong.map(({ id, networkId }) => `${id} belongs to ${networkId}`);
        yield association === false
          ? say.GROUPS_ELSEWHERE(about, params, { evidence, words: { belongs } })
          : say.GROUPS_MAYBE_ASSOCIATED(about, params, undefined, {
              evidence,
              words: { belongs, groups: wrong.map(({ id }) => id), ...association },
            });
        continue;
      }

      // A subnet that was not read may be of another network, which then is the link's as well.
      missing ??= standsInSubnets(view) ? subnetsOf(view).missing : undefined;
      if (missing !== undefined) {
        yield say.GROUPS_OF_NETWORK_NOT_READ(about, { link: view.name, networkId: view.networkId }, missing, evidence);
      } else {
        yield say.GROUPS_FIT(about, { linkText: linkText(view), networkId: view.networkId }, evidence);
      }
    }
  },
});

/**
 * Links with the mark of a link that does not exist, and that differ from how they were created: their groups
 * were deleted.
 */
function* strangers(say: Say<typeof CODES>, { spec: { project } }: CheckInput, view: LinkView): Generator<Outcome> {
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
      yield say.KEPT_GROUPS_ABSENT(
        about,
        { id, link: name, groups: absent, region: region.region.region },
        { evidence: absentEvidence(absent), mendedBy: 'apply' },
      );
    } else if (missing !== undefined) {
      yield say.KEPT_GROUPS_NOT_READ(about, { id, link: name }, missing);
    }
  }
}

function absentEvidence(absent: readonly string[]): readonly Evidence[] {
  return absent.map((id) => ({ kind: 'security group', id, text: 'does not exist' }));
}
