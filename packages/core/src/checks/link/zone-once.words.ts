import type { CheckWords } from '../../findings/statement.js';
import { counted } from '../../text/counted.js';

/** The texts of `link/zone-once`. */
export const zoneOnceWords = {
  title: 'An instance that is to be made has one vSwitch in each zone, and a group for each',
  about:
    'An integration instance of Alibaba Cloud is made with one vSwitch and one security group in each of its zones. Two vSwitches of ' +
    'one zone, or a number of groups that is neither one nor that of the vSwitches, cannot be written into the request.',
  sources: [
    'https://github.com/aliyun/terraform-provider-alicloud/blob/master/website/docs/r/api_gateway_instance.html.markdown',
  ],
  says: {
    ZONE_TWICE: ({
      twice,
      zone,
      link,
    }: {
      readonly twice: readonly string[];
      readonly zone?: string | undefined;
      readonly link: string;
    }) => ({
      message: `${twice.join(' and ')} are both in ${zone}, and an instance has one vSwitch in each zone`,
      remedy: `Keep one of them under links.${link}.subnets.`,
    }),
    GROUP_COUNT: ({
      link,
      groups,
      subnetIdsCount,
    }: {
      readonly link: string;
      readonly groups: number;
      readonly subnetIdsCount: number;
    }) => ({
      message: `link ${link} has ${groups} security groups for ${counted(subnetIdsCount, 'vSwitch', 'vSwitches')}`,
      remedy: `Write one group for all, or one for each vSwitch in their order, under links.${link}.securityGroups.`,
    }),
    GROUPS_NOT_READ: ({ link }: { readonly link: string }) =>
      `link ${link} has one security group, or one for each vSwitch`,
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) => `the vSwitches of link ${link} are of different zones`,
    ONE_IN_EACH_ZONE: ({ link }: { readonly link: string }) => `link ${link} would have one vSwitch in each zone`,
  },
} satisfies CheckWords;
