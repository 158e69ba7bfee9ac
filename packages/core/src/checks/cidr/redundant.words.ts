import type { CheckWords } from '../../findings/statement.js';

/** The texts of `cidr/redundant`. */
export const redundantWords = {
  title: 'No entry of the allowlist lies in another one',
  about:
    'An entry within another one adds nothing, and misleads: whoever removes it believes that something is closed. An integration instance ' +
    'always reaches its own vSwitches, so that their blocks need no entry: one within them that does not stand on the cloud yet is refused by ' +
    '`postern plan` (`CIDR_REDUNDANT`), and an error. Entries for different ports are no matter of this check. ' +
    'Where the spec has an allowlist, that one is looked at; else what stands on the cloud.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    ALLOWLIST_NOT_READ: ({ link }: { readonly link: string }) => `entries of the allowlist of link ${link} overlap`,
    ENTRIES_APART: ({ link }: { readonly link: string }) =>
      `no entry of the allowlist of link ${link} lies in another one`,
    ENTRIES_OVERLAP: ({
      link,
      conflict,
      conflicts,
      needless,
      isInSpec,
    }: {
      readonly link: string;
      /** The first of them, as `postern cidr` tells it. */
      readonly conflict: string;
      readonly conflicts: number;
      readonly needless: readonly string[];
      /** Whether the spec lists them. */
      readonly isInSpec: boolean;
    }) => {
      const more = conflicts === 1 ? '' : `, and ${conflicts - 1} more of the kind`;
      const names =
        needless.slice(0, 10).join(', ') + (needless.length > 10 ? `, and ${needless.length - 10} more` : '');
      return {
        message: `entries of the allowlist of link ${link} overlap: ${conflict.replace(/\.$/, '')}${more}`,
        remedy: isInSpec
          ? `Remove ${names} from links.${link}.allowlist; it stays reachable without.`
          : `Remove ${names} with \`postern revoke ${link} ${names.replaceAll(',', '')}\`; it stays reachable without.`,
      };
    },
    ENTRY_IN_SUBNET: ({
      block,
      cidrBlock,
      around,
      link,
    }: {
      readonly block: string;
      readonly cidrBlock: string;
      readonly around: string;
      readonly link: string;
    }) => ({
      message: `${block} lies inside ${cidrBlock}, the block of ${around}, which link ${link} always reaches`,
      remedy: `Remove ${block} from links.${link}.allowlist; it stays reachable without.`,
    }),
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) =>
      `entries of the allowlist of link ${link} lie in its own vSwitches`,
  },
} satisfies CheckWords;
