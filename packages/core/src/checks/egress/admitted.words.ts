import type { CheckWords } from '../../findings/statement.js';

/** The texts of `egress/admitted`. */
export const egressAdmittedWords = {
  title: "The backend's own allowlist lets the link in",
  about:
    "Calls come from the blocks of the link's subnets (of a conventional instance: from the blocks that the cloud names for it, old and " +
    "new), and carry the link's security groups. Each of these blocks has to be let in by the backend: by the groups of its load " +
    'balancer or machine, or by the list that the spec gives as `admits` of the target, for firewalls that no cloud knows. Single ' +
    'addresses of the link are never enough, since they change. The access control list of a CLB instance is the matter of ' +
    '`target/access-list`, the groups behind a load balancer that of `path/*`.',
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
      message: `the backend's own list does not let in ${refusedBlocks}, which link ${link} calls from`,
      remedy: `Let ${refused.join(' and ')} in at the backend, then write it under integrations.${integration}.targets.${target}.admits.`,
    }),
    ADMITS_NOT_READ: ({ link }: { readonly link: string }) => `the backend's own list lets link ${link} in`,
    ADMITS_HOLDS_BLOCKS: ({ blocks }: { readonly blocks: string }) => `the backend's own list lets in ${blocks}`,
    GUARDS_NOT_READ: ({ link }: { readonly link: string }) => `the backend lets link ${link} in`,
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
        ? `${guards.join(', ')} lets in ${blocks}`
        : `${unguarded.join(', ')} has no security group and lets everybody in`,
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
      message: `${what} does not let in ${refusedBlocks} on port ${port}, where link ${link} calls from`,
      remedy: !hasRule
        ? `${kind === 'basic' && intraGroup !== 'allow' ? `Let the members of ${shared} reach each other (InnerAccessPolicy Accept), or add` : 'Add'} to ${group} a rule that lets in tcp ${port} from ${from}${fullText}.`
        : `${dropsText}.`,
    }),
  },
} satisfies CheckWords;
