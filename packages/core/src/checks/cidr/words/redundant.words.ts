import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `cidr/redundant`. */
export const redundantWords = {
  title: 'No entry of the allowlist is inside another entry',
  about:
    'An entry inside another entry has no effect and is misleading: removing it blocks nothing. An integration instance always ' +
    'reaches its own vSwitches, so their blocks need no entry. An entry inside them that is not on the cloud yet is an error: ' +
    '`postern plan` refuses it (`CIDR_REDUNDANT`). This check does not compare entries for different ports. It reads the allowlist of ' +
    'the spec, or that on the cloud if the spec has none.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    ALLOWLIST_NOT_READ: ({ link }: { readonly link: string }) => `entries of the allowlist of link ${link} overlap`,
    ENTRIES_APART: ({ link }: { readonly link: string }) =>
      `no entry of the allowlist of link ${link} is inside another entry`,
    ENTRIES_OVERLAP: ({
      link,
      conflict,
      conflicts,
      needless,
      isInSpec,
    }: {
      readonly link: string;
      /** The first of them, as `postern cidr` reports it. */
      readonly conflict: string;
      readonly conflicts: number;
      readonly needless: readonly string[];
      /** Whether the spec lists them. */
      readonly isInSpec: boolean;
    }) => {
      const more = conflicts === 1 ? '' : `; ${conflicts - 1} more overlap as well`;
      const names =
        needless.slice(0, 10).join(', ') + (needless.length > 10 ? `, and ${needless.length - 10} more` : '');
      return {
        message: `entries of the allowlist of link ${link} overlap: ${conflict.replace(/\.$/, '')}${more}`,
        remedy: isInSpec
          ? `Remove ${names} from links.${link}.allowlist; these addresses stay reachable.`
          : `Remove ${names} with \`postern revoke ${link} ${names.replaceAll(',', '')}\`; these addresses stay reachable.`,
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
      message: `${block} is inside ${cidrBlock}, the block of ${around}, which link ${link} always reaches`,
      remedy: `Remove ${block} from links.${link}.allowlist; these addresses stay reachable.`,
    }),
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) =>
      `entries of the allowlist of link ${link} are inside its own vSwitches`,
  },
} satisfies CheckWords;
