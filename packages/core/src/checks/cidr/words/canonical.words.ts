import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `cidr/canonical`. */
export const canonicalWords = {
  title: 'CIDR blocks are in canonical form',
  about:
    'Programs read a block with host bits (10.0.0.1/24), leading zeros or a missing length differently: some refuse it, some rewrite ' +
    'it, some read octal numbers. In a spec such a block is an error. On the cloud it works as the cloud reads it, and is a warning. ' +
    'The other checks of this family skip blocks that are not canonical.',
  sources: ['https://www.rfc-editor.org/rfc/rfc4632#section-3.1', 'https://www.rfc-editor.org/rfc/rfc5952'],
  says: {
    ADMITS_NOT_CANONICAL: ({
      integration,
      target,
      why,
      remedy,
      block,
    }: {
      readonly integration: string;
      readonly target: string;
      readonly why: string;
      readonly remedy?: string | undefined;
      readonly block: string;
    }) => ({
      message: `integrations.${integration}.targets.${target}.admits contains a block that is not canonical: ${why}`,
      remedy: remedy ?? `Correct ${JSON.stringify(block)} in integrations.${integration}.targets.${target}.admits.`,
    }),
    ADMITS_CANONICAL: ({ integration, target }: { readonly integration: string; readonly target: string }) =>
      `the blocks of integrations.${integration}.targets.${target}.admits are canonical`,
    BLOCK_NOT_CANONICAL: ({
      link,
      why,
      remedy,
      block,
    }: {
      readonly link: string;
      readonly why: string;
      readonly remedy?: string | undefined;
      readonly block: string;
    }) => ({
      message: `the allowlist of link ${link} contains a block that is not canonical: ${why}`,
      remedy: remedy ?? `Correct ${JSON.stringify(block)} in links.${link}.allowlist.`,
    }),
    ALLOWLIST_NOT_READ: ({ link }: { readonly link: string }) =>
      `the blocks of the allowlist of link ${link} are canonical`,
    ALLOWLIST_CANONICAL: ({ link }: { readonly link: string }) =>
      `the blocks of the allowlist of link ${link} are canonical`,
  },
} satisfies CheckWords;
