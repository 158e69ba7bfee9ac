import type { CheckWords } from '../../../findings/statement.js';

const PAGE = 'https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances';

/** The texts of `cidr/internal-block`. */
export const internalBlockWords = {
  title: 'The vSwitches do not overlap the CIDR block that API Gateway reserves in the region',
  about:
    'Besides the CIDR block of each instance, API Gateway reserves a CIDR block in every region. No vSwitch of an integration ' +
    'instance may overlap it. The vendor lists these blocks on a page, and no API returns them: copy that of your region into ' +
    '`assume: { internalBlocks: { cn-hangzhou: [<block>] } }`. Without it the verdict is unknown, which is a warning.',
  sources: [PAGE],
  says: {
    INTERNAL_BLOCK_NOT_KNOWN: ({ link, region }: { readonly link: string; readonly region: string }) =>
      `the vSwitches of link ${link} overlap the CIDR block that API Gateway reserves in ${region}`,
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
      message: `${wrong.join(' and ')} ${wrong.length === 1 ? 'overlaps' : 'overlap'} ${texts.join(', ')}, which API Gateway reserves in ${region}`,
      remedy: `Use another vSwitch instead${free === undefined ? '' : `; ${free} is free in ${networkId}`}.`,
    }),
    SUBNETS_APART: ({ link, texts }: { readonly link: string; readonly texts: readonly string[] }) =>
      `the vSwitches of link ${link} do not overlap ${texts.join(', ')}`,
  },
} satisfies CheckWords;
