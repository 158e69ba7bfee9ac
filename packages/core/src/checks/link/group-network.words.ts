import type { CheckWords } from '../../findings/statement.js';
import { insteadOfNew, sentence, type SoldOut } from '../sale.words.js';

interface Absent {
  readonly linkText: string;
  readonly groups: readonly string[];
  readonly region: string;
  readonly isExternal: boolean;
  /** Set where it is there and no other can be had. */
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
  if (isExternal) return 'Have its owner replace it by one whose groups exist.';
  if (soldOut !== undefined) return `${sentence(insteadOfNew(soldOut, 'one whose groups exist'))}.`;
  return isNamed
    ? `Write subnets and securityGroups that exist instead of links.${link}.id, and \`postern apply\` moves the routes to a new link.`
    : `Write groups that exist under links.${link}.securityGroups and run \`postern apply\`, which replaces the link.`;
}

interface Elsewhere {
  readonly wrong: readonly { readonly group: string; readonly network: string }[];
  readonly link: string;
  readonly network?: string | undefined;
}

function elsewhere({ wrong, link, network }: Elsewhere): { readonly message: string; readonly remedy: string } {
  const names = wrong.map((one) => `${one.group} belongs to ${one.network}`).join(', ');
  return {
    message: `${names}, but link ${link} leads into ${network}`,
    remedy: `Write groups of ${network} under links.${link}.securityGroups.`,
  };
}

/** The texts of `link/group-network`. */
export const groupNetworkWords = {
  title: 'The security groups of the link are there, and belong to its network',
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
  says: {
    GROUPS_NOT_READ: ({ link }: { readonly link: string }) => `the groups of link ${link} belong to its network`,
    GROUPS_ABSENT: (params: Absent) => ({
      message: `${params.linkText} has ${groupsText(params.groups)} in ${params.region}`,
      remedy: renewText(params),
    }),
    GROUPS_ELSEWHERE: elsewhere,
    GROUPS_OF_NETWORK_NOT_READ: ({ link, networkId }: { readonly link: string; readonly networkId: string }) =>
      `the groups of link ${link} belong to ${networkId}`,
    GROUPS_FIT: ({ linkText, networkId }: { readonly linkText: string; readonly networkId?: string | undefined }) =>
      `the groups of ${linkText} belong to ${networkId}`,
    GROUPS_MAYBE_ASSOCIATED: (params: Elsewhere) => {
      const { wrong, network } = params;
      const { message, remedy } = elsewhere(params);
      const groups = wrong.map(({ group }) => group).join(', ');
      return {
        message: `${message}; whether ${groups} ${wrong.length === 1 ? 'is' : 'are'} associated with ${network} is not read, and AWS documents associated groups for REST APIs of API Gateway only`,
        remedy: `${remedy} A group of another VPC may work only where it is associated with ${network}: \`aws ec2 describe-security-group-vpc-associations\` lists associations.`,
      };
    },
    KEPT_GROUPS_ABSENT: ({
      id,
      link,
      groups,
      region,
    }: {
      readonly id: string;
      readonly link: string;
      readonly groups: readonly string[];
      readonly region: string;
    }) => ({
      message: `${id}, which carries the mark of link ${link}, has ${groupsText(groups)} in ${region}`,
      remedy: `Run \`postern apply\`, which makes link ${link} anew; then delete ${id}, unless somebody else needs it.`,
    }),
    KEPT_GROUPS_NOT_READ: ({ id, link }: { readonly id: string; readonly link: string }) =>
      `the groups of ${id}, which carries the mark of link ${link}, are there`,
  },
} satisfies CheckWords;
