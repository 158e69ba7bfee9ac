import {
  aboutGateway,
  migrationCheck,
  namesOf,
  standsInSubnets,
  thing,
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
  codes: ['NETWORK_NOT_READ', 'SAME_NETWORK', 'OTHER_NETWORK'],
  *run({ to, backends, gateway }, say) {
    if (to.link === undefined || !standsInSubnets(to)) return;
    for (const { name, uses, target } of backends) {
      if (target === undefined || uses.length === 0) continue;
      const about = aboutGateway(gateway, thing('authorization', name));
      const own = target.networkId;
      if (own === undefined || to.networkId === undefined) {
        const what = `the VPC of ${own === undefined ? name : to.link.id}`;
        yield say.unknown(
          about,
          'NETWORK_NOT_READ',
          { name, linkId: to.link.id },
          { what, remedy: 'Take the snapshot again with `postern snapshot`.' },
          (p) => `${p.name} is in the VPC that ${p.linkId} connects to`,
        );
      } else if (own === to.networkId) {
        yield say.pass(
          about,
          'SAME_NETWORK',
          () => ({ name, own }),
          (p) => ({
            message: `${p.name} is in ${p.own}, the VPC that the instance connects to`,
            evidence: useEvidence(uses),
          }),
        );
      } else {
        yield say.fail(
          about,
          'OTHER_NETWORK',
          {
            name,
            own,
            linkId: to.link.id,
            networkId: to.networkId,
            useText: usesText(uses),
            use: namesOf(uses),
          },
          (p) => ({
            message: `${p.name} is in ${p.own}, but ${p.linkId} connects to ${p.networkId}: the service refuses the move because of ${p.useText}`,
            remedy: `Move to an instance that connects to ${p.own}, or point ${p.use} to a backend in ${p.networkId} first.`,
            evidence: [{ kind: 'authorization', id: name, text: `in ${own}` }, ...useEvidence(uses)],
          }),
        );
      }
    }
  },
});
