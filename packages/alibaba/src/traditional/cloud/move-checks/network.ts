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
  type MigrationInput,
} from '@postern/core/internal/checks';
import type { Missing } from '@postern/core/internal/check';
import { domainsOf } from './domains.js';
import { untold, unreadSettings } from './unread-settings.js';

export const migrateNetwork = migrationCheck({
  id: 'migrate/network',
  severity: 'error',
  title: 'Every authorization is in the VPC that the target instance connects to',
  about:
    'The service compares the VPC of each authorization with the VPC that the instance connects to, for drafts and for published versions. It refuses the move if they differ. A conventional instance connects to any VPC that an authorization names.',
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

export const migrateClientNetwork = migrationCheck({
  id: 'migrate/client-network',
  severity: 'error',
  title: 'The target instance has the same client VPC as the current instance',
  about:
    "Callers that use a group's VPC domain are in the client VPC of its instance. They cannot reach a target instance that has another client VPC.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  codes: {
    NETWORKS_NOT_READ: unknown('{linkId|the target instance} has the same client VPC as the current instance'),
    SAME_NETWORK: pass('the client VPC is {old} on both instances'),
    OTHER_NETWORK: fail(
      'callers are in {old}, but the client VPC of {linkId|the target instance} is {next|not set}',
      'Set the client VPC of {linkId|the target instance} to {old} (ModifyInstanceVpcAttributeForConsole) before the move.',
    ),
  },
  *run(input, say) {
    const { gateway, from, to } = input;
    if (!domainsOf(gateway.settings?.domains, 'network').length) return;

    const [old, next] = [from?.link?.settings?.clientNetworkId, to.link?.settings?.clientNetworkId];
    const about = aboutGateway(gateway);
    if (old === undefined || to.link?.settings === undefined) {
      const what = 'the client VPC';
      const missing =
        old !== undefined ? untold(to, what) : from === undefined ? unreadSource(input, what) : untold(from, what);
      yield say.NETWORKS_NOT_READ(about, { linkId: to.link?.id }, missing);
      return;
    }

    const evidence = [
      { kind: 'link', id: from?.link?.id ?? '', text: `client VPC ${old}` },
      { kind: 'link', id: to.link?.id, text: `client VPC ${next ?? 'none'}` },
    ];
    if (old === next) yield say.SAME_NETWORK(about, { old }, evidence);
    else yield say.OTHER_NETWORK(about, { old, linkId: to.link?.id, next }, evidence);
  },
});

/** For a gateway whose current instance is a shared instance, or could not be read. */
function unreadSource({ region, gateway }: MigrationInput, what: string): Missing {
  const id = gateway.linkId ?? 'its current instance';
  return (
    region.missing('links', gateway.linkId) ?? {
      what: `${what} of ${id}`,
      remedy: `Look up ${what} of ${id} in the console.`,
    }
  );
}

export const migrateIpv6 = migrationCheck({
  id: 'migrate/ipv6',
  severity: 'error',
  title: 'The target instance has IPv6 enabled if the gateway is called over IPv6',
  about: 'A group with an IPv6 address needs a target instance that has IPv6 enabled before the move.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  codes: {
    IPV6_NOT_READ: unknown('calls over IPv6 still reach the gateway after the move'),
    BOTH_IPV6: pass('the gateway and the target instance both have IPv6'),
    IPV6_LACKING: fail(
      '{gateway} is called over IPv6, but IPv6 is not enabled on {linkId|the target instance}',
      'Enable IPv6 on {linkId|the target instance} (ModifyInstanceAttribute, IPV6Enabled true) before the move.',
    ),
  },
  *run(input, say) {
    const { gateway, to } = input;
    const about = aboutGateway(gateway);
    const unread = unreadSettings(input);
    const there = to.link?.settings?.ipv6;
    if (unread === undefined && gateway.settings?.ipv6 !== true) return;
    if (unread !== undefined || there === undefined) {
      yield say.IPV6_NOT_READ(about, {}, unread ?? untold(to, 'the IPv6 setting'));
      return;
    }

    const evidence = [{ kind: 'link', id: to.link?.id ?? '', text: `IPv6 ${there ? 'on' : 'off'}` }];
    if (there) yield say.BOTH_IPV6(about, {}, evidence);
    else yield say.IPV6_LACKING(about, { gateway: gateway.id, linkId: to.link?.id }, evidence);
  },
});
