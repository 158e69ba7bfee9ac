import { aboutGateway, migrationCheck, standsInSubnets, thing, useEvidence, useText } from '@postern/core/checks';

/** `migrate/plain-address`. */
export const migratePlainAddress = migrationCheck({
  id: 'migrate/plain-address',
  severity: 'error',
  title: 'Every backend has an authorization if the target instance requires one',
  about:
    'A VPC integration instance calls private addresses without an authorization, and finds servers in registries (Nacos, ZooKeeper). A conventional or shared instance calls only ' +
    'the single resources that authorizations name. An API with a plain private address or a registry loses its backend there.',
  unsettled: ['A move compares VPCs and blocks only: the same address in another VPC is another backend. [I]'],
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://www.alibabacloud.com/help/doc-detail/179362',
  ],
  back: 'also',
  codes: ['NO_AUTHORIZATION'],
  *run({ to, backends, gateway }, say) {
    if (to.link !== undefined && standsInSubnets(to)) return;
    for (const { name, uses } of backends) {
      const [use] = uses.filter(({ targetId }) => targetId === undefined);
      if (use === undefined) continue;
      yield say.fail(
        aboutGateway(gateway, thing('backend', name)),
        'NO_AUTHORIZATION',
        { useText: useText(use), name, linkId: to.link?.id, use: use.name },
        (p) => ({
          message: `${p.useText} calls ${p.name} without an authorization, but ${p.linkId ?? 'the target instance'} requires one`,
          remedy: `Create a VPC access authorization for ${p.name} and point ${p.use} to it before the move.`,
          evidence: useEvidence(uses),
        }),
      );
    }
  },
});
