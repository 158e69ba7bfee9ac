import { part } from '../../findings/subject.js';
import type { SecurityGroup } from '../../model/network.js';
import type { CheckInput, LinkView, Missing } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import type { Evidence } from '../../findings/finding.js';
import { isNew, linkText, standsInSubnets, unreadOf } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { subnetsOf } from '../../world/subnets-of.js';
import { insteadOfNew, isOnSale } from '../sale.js';

/** `link/group-network`. */
export const groupNetwork: Check = {
  id: 'link/group-network',
  title: 'The security groups of the link are there, and belong to its network',
  severity: 'error',
  about:
    'A network interface takes only groups of its own network. On AWS a group can be associated with further VPCs. Associations are not read, and AWS lists ' +
    'API Gateway among the services that support them for REST APIs only, so that a group of another VPC is unknown. On Alibaba Cloud it is an error, and so is on both a link whose group does not exist: it cannot leave INACTIVE. On Alibaba Cloud an interface takes either basic or enterprise groups: each zone of an ' +
    'integration instance has an interface with one group of its own, so that its groups may be of both kinds.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html',
    'https://www.alibabacloud.com/help/en/ecs/user-guide/overview-44',
  ],
  *run(input) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const about = aboutLink(view);
      yield* strangers(input, view);
      const unread = unreadOf(view, 'securityGroups');
      if (unread !== undefined) {
        yield unsure(about, `the groups of link ${view.name} belong to its network`, unread);
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
        yield fails(about, {
          message: `${linkText(view)} has ${groupsText(absent)} in ${view.region.region.region}`,
          evidence: absentEvidence(absent),
          remedy: renewText(view, input.now),
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
        const names = wrong.map(({ id, networkId }) => `${id} belongs to ${networkId}`).join(', ');
        const message = `${names}, but link ${view.name} leads into ${view.networkId}`;
        const remedy = `Write groups of ${view.networkId} under links.${view.name}.securityGroups.`;
        yield view.region.region.provider === 'aws'
          ? associated(fails(about, { message, evidence, remedy }), wrong, view.networkId)
          : fails(about, { message, evidence, remedy });
        continue;
      }
      // A subnet that was not read may be of another network, which then is the link's as well.
      missing ??= standsInSubnets(view) ? subnetsOf(view).missing : undefined;
      if (missing !== undefined) {
        yield unsure(about, `the groups of link ${view.name} belong to ${view.networkId}`, missing, { evidence });
      } else {
        yield holds(input, about, () => ({
          message: `the groups of ${linkText(view)} belong to ${view.networkId}`,
          evidence,
        }));
      }
    }
  },
};

/**
 * A group of another VPC may be associated with the link's, which no snapshot says. The services that support associations are
 * listed with "Amazon API Gateway (REST APIs only)", and a VPC link V2 may serve HTTP APIs.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html
 */
function associated(finding: Outcome, groups: readonly SecurityGroup[], networkId: string): Outcome {
  const isAre = groups.length === 1 ? 'is' : 'are';
  const ids = groups.map(({ id }) => id).join(', ');
  return {
    ...finding,
    verdict: 'unknown',
    message: `${finding.message}; whether ${ids} ${isAre} associated with ${networkId} is not read, and AWS documents associated groups for REST APIs of API Gateway only`,
    remedy: `${finding.remedy ?? ''} A group of another VPC may work only where it is associated with ${networkId}: \`aws ec2 describe-security-group-vpc-associations\` lists associations.`,
  };
}

/** Links that carry the mark of one that is not there, and are not as they were made: their groups are gone. */
function* strangers({ spec: { project } }: CheckInput, view: LinkView): Generator<Outcome> {
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
      yield fails(about, {
        message: `${id}, which carries the mark of link ${name}, has ${groupsText(absent)} in ${region.region.region}`,
        evidence: absentEvidence(absent),
        remedy: `Run \`postern apply\`, which makes link ${name} anew; then delete ${id}, unless somebody else needs it.`,
      });
    } else if (missing !== undefined) {
      yield unsure(about, `the groups of ${id}, which carries the mark of link ${name}, are there`, missing);
    }
  }
}

function groupsText(absent: readonly string[]): string {
  const [only = ''] = absent;
  return absent.length === 1
    ? `security group ${only}, which does not exist`
    : `security groups ${absent.join(', ')}, which do not exist`;
}

function absentEvidence(absent: readonly string[]): readonly Evidence[] {
  return absent.map((id) => ({ kind: 'security group', id, text: 'does not exist' }));
}

/** How a link gets other groups: they never change, so it is replaced. */
function renewText(view: LinkView, now: number): string {
  const { spec, name, link } = view;
  if (spec.owner === 'external') return 'Have its owner replace it by one whose groups exist.';
  if (link !== undefined && !isOnSale(view, now)) {
    const text = insteadOfNew(view, 'one whose groups exist');
    return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.`;
  }
  return spec.id === undefined
    ? `Write groups that exist under links.${name}.securityGroups and run \`postern apply\`, which replaces the link.`
    : `Write subnets and securityGroups that exist instead of links.${name}.id, and \`postern apply\` moves the routes to a new link.`;
}
