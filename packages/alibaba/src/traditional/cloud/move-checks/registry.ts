import {
  aboutGateway,
  migrationCheck,
  type MigrationInput,
  missingEvidence,
  pass,
  sourceOf,
  standsInSubnets,
  thing,
  undecided,
  useEvidence,
  useText,
} from '@postern/core/internal/checks';
import type { GatewayUse } from '@postern/core/internal/snapshot';
import { groupedPairs } from '@postern/core/internal/kinds';

export const migrateRegistry = migrationCheck({
  id: 'migrate/registry',
  severity: 'error',
  title: 'The servers that a registry returns are known',
  about:
    'A named backend of a VPC integration instance may find its servers in a registry (Nacos, ZooKeeper). The registry itself is checked as any other backend: it must be inside ' +
    'the accessible blocks and reachable. No API call reports which servers it returns, and they change. Each of them must be inside the accessible blocks, and must allow ' +
    'the new source addresses. Write them into the spec under `assume.registries`, by the address of the registry as the backend has it, and they are checked as well.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://nacos.io/en/docs/what-is-nacos/',
  ],
  codes: {
    SERVERS_GIVEN: pass('{registry} returns {servers}'),
    SERVERS_NOT_KNOWN: undecided(
      '{useText|a backend} calls the servers that {registry} returns, and no API call reports them',
      '{remedy}',
    ),
  },
  *run(input, say) {
    const { check, gateway, to } = input;
    const isIntegration = to.link !== undefined && standsInSubnets(to);
    for (const [registry, uses] of byRegistry(input)) {
      // `migrate/plain-address` reports backends of instances that query no registry.
      if (!isIntegration && input.backends.some((one) => one.uses.some((use) => use.registry === registry))) continue;

      const about = aboutGateway(gateway, thing('registry', registry));
      const given = check.spec.assume?.registries ?? {};
      const servers = Object.hasOwn(given, registry) ? given[registry] : undefined;
      if (servers !== undefined) {
        const said = `${registry} returns ${servers.join(', ')}`;
        check.assumed(`assume.registries[${JSON.stringify(registry)}]`, said);
        yield say.SERVERS_GIVEN(about, { registry, servers }, useEvidence(distinct(uses)));
        continue;
      }

      const [use] = uses;
      const blocks = [...new Set(sourceOf(to).blocks.map(({ text }) => text))];
      const missing = {
        what: `the servers that ${registry} returns`,
        remedy: `Write the servers under assume.registries of a spec (${JSON.stringify(registry)}: [ADDRESS:PORT, …]) and pass it with --spec. Each server must be inside the accessible blocks of ${to.link?.id ?? 'the target instance'}${blocks.length === 0 ? '' : ` and allow inbound calls from ${blocks.join(', ')}`}.`,
      };
      yield say.SERVERS_NOT_KNOWN(
        about,
        { hasUse: use !== undefined, useText: use && useText(use), registry, remedy: missing.remedy },
        undefined,
        [...useEvidence(distinct(uses)), missingEvidence(missing)],
      );
    }
  },
});

function byRegistry({ backends, open, untold = [] }: MigrationInput): ReadonlyMap<string, readonly GatewayUse[]> {
  const all = [...backends, ...open].flatMap(({ uses }) => uses).concat(untold);
  return groupedPairs(
    all.flatMap((use) =>
      use.registry === undefined || use.unreadable !== undefined ? [] : [[use.registry, use] as const],
    ),
  );
}

/** A registry of three servers is one use of it. */
function distinct(uses: readonly GatewayUse[]): readonly GatewayUse[] {
  return [...new Map(uses.map((use) => [`${use.id} ${useText(use)}`, use])).values()];
}
