import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/plain-address`. */
export const migratePlainAddressWords = {
  title: 'No backend is called without an authorisation where one is needed',
  about:
    'A VPC integration instance calls private addresses as they are, and finds servers in registries (Nacos, ZooKeeper). A conventional or shared instance calls only what an ' +
    'authorisation names, resource by resource: an API with a plain private address or a registry loses its backend there.',
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
      message: `${useText} calls ${name} without an authorisation, which ${linkId ?? 'such an instance'} cannot`,
      remedy: `Make a VPC access authorisation for ${name} and lead ${use} to it before the move.`,
    }),
  },
} satisfies CheckWords;
