import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `egress/admitted`. */
export const egressAdmittedWords = {
  title: "The backend's own allowlist allows the link",
  about:
    "Calls come from the CIDR blocks of the link's subnets and carry the link's security groups. Calls of a conventional instance " +
    'come from the blocks that the cloud names for it, old and new. The backend has to allow each of these blocks, by the security ' +
    'groups of its load balancer or instance. For firewalls that no cloud shows, the spec gives the list as `admits` of the target. ' +
    'Single addresses of the link are never enough, because they change. `target/access-list` checks the access control list of a CLB ' +
    'instance, and `path/*` the groups behind a load balancer.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    'https://www.alibabacloud.com/help/en/ecs/user-guide/security-group-rules',
  ],
  says: {
    ADMITS_LACKS_BLOCKS: ({
      refusedBlocks,
      link,
      refused,
      integration,
      target,
    }: {
      readonly refusedBlocks: string;
      readonly link: string;
      readonly refused: readonly string[];
      readonly integration: string;
      readonly target: string;
    }) => ({
      message: `the backend's own allowlist does not allow ${refusedBlocks}, from which link ${link} calls`,
      remedy: `Allow ${refused.join(' and ')} at the backend, then write ${refused.length === 1 ? 'it' : 'them'} under integrations.${integration}.targets.${target}.admits.`,
    }),
    ADMITS_NOT_READ: ({ link }: { readonly link: string }) => `the backend's own allowlist allows link ${link}`,
    ADMITS_HOLDS_BLOCKS: ({ blocks }: { readonly blocks: string }) => `the backend's own allowlist allows ${blocks}`,
    GUARDS_NOT_READ: ({ link }: { readonly link: string }) => `the backend allows link ${link}`,
    ADMITTED: ({
      guardsCount,
      guards,
      blocks,
      unguarded,
    }: {
      readonly guardsCount: number;
      readonly guards: readonly string[];
      readonly blocks: string;
      readonly unguarded: readonly string[];
    }) =>
      guardsCount > 0
        ? `${guards.join(', ')} ${guards.length === 1 ? 'allows' : 'allow'} ${blocks}`
        : `${unguarded.join(', ')} has no security group and allows all traffic`,
    NOT_ADMITTED: ({
      what,
      refusedBlocks,
      port,
      link,
      hasRule,
      kind,
      intraGroup,
      shared,
      group,
      from,
      fullText,
      dropsText,
    }: {
      readonly what: string;
      readonly refusedBlocks: string;
      readonly port: number;
      readonly link: string;
      readonly hasRule: boolean;
      readonly kind?: string | undefined;
      readonly intraGroup?: string | undefined;
      readonly shared?: string | undefined;
      readonly group: string;
      readonly from: string;
      readonly fullText: string;
      readonly dropsText: string;
    }) => ({
      message: `${what} does not allow ${refusedBlocks} on port ${port}, from which link ${link} calls`,
      remedy: !hasRule
        ? `${kind === 'basic' && intraGroup !== 'allow' ? `Allow traffic between the members of ${shared} (InnerAccessPolicy Accept), or add` : 'Add'} to ${group} an inbound rule that allows tcp ${port} from ${from}${fullText}.`
        : `${dropsText}.`,
    }),
  },
} satisfies CheckWords;
