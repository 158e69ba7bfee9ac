import type { CheckWords } from '../../findings/statement.js';

const PAGE = 'https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances';

/** The texts of `cidr/internal-block`. */
export const internalBlockWords = {
  title: 'The vSwitches lie apart from what the gateway takes for itself in the region',
  about:
    "Beside each instance's own block, API Gateway takes a block of its own in every region, and no vSwitch of an integration instance " +
    'may overlap it. The vendor lists these blocks on a page, and no API gives them: copy that of your region into `assume: { ' +
    'internalBlocks: { cn-hangzhou: [<block>] } }`. Without it nobody can say, which is a warning.',
  sources: [PAGE],
  says: {
    INTERNAL_BLOCK_NOT_KNOWN: ({ link, region }: { readonly link: string; readonly region: string }) =>
      `the vSwitches of link ${link} lie apart from what the gateway takes for itself in ${region}`,
    SUBNETS_OVERLAP: ({
      wrong,
      texts,
      region,
      free,
      networkId,
    }: {
      readonly wrong: readonly string[];
      readonly texts: readonly string[];
      readonly region: string;
      readonly free?: string | undefined;
      readonly networkId?: string | undefined;
    }) => ({
      message: `${wrong.join(' and ')} overlaps ${texts.join(', ')}, which API Gateway takes for itself in ${region}`,
      remedy: `Use another vSwitch in its place${free === undefined ? '' : `; ${free} is free in ${networkId}`}.`,
    }),
    SUBNETS_APART: ({ link, texts }: { readonly link: string; readonly texts: readonly string[] }) =>
      `the vSwitches of link ${link} lie apart from ${texts.join(', ')}`,
  },
} satisfies CheckWords;
