import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/plain-address`. */
export const migratePlainAddressWords = {
  title: 'Every backend has an authorization if the target instance requires one',
  about:
    'A VPC integration instance calls private addresses without an authorization, and finds servers in registries (Nacos, ZooKeeper). A conventional or shared instance calls only ' +
    'the single resources that authorizations name. An API with a plain private address or a registry loses its backend there.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://www.alibabacloud.com/help/doc-detail/179362',
  ],
  says: {
    NO_AUTHORIZATION: ({
      useText,
      name,
      linkId,
      use,
    }: {
      readonly useText: string;
      readonly name: string;
      readonly linkId?: string | undefined;
      readonly use: string;
    }) => ({
      message: `${useText} calls ${name} without an authorization, but ${linkId ?? 'the target instance'} requires one`,
      remedy: `Create a VPC access authorization for ${name} and point ${use} to it before the move.`,
    }),
  },
} satisfies CheckWords;
