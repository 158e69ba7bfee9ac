import type { Spec } from '@postern/core/internal/library';
import { gatewayId } from '@postern/core/internal/kinds';

/** What a spec names, for the completion of words. */
export interface SpecNames {
  readonly links: readonly string[];
  readonly regions: readonly string[];
  /** The keys of the routes of each integration. */
  readonly routes: ReadonlyMap<string, readonly string[]>;
  /** The IDs of gateways. */
  readonly gateways: readonly string[];
  /** What `--only` takes. */
  readonly parts: readonly string[];
  /** What `forget` takes. */
  readonly marked: readonly string[];
  readonly project: readonly string[];
  readonly identity: readonly string[];
}

/** Where no spec can be read. */
export const NO_NAMES: SpecNames = {
  ...namesOf({ links: {}, integrations: {}, project: '', spec: '' }),
  project: [],
  identity: [],
};

export function namesOf({
  links,
  integrations,
  project,
  spec,
}: Pick<Spec, 'links' | 'integrations' | 'project' | 'spec'>): SpecNames {
  const targets = Object.entries(integrations).flatMap(([name, one]) =>
    Object.keys(one.targets).map((target) => `${name}/${target}`),
  );
  return {
    links: Object.keys(links),
    regions: [...new Set(Object.values(links).map(({ region }) => region))],
    routes: new Map(Object.entries(integrations).map(([name, { routes }]) => [name, Object.keys(routes)])),
    gateways: [...new Set(Object.values(integrations).map(({ gateway }) => gatewayId(gateway)))],
    parts: [...Object.keys(links), ...Object.keys(integrations), ...targets],
    marked: [
      ...Object.keys(links).map((name) => `links.${name}`),
      ...Object.keys(integrations).map((name) => `integrations.${name}`),
    ],
    project: [project],
    identity: [spec],
  };
}

/** Regions of both clouds in which API gateways can be linked to networks. Others can be typed. */
const REGIONS =
  'us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-central-1 eu-west-1 eu-west-2 eu-west-3 eu-north-1 ' +
  'eu-south-2 me-south-1 ap-east-1 ap-south-1 ap-northeast-1 ap-northeast-2 ap-southeast-1 ap-southeast-2 us-gov-west-1 ' +
  'cn-hangzhou cn-shanghai cn-beijing cn-shenzhen cn-zhangjiakou cn-huhehaote cn-qingdao cn-chengdu cn-hongkong';

/** The regions of a spec first, then all others. */
export function regionsOf({ regions }: SpecNames): readonly string[] {
  return [...new Set([...regions, ...REGIONS.split(' ')])];
}
