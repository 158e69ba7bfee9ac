import type { CheckWords } from '../../../findings/statement.js';
import { blocksText, type CallerBlock } from '../../../text/blocks-text.js';

/** A rule that drops calls, and its group. */
interface Drop {
  readonly id?: string | undefined;
  readonly group: string;
  readonly priority?: number | undefined;
}

/** The rules to remove and to add; or the rule to add instead, if one can precede all drops. */
function dropsText(drops: readonly Drop[], added: string | undefined, does: string): string {
  const names = drops.map(({ id, group }) => `${id === undefined ? '' : `${id} `}of ${group}`);
  const one = drops.length === 1;
  const removed = `Remove the rule${one ? '' : 's'} ${names.join(' and ')} that ${one ? 'drops' : 'drop'} these calls`;
  const more = added === undefined ? '' : `, and add to ${added} an inbound rule that ${does}`;
  return `${removed}${more}${insteadText(Math.min(...drops.map(({ priority = 1 }) => priority)), does)}`;
}

/** A rule with a lower number is evaluated first: none can precede the lowest number. */
function insteadText(priority: number, does: string): string {
  if (priority <= 1) return '';
  return `, or add an inbound rule of priority ${priority === 2 ? '1' : `1 to ${priority - 1}`} that ${does}`;
}

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
      refused,
      link,
      integration,
      target,
    }: {
      readonly refused: readonly CallerBlock[];
      readonly link: string;
      readonly integration: string;
      readonly target: string;
    }) => ({
      message: `the backend's own allowlist does not allow ${blocksText(refused)}, from which link ${link} calls`,
      remedy: `Allow ${refused.map(({ block }) => block).join(' and ')} at the backend, then write ${refused.length === 1 ? 'it' : 'them'} under integrations.${integration}.targets.${target}.admits.`,
    }),
    ADMITS_NOT_READ: ({ link }: { readonly link: string }) => `the backend's own allowlist allows link ${link}`,
    ADMITS_HOLDS_BLOCKS: ({ blocks }: { readonly blocks: readonly CallerBlock[] }) =>
      `the backend's own allowlist allows ${blocksText(blocks)}`,
    GUARDS_NOT_READ: ({ link }: { readonly link: string }) => `the backend allows link ${link}`,
    ADMITTED: ({
      guards,
      blocks,
      unguarded,
    }: {
      readonly guards: readonly string[];
      readonly blocks: readonly CallerBlock[];
      readonly unguarded: readonly string[];
    }) =>
      guards.length > 0
        ? `${guards.join(', ')} ${guards.length === 1 ? 'allows' : 'allow'} ${blocksText(blocks)}`
        : `${unguarded.join(', ')} has no security group and allows all traffic`,
    NOT_ADMITTED: ({
      what,
      refused,
      port,
      link,
      kind,
      intraGroup,
      shared,
      group,
      from,
      full,
      drops,
      lacksRule,
    }: {
      readonly what: string;
      readonly refused: readonly CallerBlock[];
      readonly port: number;
      readonly link: string;
      readonly kind?: string | undefined;
      readonly intraGroup?: string | undefined;
      readonly shared?: string | undefined;
      readonly group: string;
      readonly from: readonly string[];
      /** Set if the group has no room for more rules. */
      readonly full?: { readonly rules: number; readonly quota: number } | undefined;
      readonly drops: readonly Drop[];
      /** Whether a rule that allows the calls is missing even without the drops. */
      readonly lacksRule: boolean;
    }) => {
      const does = `allows tcp ${port} from ${from.join(' and ')}`;
      const fullText =
        full === undefined
          ? ''
          : `; ${group} has ${full.rules} rules already, and the quota (L-0EA8095F) is ${full.quota} unless raised: first remove a rule that is not needed`;
      const members =
        kind === 'basic' && intraGroup !== 'allow'
          ? `Allow traffic between the members of ${shared} (InnerAccessPolicy Accept), or add`
          : 'Add';
      return {
        message: `${what} does not allow ${blocksText(refused)} on port ${port}, from which link ${link} calls`,
        remedy:
          drops.length === 0
            ? `${members} to ${group} an inbound rule that ${does}${fullText}.`
            : `${dropsText(drops, lacksRule ? group : undefined, does)}.`,
      };
    },
  },
} satisfies CheckWords;
