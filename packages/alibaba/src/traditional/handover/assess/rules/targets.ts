import type { About } from '../assessment.js';
import { connectionsOf, neededBy, peakText, sizesOf } from '../../mapping/overlaps.js';
import type { MeasuredPeak } from '../../source/source.js';
import { say, type HandoverRule } from '../rule.js';
import type { TargetGateway, AssessView } from '../view.js';

const aboutGateway = ({ id, name, stage }: TargetGateway): About => ({
  source: { kind: 'gateway', id, name },
  stage,
  apis: [],
});

/** The VPCs in which the backends of the group are. */
export function vpcsOf({ source, published }: Pick<AssessView, 'source' | 'published'>): readonly string[] {
  const used = new Set(published.flatMap(({ backend }) => backend?.accessName ?? []));
  const vpcs = source.accesses.filter(({ name }) => used.has(name)).map(({ vpcId }) => vpcId);
  const own = source.instance?.vpcId;
  return [...new Set(vpcs.length > 0 ? vpcs : own === undefined ? [] : [own])].toSorted();
}

const place: HandoverRule = {
  id: 'target/place',
  classic: 'the VPC of the backends',
  apig: 'a gateway in the same region and VPC',
  codes: { TARGET_FITS: 'exact', OTHER_REGION: 'blocked', OTHER_VPC: 'blocked', SEVERAL_VPCS: 'changed' },
  *find(view) {
    const vpcs = vpcsOf(view);
    if (vpcs.length > 1) {
      yield say.changed('SEVERAL_VPCS', view.aboutGroup, {
        who: 'network',
        affects: ['backend'],
        message: `Backends are in ${vpcs.length} VPCs: ${vpcs.join(', ')}. A gateway is in one of them, and reaches the others over CEN, peering or VPN only.`,
        remedy: 'Connect the VPCs, and check both directions.',
      });
    }
    for (const gateway of view.targets) {
      const about = aboutGateway(gateway);
      if (gateway.region !== view.source.region) {
        yield say.blocked('OTHER_REGION', about, {
          who: 'platform',
          waivable: false,
          message: `${gateway.id} is in ${gateway.region}, and the group in ${view.source.region}.`,
          remedy: `Name a gateway in ${view.source.region}.`,
        });
      } else if (vpcs.length > 0 && !vpcs.includes(gateway.vpcId)) {
        yield say.blocked('OTHER_VPC', about, {
          who: 'network',
          affects: ['backend'],
          message: `${gateway.id} is in ${gateway.vpcId}, and the backends in ${vpcs.join(', ')}. The VPC of a gateway cannot be changed.`,
          remedy: 'Name a gateway in the VPC of the backends. A waiver means that the VPCs are connected.',
        });
      } else {
        yield say.exact('TARGET_FITS', about, {
          target: gateway.id,
          message: `${gateway.id} is in ${gateway.region} and ${gateway.vpcId}, as the backends are.`,
        });
      }
    }
  },
};

