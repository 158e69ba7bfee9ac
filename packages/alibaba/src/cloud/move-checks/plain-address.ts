import { aboutGateway, fail, migrationCheck, standsInSubnets, thing, useEvidence, useText } from '@postern/core/checks';

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
  codes: {
    NO_AUTHORIZATION: fail(
      '{useText} calls {name} without an authorization, but {linkId|the target instance} requires one',
      'Create a VPC access authorization for {name} and point {use} to it before the move.',
    ),
  },
  *run({ to, backends, gateway }, say) {
    if (to.link !== undefined && standsInSubnets(to)) return;
    for (const { name, uses } of backends) {
      const [use] = uses.filter(({ targetId }) => targetId === undefined);
      if (use === undefined) continue;
      yield say.NO_AUTHORIZATION(
        aboutGateway(gateway, thing('backend', name)),
        { useText: useText(use), name, linkId: to.link?.id, use: use.name },
        useEvidence(uses),
      );
    }
  },
});
