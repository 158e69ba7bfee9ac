import type { About } from '../assessment.js';
import { connectionsOf, neededBy, peakText, sizesOf } from '../../mapping/route-match.js';
import { blocked, changed, exact, handoverRule, unknown, type HandoverRule } from '../rule.js';
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

const place = handoverRule({
  id: 'target/place',
  classic: 'the VPC of the backends',
  apig: 'a gateway in the same region and VPC',
  codes: {
    TARGET_FITS: exact('{gateway} is in {region} and {vpc}, as the backends are.', { target: '{gateway}' }),
    OTHER_REGION: blocked('{gateway} is in {region}, and the group in {wanted}.', {
      who: 'platform',
      waivable: false,
      remedy: 'Name a gateway in {wanted}.',
    }),
    OTHER_VPC: blocked('{gateway} is in {vpc}, and the backends in {vpcs}. The VPC of a gateway cannot be changed.', {
      who: 'network',
      affects: ['backend'],
      remedy: 'Name a gateway in the VPC of the backends. A waiver means that the VPCs are connected.',
    }),
    SEVERAL_VPCS: changed(
      'Backends are in {count} VPCs: {vpcs}. A gateway is in one of them, and reaches the others over CEN, peering or VPN only.',
      { who: 'network', affects: ['backend'], remedy: 'Connect the VPCs, and check both directions.' },
    ),
  },
  *find(view, say) {
    const vpcs = vpcsOf(view);
    const { region: wanted } = view.source;
    if (vpcs.length > 1) yield say.SEVERAL_VPCS(view.aboutGroup, { count: vpcs.length, vpcs });
    for (const one of view.targets) {
      const { id: gateway, region, vpcId: vpc } = one;
      const about = aboutGateway(one);
      if (region !== wanted) yield say.OTHER_REGION(about, { gateway, region, wanted });
      else if (vpcs.length > 0 && !vpcs.includes(vpc)) yield say.OTHER_VPC(about, { gateway, vpc, vpcs });
      else yield say.TARGET_FITS(about, { gateway, region, vpc });
    }
  },
});

const state = handoverRule({
  id: 'target/state',
  classic: 'none',
  apig: 'a gateway of type API that is Running, with the entrances that callers use, and a fixed size',
  codes: {
    TARGET_NOT_RUNNING: blocked('{gateway} is {status}, and not Running.', {
      who: 'platform',
      waivable: false,
      remedy: '[if isTurning: Wait until it is Running, and assess again.|Name another gateway.]',
    }),
    TARGET_TYPE: blocked('{gateway} is a gateway of type {type}.', {
      who: 'platform',
      waivable: false,
      remedy: 'Name a gateway of type API.',
    }),
    TARGET_ELASTIC: blocked(
      '{gateway} changes its size by itself. The provider asks to turn that off for a migration.',
      { who: 'platform', remedy: 'Turn elastic scaling off until the hand-over has finished.' },
    ),
    TARGET_ACCESS: blocked(
      '{gateway} takes no calls from {missing:and}, and the group does. The access type cannot be changed.',
      {
        affects: ['callers'],
        who: 'platform',
        remedy:
          'Name a gateway with the access type InternetAndIntranet. A waiver means that these callers do not exist.',
      },
    ),
    TARGET_ACCESS_NOT_READ: unknown('Which callers reach {gateway} is not known: it shows no load balancer.', {
      who: 'platform',
      remedy: 'Assess again when it is Running.',
    }),
  },
  *find(view, say) {
    const { group } = view.source;
    const byInternet = group.domains.length > 0 || (group.subDomain !== undefined && !group.subDomainDisabled);
    const byIntranet = group.vpcDomains.length > 0;
    for (const one of view.targets) {
      const { id: gateway, status, type, access } = one;
      const about = aboutGateway(one);
      if (!/^running$/i.test(status))
        yield say.TARGET_NOT_RUNNING(about, { gateway, status, isTurning: /ing$/i.test(status) });
      if (!/^api$/i.test(type)) yield say.TARGET_TYPE(about, { gateway, type });
      if (one.elastic === true) yield say.TARGET_ELASTIC(about, { gateway });
      if (access.length === 0) {
        yield say.TARGET_ACCESS_NOT_READ(about, { gateway });
        continue;
      }

      const missing = [
        ...(byInternet && !access.includes('Internet') ? ['the Internet'] : []),
        ...(byIntranet && !access.includes('Intranet') ? ['VPCs'] : []),
      ];
      if (missing.length > 0) yield say.TARGET_ACCESS(about, { gateway, missing });
    }
  },
});

const size = handoverRule({
  id: 'target/size',
  classic: 'the capacity of the instance',
  apig: 'the type of the gateway, which cannot be changed',
  codes: {
    SIZE_FITS: exact('{instance} takes {before} new HTTPS connections a second, and {spec} {after}.', {
      target: '{gateway}',
    }),
    SIZE_SMALLER: changed(
      '{instance} takes {before} new HTTPS connections a second, and {spec} {after}. The type of a gateway cannot be changed.',
      {
        target: '{gateway}',
        affects: ['callers'],
        who: 'platform',
        remedy: 'Compare the measured peaks of the instance with this figure.',
      },
    ),
    PEAK_FITS: exact(
      'The instance had at most {peak} between {from} and {to}, and {spec} takes {takes} new HTTPS connections a second[if isCounted: |: enough even if each request opens one].',
      { target: '{gateway}' },
    ),
    PEAK_ABOVE: changed(
      'The instance had at most {peak} between {from} and {to}, and {spec} takes {takes} new HTTPS connections a second.[if isCounted: | Whether they are enough depends on how many requests share a connection.] The type of a gateway cannot be changed.',
      {
        target: '{gateway}',
        affects: ['callers'],
        who: 'platform',
        remedy:
          '[if isCounted: Name a gateway of a larger type.|Allow apigateway:DescribeInstanceNewConnections, which counts the new connections, and assess again.]',
      },
    ),
  },
  *find(view, say) {
    const { instance } = view.source;
    for (const one of view.targets) {
      const { id: gateway, spec = '' } = one;
      const about = aboutGateway(one);
      const peak = instance?.peak;
      const takes = connectionsOf(one.spec);
      if (peak !== undefined && takes !== undefined) {
        const { from, to } = peak;
        const isCounted = peak.newConnections !== undefined;
        const shown = { gateway, peak: peakText(peak), from, to, spec, takes, isCounted };
        yield neededBy(peak) <= takes ? say.PEAK_FITS(about, shown) : say.PEAK_ABOVE(about, shown);
        continue;
      }

      const sizes = sizesOf(instance?.spec, one.spec);
      if (sizes === undefined) continue;

      const { before, after } = sizes;
      const shown = { gateway, instance: instance?.spec ?? '', before, spec, after };
      yield after >= before ? say.SIZE_FITS(about, shown) : say.SIZE_SMALLER(about, shown);
    }
  },
});

export const targetRules: readonly HandoverRule[] = [place, state, size];
