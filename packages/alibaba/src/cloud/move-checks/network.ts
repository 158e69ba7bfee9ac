import {
  aboutGateway,
  fail,
  migrationCheck,
  namesOf,
  pass,
  standsInSubnets,
  thing,
  unknown,
  useEvidence,
  usesText,
} from '@postern/core/checks';

/** `migrate/network`. */
export const migrateNetwork = migrationCheck({
  id: 'migrate/network',
  severity: 'error',
  title: 'Every authorization is in the VPC that the target instance connects to',
  about:
    'The service compares the VPC of each authorization with the VPC that the instance connects to, for drafts and for published versions. It refuses the move ' +
    'if they differ. A conventional instance connects to any VPC that an authorization names.',
  unsettled: ['A move compares VPCs and blocks only: the same address in another VPC is another backend. [I]'],
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  back: 'always',
  codes: {
    NETWORK_NOT_READ: unknown('{name} is in the VPC that {linkId} connects to'),
    SAME_NETWORK: pass('{name} is in {own}, the VPC that the instance connects to'),
    OTHER_NETWORK: fail(
      '{name} is in {own}, but {linkId} connects to {networkId}: the service refuses the move because of {useText}',
      'Move to an instance that connects to {own}, or point {use} to a backend in {networkId} first.',
    ),
  },
  *run({ to, backends, gateway }, say) {
    if (to.link === undefined || !standsInSubnets(to)) return;
    for (const { name, uses, target } of backends) {
      if (target === undefined || uses.length === 0) continue;
      const about = aboutGateway(gateway, thing('authorization', name));
      const own = target.networkId;
      if (own === undefined || to.networkId === undefined) {
        const what = `the VPC of ${own === undefined ? name : to.link.id}`;
        const missing = { what, remedy: 'Take the snapshot again with `postern snapshot`.' };
        yield say.NETWORK_NOT_READ(about, { name, linkId: to.link.id }, missing);
      } else if (own === to.networkId) yield say.SAME_NETWORK(about, { name, own }, useEvidence(uses));
      else {
        const { networkId } = to;
        yield say.OTHER_NETWORK(
          about,
          { name, own, linkId: to.link.id, networkId, useText: usesText(uses), use: namesOf(uses) },
          [{ kind: 'authorization', id: name, text: `in ${own}` }, ...useEvidence(uses)],
        );
      }
    }
  },
});
