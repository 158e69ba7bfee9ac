import type { CheckWords } from '../../../findings/statement.js';
import { counted } from '../../../text/counted.js';
import { fewText } from '../../../text/few-text.js';

/** The texts of `link/allowlist`. */
export const linkAllowlistWords = {
  title: 'The link can have its allowlist, and no other security group of the link allows more',
  about:
    'On AWS the allowlist of a link is a security group that Postern creates with the link. The group has one rule for each block and ' +
    "port range: the ports that the entry names, or those of the link's targets. Where neither is declared, the block opens nothing. A security group holds 60 rules of one address " +
    'family. The rules of all groups of a link add up: if one group keeps its initial outbound rule, which allows all traffic, the ' +
    'allowlist restricts nothing. `postern plan` refuses both cases. It also refuses an allowlist for a link that was adopted by ID ' +
    'and has no such group. The groups of a link never change.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
  ],
  says: {
    NOT_OWNED: ({ message, remedy }: { readonly message: string; readonly remedy: string }) => ({
      message: `${message}: \`postern plan\` refuses it`,
      remedy: remedy,
    }),
    GROUP_NOT_READ: ({ link }: { readonly link: string }) => `link ${link} can have its allowlist`,
    ENTRIES_REFUSED: ({ message, remedy }: { readonly message: string; readonly remedy: string }) => ({
      message: `${message}: \`postern plan\` refuses it`,
      remedy: remedy,
    }),
    PLAN_REFUSES: ({ message, remedy }: { readonly message: string; readonly remedy: string }) => ({
      message: `${message}: \`postern plan\` refuses it`,
      remedy: remedy,
    }),
    OPENS_NOTHING: ({ link, blocks }: { readonly link: string; readonly blocks: readonly string[] }) => ({
      message: `${fewText(blocks)} of the allowlist of link ${link} ${blocks.length === 1 ? 'opens' : 'open'} nothing: no target of the link is declared, so that the ports are not known`,
      remedy: `Declare a target of link ${link}, or write the ports in links.${link}.allowlist: ${fewText(blocks.map((block) => `\`{ cidr: ${block}, ports: [443] }\``))}.`,
    }),
    FITS: ({
      link,
      sureCount,
      unmanagedCount,
      unmanaged,
    }: {
      readonly link: string;
      readonly sureCount: number;
      readonly unmanagedCount: number;
      readonly unmanaged: readonly string[];
    }) =>
      `the allowlist of link ${link} needs ${counted(sureCount, 'entry', 'entries')}, and no other security group of the link allows more${unmanagedCount === 0 ? '' : `; its security group has rules that Postern does not manage: ${unmanaged.join('; ')}`}`,
  },
} satisfies CheckWords;
