import type { CheckWords } from '../../../findings/statement.js';
import { counted } from '../../../text/counted.js';

/** The texts of `link/zone-once`. */
export const zoneOnceWords = {
  title: 'A new instance has one vSwitch in each zone, and one security group for all or for each vSwitch',
  about:
    'An integration instance of Alibaba Cloud is created with one vSwitch and one security group in each of its zones. The request ' +
    'cannot express two vSwitches of one zone. Nor can it express a number of groups that is neither one nor the number of vSwitches.',
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
      message: `${twice.join(' and ')} are both in ${zone}; an instance has one vSwitch in each zone`,
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
      remedy: `Write one security group for all vSwitches, or one for each vSwitch in the same order, under links.${link}.securityGroups.`,
    }),
    GROUPS_NOT_READ: ({ link }: { readonly link: string }) =>
      `link ${link} has one security group, or one for each vSwitch`,
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) => `the vSwitches of link ${link} are in different zones`,
    ONE_IN_EACH_ZONE: ({ link }: { readonly link: string }) => `link ${link} would have one vSwitch in each zone`,
  },
} satisfies CheckWords;
