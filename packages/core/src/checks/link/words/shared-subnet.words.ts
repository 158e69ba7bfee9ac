import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `link/shared-subnet`. */
export const sharedSubnetWords = {
  title: 'A link in a shared subnet has a security group',
  about:
    'In a subnet that another account shares (through AWS RAM), API Gateway creates no VPC link without a security group: "For a ' +
    'shared subnet, at least one security-group-id should be provided". In other subnets it uses the default group of the VPC.',
  sources: ['https://github.com/aws/aws-cdk/issues/34137'],
  says: {
    HAS_GROUPS: ({
      linkText,
      securityGroupIds,
    }: {
      readonly linkText: string;
      readonly securityGroupIds: readonly string[];
    }) => `${linkText} has security groups: ${securityGroupIds.join(', ')}`,
    GROUPS_NOT_READ: ({ link }: { readonly link: string }) => `link ${link} has a security group`,
    SHARED_WITHOUT_GROUP: ({
      linkText,
      names,
      link,
    }: {
      readonly linkText: string;
      readonly names: readonly string[];
      readonly link: string;
    }) => ({
      message: `${linkText} has no security group and is in shared subnets: ${names.join(', ')}`,
      remedy: `Write at least one group under links.${link}.securityGroups, then run \`postern apply\`.`,
    }),
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) => `link ${link} is in a shared subnet`,
    NOT_SHARED: ({ linkText }: { readonly linkText: string }) => `no subnet of ${linkText} is shared`,
  },
} satisfies CheckWords;
