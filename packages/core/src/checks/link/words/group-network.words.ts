import type { CheckWords } from '../../../findings/statement.js';
import { insteadOfNew, sentence, type SoldOut } from '../../sale.words.js';

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

/** The texts of `link/group-network`. */
export const groupNetworkWords = {
  title: 'The security groups of the link exist and belong to its network',
  about:
    'A network interface accepts only security groups of its own network. On AWS a group can be associated with further VPCs. Postern ' +
    'does not read associations, and AWS lists API Gateway among the services that support them for REST APIs only. The verdict for a ' +
    'group of another VPC is therefore unknown on AWS. On Alibaba Cloud it is an error. On both clouds a group that does not exist is ' +
    'an error: the link cannot leave INACTIVE. On Alibaba Cloud an interface accepts either basic or enterprise groups. Each zone of ' +
    'an integration instance has an interface with one group of its own, so the groups of an instance may be of both kinds.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html',
    'https://www.alibabacloud.com/help/en/ecs/user-guide/overview-44',
  ],
  says: {
    GROUPS_NOT_READ: ({ link }: { readonly link: string }) =>
      `the security groups of link ${link} belong to its network`,
    GROUPS_ABSENT: (params: Absent) => ({
      message: `${params.linkText} has ${groupsText(params.groups)} in ${params.region}`,
      remedy: renewText(params),
    }),
    GROUPS_ELSEWHERE: elsewhere,
    GROUPS_OF_NETWORK_NOT_READ: ({ link, networkId }: { readonly link: string; readonly networkId: string }) =>
      `the security groups of link ${link} belong to ${networkId}`,
    GROUPS_FIT: ({ linkText, networkId }: { readonly linkText: string; readonly networkId?: string | undefined }) =>
      `the security groups of ${linkText} belong to ${networkId}`,
    GROUPS_MAYBE_ASSOCIATED: (params: Elsewhere) => {
      const { wrong, network } = params;
      const { message, remedy } = elsewhere(params);
      const groups = wrong.map(({ group }) => group).join(', ');
      return {
        message: `${message}; Postern does not read whether ${groups} ${wrong.length === 1 ? 'is' : 'are'} associated with ${network}, and AWS documents associated groups for REST APIs of API Gateway only`,
        remedy: `${remedy} A group of another VPC can work only if it is associated with ${network}: \`aws ec2 describe-security-group-vpc-associations\` lists associations.`,
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
      remedy: `Run \`postern apply\`, which creates a new link ${link}. Then delete ${id}, unless it is used elsewhere.`,
      mendedBy: 'apply',
    }),
    KEPT_GROUPS_NOT_READ: ({ id, link }: { readonly id: string; readonly link: string }) =>
      `the security groups of ${id}, which carries the mark of link ${link}, exist`,
  },
} satisfies CheckWords;
