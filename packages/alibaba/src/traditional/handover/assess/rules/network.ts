import { isAddress, isPrivate, counted } from '@postern/core/cloud';
import { hostOf, isPrivateName } from '../../mapping/backend-host.js';
import { say, type HandoverRule } from '../rule.js';
import type { AssessView, Published } from '../view.js';

/** The APIs whose backend is on the Internet. */
function publicApis({ published }: Pick<AssessView, 'published'>): readonly Published[] {
  return published.filter(({ backend }) => {
    const host = backend?.kind === 'http' ? hostOf(backend.address ?? '') : undefined;
    return host !== undefined && (isAddress(host.name) ? !isPrivate(host.name) : !isPrivateName(host.name));
  });
}

const publicEgress: HandoverRule = {
  id: 'network/public-egress',
  classic: 'calls to public backends from the address of the instance',
  apig: 'a NAT gateway with an SNAT entry for the vSwitches of the gateway; another address',
  codes: { NAT_PRESENT: 'changed', NAT_MISSING: 'blocked', NAT_UNKNOWN: 'unknown' },
  *find(view) {
    const apis = publicApis(view);
    if (apis.length === 0) return;
    const { instance } = view.source;
    const about = { ...view.aboutGroup, apis: [...new Set(apis.map(({ api }) => api.id))].toSorted() };
    const now = instance?.publicEgress.join(', ') ?? '';
    const from = now === '' ? '' : ` They come from ${now} now.`;
    const remedy =
      'Create a NAT gateway with an SNAT entry for each vSwitch of the gateway, and allow its address at the backends.';
    const reaches = view.targets.map(({ reachesInternet }) => reachesInternet);
    if (reaches.includes(false)) {
      yield say.blocked('NAT_MISSING', about, {
        affects: ['backend', 'callers'],
        who: 'network',
        message: `Public backends are called by ${counted(apis.length, 'API')}, and the vSwitches of the target have no SNAT entry.${from}`,
        remedy,
      });
    } else if (reaches.length > 0 && reaches.every((one) => one === true)) {
      yield say.changed('NAT_PRESENT', about, {
        affects: ['backend'],
        who: 'backend',
        message: `Public backends are called by ${counted(apis.length, 'API')}.${from} On the target they come from the NAT gateway of its vSwitches.`,
        remedy: 'Allow the address of the NAT gateway at the backends.',
      });
    } else {
      yield say.unknown('NAT_UNKNOWN', about, {
        affects: ['backend', 'callers'],
        who: 'network',
        message: `Public backends are called by ${counted(apis.length, 'API')}.${from} The target needs a NAT gateway with an SNAT entry for its vSwitches; whether there is one is not known.`,
        remedy,
      });
    }
  },
};

const sources: HandoverRule = {
  id: 'network/source-addresses',
  classic: 'calls to VPC backends from the addresses of the instance',
  apig: 'calls from addresses of the vSwitches of the gateway, in its managed security group',
  codes: { SOURCE_ADDRESSES: 'changed' },
  *find(view) {
    const apis = view.published.filter(({ backend }) => backend?.kind === 'vpc' || isPrivateHttp(backend?.address));
    if (apis.length === 0) return;
    const now = view.source.instance?.vpcEgress ?? [];
    // A load balancer of layer 4 keeps the caller's address, which a rule for a group does not match; what has an address may be no server.
    const without = new Set(
      apis.flatMap(({ backend }) => {
        const name = backend?.kind === 'vpc' ? (backend.accessName ?? '') : '';
        const resolved = view.access(name)?.resolved;
        return resolved?.is === 'found' && resolved.groupIds.length === 0 ? [name] : [];
      }),
    );
    yield say.changed('SOURCE_ADDRESSES', view.aboutGroup, {
      target: 'an inbound rule for the managed group of the gateway',
      affects: ['backend'],
      who: 'network',
      message: `Backends get calls from ${now.length === 0 ? 'the addresses of the instance' : now.join(', ')} now, and from the vSwitches of the gateway then. Lists of addresses inside of backends must admit them.`,
      remedy: `Allow the managed group in the security groups of the backends: the plan has these rules${
        without.size === 0
          ? ''
          : `, but none for ${[...without].toSorted().join(', ')}: admit the blocks of the gateway's vSwitches in the groups of the servers behind it`
      }. Check lists that only the backends know.`,
    });
  },
};

const isPrivateHttp = (address: string | undefined): boolean => {
  const host = address === undefined ? undefined : hostOf(address);
  return host !== undefined && (isAddress(host.name) ? isPrivate(host.name) : isPrivateName(host.name));
};

const entrance: HandoverRule = {
  id: 'network/entrance-control',
  classic: 'an access control list on the entrance of the instance',
  apig: 'IpAccessControl of the gateway',
  codes: { ENTRANCE_CONTROL: 'changed' },
  *find({ source: { instance }, aboutGroup }) {
    const list = instance?.accessControl;
    if (instance === undefined || list === undefined) return;
    yield say.changed(
      'ENTRANCE_CONTROL',
      { ...aboutGroup, source: { kind: 'instance', id: instance.id, name: instance.id } },
      {
        target: 'policy IpAccessControl of the gateway',
        affects: ['callers'],
        who: 'platform',
        message: `${instance.id} ${/white/i.test(list.type) ? 'admits' : 'refuses'} callers by the list ${list.id}. It stays behind: the gateway needs a policy of its own.`,
        remedy: 'Write the same blocks into IpAccessControl of the gateway before the switch.',
      },
    );
  },
};

export const networkRules: readonly HandoverRule[] = [publicEgress, sources, entrance];
