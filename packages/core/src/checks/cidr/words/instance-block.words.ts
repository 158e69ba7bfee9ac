import type { CheckWords } from '../../../findings/statement.js';
import { otherBlockText, type OtherBlock } from './own-block.words.js';
import { sentence } from '../../sale.words.js';

/** The texts of `cidr/instance-block`. */
export const instanceBlockWords = {
  title: 'The instance CIDR block does not overlap the vSwitches of the instance',
  about:
    "An integration instance has a CIDR block on the gateway's side, 192.168.0.0/16 or 172.16.0.0/12. It is chosen when the instance " +
    'is created and never changes. If it overlaps a vSwitch of the instance, the instance never works or cannot be created.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) =>
      `the instance CIDR block of link ${link} overlaps its vSwitches`,
    BLOCK_NOT_OFFERED: ({
      ownBlock,
      offered,
      link,
    }: {
      readonly ownBlock: string;
      readonly offered: readonly string[];
      readonly link: string;
    }) => ({
      message: `${ownBlock} cannot be the CIDR block of an instance`,
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
    }) => `${block} of ${subnet} does not overlap ${ownBlock}`,
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
      message: `${block} of ${subnet} overlaps ${ownBlock}, the instance CIDR block of link ${link}: the instance ${isNew ? 'would not work' : 'does not work'}`,
      remedy: otherWorks
        ? `${sentence(otherBlockText(instead))}.`
        : free === undefined
          ? `Use vSwitches outside of ${offered.join(' and ')}; ${network} needs a secondary CIDR block for them.`
          : `Use vSwitches outside of ${offered.join(' and ')}; ${free} is free in ${network}.`,
    }),
  },
} satisfies CheckWords;
