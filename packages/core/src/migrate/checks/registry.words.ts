import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/registry`. */
export const migrateRegistryWords = {
  title: 'The servers that a registry hands out are known',
  about:
    'A named backend of a VPC integration instance may find its servers in a registry (Nacos, ZooKeeper). The registry itself is a backend like any other, and judged as one: inside the accessible blocks, and reached. Which ' +
    'servers it hands out no call of the cloud tells, and they change; yet each of them has to lie inside the accessible blocks, and has to let the new source addresses in. Write them into the spec under ' +
    '`assume.registries`, by the address of the registry as the backend has it, and they are judged, too.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://nacos.io/en/docs/what-is-nacos/',
  ],
  says: {
    SERVERS_GIVEN: ({ registry, servers }: { readonly registry: string; readonly servers: readonly string[] }) =>
      `${registry} hands out ${servers.join(', ')}`,
    SERVERS_NOT_KNOWN: ({
      hasUse,
      useText,
      registry,
      remedy,
    }: {
      readonly hasUse: boolean;
      readonly useText?: string | undefined;
      readonly registry: string;
      readonly remedy: string;
    }) => ({
      message: `${!hasUse ? 'a backend' : useText} calls the servers that ${registry} hands out, and no call tells which these are`,
      remedy: remedy,
    }),
  },
} satisfies CheckWords;
