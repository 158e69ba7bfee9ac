import type { CheckWords } from '../../findings/statement.js';
import { otherBlockText, type OtherBlock } from './own-block.words.js';
import { sentence } from '../sale.words.js';

/** The texts of `cidr/instance-block`. */
export const instanceBlockWords = {
  title: "The instance's own block meets none of its vSwitches",
  about:
    "An integration instance has a block on the gateway's own side, 192.168.0.0/16 or 172.16.0.0/12, chosen when it is made and never " +
    'changed. Where it overlaps the block of a vSwitch that the instance stands in, the instance never gets to work, or cannot be made.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) =>
      `the own block of link ${link} meets none of its vSwitches`,
    BLOCK_NOT_OFFERED: ({
      ownBlock,
      offered,
      link,
    }: {
      readonly ownBlock: string;
      readonly offered: readonly string[];
      readonly link: string;
    }) => ({
      message: `${ownBlock} cannot be the own block of an instance`,
      remedy: `Write one of ${offered.join(' and ')} as links.${link}.instanceCidr.`,
    }),
    SUBNET_APART: ({
      block,
      subnet,
      ownBlock,
    }: {
      readonly block: string;
      readonly subnet: string;
      readonly ownBlock: string;
    }) => `${block} of ${subnet} lies apart from ${ownBlock}`,
    SUBNET_OVERLAPS: ({
      block,
      subnet,
      ownBlock,
      link,
      isNew,
      otherWorks,
      instead,
      free,
      offered,
      network,
    }: {
      readonly block: string;
      readonly subnet: string;
      readonly ownBlock: string;
      readonly link: string;
      readonly isNew: boolean;
      readonly otherWorks: boolean;
      readonly instead: OtherBlock;
      readonly free?: string | undefined;
      readonly offered: readonly string[];
      readonly network: string;
    }) => ({
      message: `${block} of ${subnet} overlaps ${ownBlock}, the own block of link ${link}: the instance ${isNew ? 'would never get' : 'does not get'} to work`,
      remedy: otherWorks
        ? `${sentence(otherBlockText(instead))}.`
        : free === undefined
          ? `Use vSwitches outside of ${offered.join(' and ')}, for which ${network} needs a secondary block.`
          : `Use vSwitches outside of ${offered.join(' and ')}; ${free} is free in ${network}.`,
    }),
  },
} satisfies CheckWords;
