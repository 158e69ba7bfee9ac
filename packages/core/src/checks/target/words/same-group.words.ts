import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `target/same-group`. */
export const targetSameGroupWords = {
  title: 'The ECS instance is in the security groups of the integration instance, as Alibaba Cloud recommends',
  about:
    'The documentation of Alibaba Cloud asks for an ECS backend to be in the same security group as the network interfaces of the ' +
    'integration instance: in that of each zone, since an instance has one group in each zone. Nothing enforces this, and packets do ' +
    'not need it: `path/*` and `egress/admitted` evaluate whether the rules allow the calls. This check reports the ' +
    'recommendation separately from the rules, because support may insist on it.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    SAME_GROUPS: ({ id, link }: { readonly id: string; readonly link: string }) =>
      `${id} is in the security groups of link ${link}`,
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
      message: `Alibaba Cloud recommends putting ${id} into ${lacking.join(' and ')}, like link ${link}. It is not required: the rules decide (path/*)`,
      remedy: ofOtherKind
        ? `Ignore this finding, or use security groups of one type for ${id} and the link. An interface accepts groups of only one type, so ${lacking.join(' and ')} cannot be added to those of ${id}.`
        : `Add ${id} to ${lacking.join(' and ')} if you need the support of Alibaba Cloud, or ignore this finding.`,
    }),
  },
} satisfies CheckWords;