const state: HandoverRule = {
  id: 'target/state',
  classic: 'none',
  apig: 'a gateway of type API that is Running, with the entrances that callers use, and a fixed size',
  codes: {
    TARGET_NOT_RUNNING: 'blocked',
    TARGET_TYPE: 'blocked',
    TARGET_ELASTIC: 'blocked',
    TARGET_ACCESS: 'blocked',
    TARGET_ACCESS_NOT_READ: 'unknown',
  },
  *find(view) {
    const { group } = view.source;
    const byInternet = group.domains.length > 0 || (group.subDomain !== undefined && !group.subDomainDisabled);
    const byIntranet = group.vpcDomains.length > 0;
    for (const gateway of view.targets) {
      const about = aboutGateway(gateway);
      if (!/^running$/i.test(gateway.status)) {
        yield say.blocked('TARGET_NOT_RUNNING', about, {
          who: 'platform',
          waivable: false,
          message: `${gateway.id} is ${gateway.status}, and not Running.`,
          remedy: /ing$/i.test(gateway.status)
            ? 'Wait until it is Running, and assess again.'
            : 'Name another gateway.',
        });
      }
      if (!/^api$/i.test(gateway.type)) {
        yield say.blocked('TARGET_TYPE', about, {
          who: 'platform',
          waivable: false,
          message: `${gateway.id} is a gateway of type ${gateway.type}.`,
          remedy: 'Name a gateway of type API.',
        });
      }
      if (gateway.elastic === true) {
        yield say.blocked('TARGET_ELASTIC', about, {
          who: 'platform',
          message: `${gateway.id} changes its size by itself. The provider asks to turn that off for a migration.`,
          remedy: 'Turn elastic scaling off until the hand-over has finished.',
        });
      }
      if (gateway.access.length === 0) {
        yield say.unknown('TARGET_ACCESS_NOT_READ', about, {
          who: 'platform',
          message: `Which callers reach ${gateway.id} is not known: it shows no load balancer.`,
          remedy: 'Assess again when it is Running.',
        });
        continue;
      }
      const missing = [
        ...(byInternet && !gateway.access.includes('Internet') ? ['the Internet'] : []),
        ...(byIntranet && !gateway.access.includes('Intranet') ? ['VPCs'] : []),
      ];
      if (missing.length > 0) {
        yield say.blocked('TARGET_ACCESS', about, {
          affects: ['callers'],
          who: 'platform',
          message: `${gateway.id} takes no calls from ${missing.join(' and ')}, and the group does. The access type cannot be changed.`,
          remedy:
            'Name a gateway with the access type InternetAndIntranet. A waiver means that these callers do not exist.',
        });
      }
    }
  },
};

const size: HandoverRule = {
  id: 'target/size',
  classic: 'the capacity of the instance',
  apig: 'the type of the gateway, which cannot be changed',
  codes: { SIZE_FITS: 'exact', SIZE_SMALLER: 'changed', PEAK_FITS: 'exact', PEAK_ABOVE: 'changed' },
  *find(view) {
    const { instance } = view.source;
    for (const gateway of view.targets) {
      const peak = instance?.peak;
      const takes = connectionsOf(gateway.spec);
      if (peak !== undefined && takes !== undefined) {
        yield* peakItem(aboutGateway(gateway), gateway, peak, takes);
        continue;
      }
      const sizes = sizesOf(instance?.spec, gateway.spec);
      if (sizes === undefined) continue;
      const text = `${instance?.spec ?? ''} takes ${sizes.before} new HTTPS connections a second, and ${gateway.spec ?? ''} ${sizes.after}`;
      yield sizes.after >= sizes.before
        ? say.exact('SIZE_FITS', aboutGateway(gateway), { target: gateway.id, message: `${text}.` })
        : say.changed('SIZE_SMALLER', aboutGateway(gateway), {
            target: gateway.id,
            affects: ['callers'],
            who: 'platform',
            message: `${text}. The type of a gateway cannot be changed.`,
            remedy: 'Compare the measured peaks of the instance with this figure.',
          });
    }
  },
};

function* peakItem(about: About, { id, spec = '' }: TargetGateway, peak: MeasuredPeak, takes: number) {
  const compared = `The instance had at most ${peakText(peak)} between ${peak.from} and ${peak.to}, and ${spec} takes ${takes} new HTTPS connections a second`;
  const isCounted = peak.newConnections !== undefined;
  if (neededBy(peak) <= takes) {
    const message = isCounted ? `${compared}.` : `${compared}: enough even if each request opens one.`;
    yield say.exact('PEAK_FITS', about, { target: id, message });
    return;
  }
  const shared = ' Whether they are enough depends on how many requests share a connection.';
  yield say.changed('PEAK_ABOVE', about, {
    target: id,
    affects: ['callers'],
    who: 'platform',
    message: `${compared}.${isCounted ? '' : shared} The type of a gateway cannot be changed.`,
    remedy: isCounted
      ? 'Name a gateway of a larger type.'
      : 'Allow apigateway:DescribeInstanceNewConnections, which counts the new connections, and assess again.',
  });
}

export const targetRules: readonly HandoverRule[] = [place, state, size];
