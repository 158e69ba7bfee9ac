import { part } from '../../../do/findings/subject.js';
import type { SecurityGroup } from '../../../do/model/network.js';
import type { CheckInput, LinkView, Missing } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { isNew, linkText, standsInSubnets, unreadOf } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/about.js';
import { subnetsOf } from '../../../do/world/subnets-of.js';
import { soldOut } from '../sale.js';
import type { CloudTraits } from '../../../do/kinds/cloud/network-traits.js';
import { defineCheck } from '../define-check.js';
import type { Say } from '../../../do/findings/say-text.js';
import { insteadOfNew, sentence, type SoldOut } from '../sale.words.js';
import type { Outcome } from '../../../do/findings/check.js';

/** `link/group-network`. */
export const groupNetwork = defineCheck({
  id: 'link/group-network',
  severity: 'error',
  title: 'The security groups of the link exist and belong to its network',
  about:
    'A network interface accepts only security groups of its own network. A group of another network is an ' +
    'error, unless the cloud can associate groups with further networks: then the verdict is unknown. A group ' +
    'that does not exist is an error: the link cannot leave INACTIVE.',
  codes: [
    'GROUPS_NOT_READ',
    'GROUPS_ABSENT',
    'GROUPS_ELSEWHERE',
    'GROUPS_OF_NETWORK_NOT_READ',
    'GROUPS_FIT',
    'GROUPS_MAYBE_ASSOCIATED',
    'KEPT_GROUPS_ABSENT',
    'KEPT_GROUPS_NOT_READ',
  ],
  *run(input, say) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const about = aboutLink(view);
      yield* strangers(say, input, view);
      const unread = unreadOf(view, 'securityGroups');
      if (unread !== undefined) {
        yield say.unknown(
          about,
          'GROUPS_NOT_READ',
          { link: view.name },
          unread,
          (p) => `the security groups of link ${p.link} belong to its network`,
        );
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
        yield say.fail(
          about,
          'GROUPS_ABSENT',
          {
            linkText: linkText(view),
            groups: absent,
            region: view.region.region.region,
            isExternal: view.spec.owner === 'external',
            soldOut: view.link === undefined ? undefined : soldOut(view, input.now),
            link: view.name,
            isNamed: view.spec.id !== undefined,
          },
          (params) => ({
            message: `${params.linkText} has ${groupsText(params.groups)} in ${params.region}`,
            remedy: renewText(params),
            evidence: absentEvidence(absent),
          }),
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
        yield association !== false
          ? say.unknown(about, 'GROUPS_MAYBE_ASSOCIATED', params, undefined, (p) => ({
              ...maybeAssociated(p, association),
              evidence,
            }))
          : say.fail(about, 'GROUPS_ELSEWHERE', params, (p) => ({ ...elsewhere(p), evidence }));
        continue;
      }
      // A subnet that was not read may be of another network, which then is the link's as well.
      missing ??= standsInSubnets(view) ? subnetsOf(view).missing : undefined;
      if (missing !== undefined) {
        yield say.unknown(
          about,
          'GROUPS_OF_NETWORK_NOT_READ',
          { link: view.name, networkId: view.networkId },
          missing,
          (p) => ({ whether: `the security groups of link ${p.link} belong to ${p.networkId}`, evidence }),
        );
      } else {
        yield say.pass(
          about,
          'GROUPS_FIT',
          () => ({ linkText: linkText(view), networkId: view.networkId }),
          (p) => ({ message: `the security groups of ${p.linkText} belong to ${p.networkId}`, evidence }),
        );
      }
    }
  },
});

type Association = Exclude<CloudTraits['groupsMayServeOtherNetworks'], false>;

/**
 * A group of another VPC may be associated with the link's VPC, which no snapshot shows. The services that
 * support associations are listed with "Amazon API Gateway (REST APIs only)", and a VPC link V2 may serve
 * HTTP APIs.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html
 */
function maybeAssociated(
  params: Elsewhere,
  { documented, listed }: Association,
): { readonly message: string; readonly remedy: string } {
  const { wrong, network } = params;
  const { message, remedy } = elsewhere(params);
  const groups = wrong.map(({ group }) => group).join(', ');
  return {
    message: `${message}; Postern does not read whether ${groups} ${wrong.length === 1 ? 'is' : 'are'} associated with ${network}, and ${documented}`,
    remedy: `${remedy} A group of another VPC can work only if it is associated with ${network}: ${listed}.`,
  };
}

/**
 * Links with the mark of a link that does not exist, and that differ from how they were created: their groups
 * were deleted.
 */
function* strangers(say: Say, { spec: { project } }: CheckInput, view: LinkView): Generator<Outcome> {
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
      yield say.fail(
        about,
        'KEPT_GROUPS_ABSENT',
        { id, link: name, groups: absent, region: region.region.region },
        (p) => ({
          message: `${p.id}, which carries the mark of link ${p.link}, has ${groupsText(p.groups)} in ${p.region}`,
          remedy: `Run \`postern apply\`, which creates a new link ${p.link}. Then delete ${p.id}, unless it is used elsewhere.`,
          mendedBy: 'apply',
          evidence: absentEvidence(absent),
        }),
      );
    } else if (missing !== undefined) {
      yield say.unknown(
        about,
        'KEPT_GROUPS_NOT_READ',
        { id, link: name },
        missing,
        (p) => `the security groups of ${p.id}, which carries the mark of link ${p.link}, exist`,
      );
    }
  }
}

function absentEvidence(absent: readonly string[]): readonly Evidence[] {
  return absent.map((id) => ({ kind: 'security group', id, text: 'does not exist' }));
}

interface Absent {
  readonly linkText: string;
  readonly groups: readonly string[];
  readonly region: string;
  readonly isExternal: boolean;
  /** Set if the link exists and new ones are no longer sold. */
  readonly soldOut?: SoldOut | undefined;
  readonly link: string;
  /** Whether the spec names it by its ID. */
  readonly isNamed: boolean;
}

function groupsText(absent: readonly string[]): string {
  return absent.length === 1
    ? `security group ${absent[0] ?? ''}, which does not exist`
    : `security groups ${absent.join(', ')}, which do not exist`;
}

/** How a link gets other groups: they never change, so it is replaced. */
function renewText({ isExternal, soldOut, link, isNamed }: Absent): string {
  if (isExternal) return 'Ask the owner of the link to replace it with a link whose security groups exist.';
  if (soldOut !== undefined) return `${sentence(insteadOfNew(soldOut, 'an instance whose security groups exist'))}.`;
  return isNamed
    ? `Write subnets and securityGroups that exist instead of links.${link}.id, then run \`postern apply\`, which moves the routes to a new link.`
    : `Write groups that exist under links.${link}.securityGroups, then run \`postern apply\`, which replaces the link.`;
}

interface Elsewhere {
  readonly wrong: readonly { readonly group: string; readonly network: string }[];
  readonly link: string;
  readonly network?: string | undefined;
}

function elsewhere({ wrong, link, network }: Elsewhere): { readonly message: string; readonly remedy: string } {
  const names = wrong.map((one) => `${one.group} belongs to ${one.network}`).join(', ');
  return {
    message: `${names}, but link ${link} is in ${network}`,
    remedy: `Write groups of ${network} under links.${link}.securityGroups.`,
  };
}
