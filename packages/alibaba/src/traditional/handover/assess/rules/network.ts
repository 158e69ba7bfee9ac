import { isAddress, isPrivate } from '@postern/core/internal/cloud';
import { hostOf, isPrivateName } from '../../mapping/backend-host.js';
import { blocked, changed, handoverRule, unknown, type HandoverRule } from '../rule.js';
import type { AssessView, Published } from '../view.js';

/** The APIs whose backend is on the Internet. */
function publicApis({ published }: Pick<AssessView, 'published'>): readonly Published[] {
  return published.filter(({ backend }) => {
    const host = backend?.kind === 'http' ? hostOf(backend.address ?? '') : undefined;
    return host !== undefined && (isAddress(host.name) ? !isPrivate(host.name) : !isPrivateName(host.name));
  });
}

const SNAT =
  'Create a NAT gateway with an SNAT entry for each vSwitch of the gateway, and allow its address at the backends.';

const publicEgress = handoverRule({
  id: 'network/public-egress',
  classic: 'calls to public backends from the address of the instance',
  apig: 'a NAT gateway with an SNAT entry for the vSwitches of the gateway; another address',
  codes: {
    NAT_PRESENT: changed(
      'Public backends are called by {count} {count?API:APIs}.[ They come from {now} now.] On the target they come from the NAT gateway of its vSwitches.',
      {
        affects: ['backend'],
        who: 'backend',
        remedy: 'Allow the address of the NAT gateway at the backends.',
      },
    ),
    NAT_MISSING: blocked(
      'Public backends are called by {count} {count?API:APIs}, and the vSwitches of the target have no SNAT entry.[ They come from {now} now.]',
      { affects: ['backend', 'callers'], who: 'network', remedy: SNAT },
    ),
    NAT_UNKNOWN: unknown(
      'Public backends are called by {count} {count?API:APIs}.[ They come from {now} now.] The target needs a NAT gateway with an SNAT entry for its vSwitches; whether there is one is not known.',
      { affects: ['backend', 'callers'], who: 'network', remedy: SNAT },
    ),
  },
  *find(view, say) {
    const apis = publicApis(view);
    if (apis.length === 0) return;

    const about = { ...view.aboutGroup, apis: [...new Set(apis.map(({ api }) => api.id))].toSorted() };
    const calls = { count: apis.length, now: view.source.instance?.publicEgress };
    const reaches = view.targets.map(({ reachesInternet }) => reachesInternet);
    if (reaches.includes(false)) yield say.NAT_MISSING(about, calls);
    else if (reaches.length > 0 && reaches.every((one) => one === true)) yield say.NAT_PRESENT(about, calls);
    else yield say.NAT_UNKNOWN(about, calls);
  },
});

const sources = handoverRule({
  id: 'network/source-addresses',
  classic: 'calls to VPC backends from the addresses of the instance',
  apig: 'calls from addresses of the vSwitches of the gateway, in its managed security group',
  codes: {
    SOURCE_ADDRESSES: changed(
      'Backends get calls from {now|the addresses of the instance} now, and from the vSwitches of the gateway then. Lists of addresses inside of backends must admit them.',
      {
        target: 'an inbound rule for the managed group of the gateway',
        affects: ['backend'],
        who: 'network',
        remedy:
          "Allow the managed group in the security groups of the backends: the plan has these rules[, but none for {without}: admit the blocks of the gateway's vSwitches in the groups of the servers behind it]. Check lists that only the backends know.",
      },
    ),
  },
  *find(view, say) {
    const apis = view.published.filter(({ backend }) => backend?.kind === 'vpc' || isPrivateHttp(backend?.address));
    if (apis.length === 0) return;

    // A load balancer of layer 4 keeps the caller's address, which a rule for a group does not match; what has an address may be no server.
    const without = new Set(
      apis.flatMap(({ backend }) => {
        const name = backend?.kind === 'vpc' ? (backend.accessName ?? '') : '';
        const resolved = view.access(name)?.resolved;
        return resolved?.is === 'found' && resolved.groupIds.length === 0 ? [name] : [];
      }),
    );
    yield say.SOURCE_ADDRESSES(view.aboutGroup, {
      now: view.source.instance?.vpcEgress,
      without: [...without].toSorted(),
    });
  },
});

const isPrivateHttp = (address: string | undefined): boolean => {
  const host = address === undefined ? undefined : hostOf(address);
  return host !== undefined && (isAddress(host.name) ? isPrivate(host.name) : isPrivateName(host.name));
};

const entrance = handoverRule({
  id: 'network/entrance-control',
  classic: 'an access control list on the entrance of the instance',
  apig: 'IpAccessControl of the gateway',
  codes: {
    ENTRANCE_CONTROL: changed(
      '{instance} {isAllowlist?admits:refuses} callers by the list {list}. It stays behind: the gateway needs a policy of its own.',
      {
        target: 'policy IpAccessControl of the gateway',
        affects: ['callers'],
        who: 'platform',
        remedy: 'Write the same blocks into IpAccessControl of the gateway before the switch.',
      },
    ),
  },
  *find({ source: { instance }, aboutGroup }, say) {
    const list = instance?.accessControl;
    if (instance === undefined || list === undefined) return;

    yield say.ENTRANCE_CONTROL(
      { ...aboutGroup, source: { kind: 'instance', id: instance.id, name: instance.id } },
      { instance: instance.id, isAllowlist: /white/i.test(list.type), list: list.id },
    );
  },
});

export const networkRules: readonly HandoverRule[] = [publicEgress, sources, entrance];
