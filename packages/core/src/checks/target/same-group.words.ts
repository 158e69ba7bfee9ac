import type { CheckWords } from '../../findings/statement.js';

/** The texts of `target/same-group`. */
export const targetSameGroupWords = {
  title: 'The ECS instance is in the security groups of the integration instance, as the vendor asks',
  about:
    "Alibaba Cloud's documentation asks that an ECS backend be in the same security group as the network interfaces of the integration " +
    'instance: in that of each zone, since an instance has one group in each. Nothing enforces it, and packets do not need it: ' +
    'whether the rules let calls through is for `path/*` and `egress/admitted` to say. So this is a demand of the vendor that ' +
    'somebody may hold against you, told apart from what the rules do.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    SAME_GROUPS: ({ id, link }: { readonly id: string; readonly link: string }) =>
      `${id} is in the groups of link ${link}`,
    OTHER_GROUPS: ({
      id,
      lacking,
      link,
      ofOtherKind,
    }: {
      readonly id: string;
      readonly lacking: readonly string[];
      readonly link: string;
      readonly ofOtherKind: boolean;
    }) => ({
      message: `the vendor asks that ${id} be in ${lacking.join(' and ')}, as link ${link} is; whether calls get through is up to the rules alone (path/*)`,
      remedy: ofOtherKind
        ? `Ignore this, or have ${id} and the link in groups of one kind: an interface takes groups of one kind only, and ${lacking.join(' and ')} cannot be added to those of ${id}.`
        : `Add ${id} to ${lacking.join(' and ')} where the vendor's support is to help, or ignore this.`,
    }),
  },
} satisfies CheckWords;
