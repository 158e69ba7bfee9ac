import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/registry`. */
export const migrateRegistryWords = {
  title: 'The servers that a registry returns are known',
  about:
    'A named backend of a VPC integration instance may find its servers in a registry (Nacos, ZooKeeper). The registry itself is checked as any other backend: it must be inside ' +
    'the accessible blocks and reachable. No API call reports which servers it returns, and they change. Each of them must be inside the accessible blocks, and must allow ' +
    'the new source addresses. Write them into the spec under `assume.registries`, by the address of the registry as the backend has it, and they are checked as well.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://nacos.io/en/docs/what-is-nacos/',
  ],
  says: {
    SERVERS_GIVEN: ({ registry, servers }: { readonly registry: string; readonly servers: readonly string[] }) =>
      `${registry} returns ${servers.join(', ')}`,
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
      message: `${!hasUse ? 'a backend' : useText} calls the servers that ${registry} returns, and no API call reports them`,
      remedy: remedy,
    }),
  },
} satisfies CheckWords;
