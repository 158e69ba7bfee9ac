import { clouds, type Clouds } from '../src/do/kinds/cloud/clouds.js';
import type { Cloud } from '../src/do/kinds/cloud/cloud.js';
import { cloud as alibaba } from '@postern/alibaba/cloud';
import { cloud as aws } from '@postern/aws/cloud';
import * as spec from '../src/internal/spec.js';

/** AWS and Alibaba Cloud, which most tests are about. */
export const CLOUDS: Clouds = clouds([aws, alibaba]);

/** The clouds of fake drivers, which serve the gateways of both. */
export const FAKES: Readonly<Record<string, Cloud>> = {
  aws: { ...aws, gateways: { ...alibaba.gateways, ...aws.gateways } },
  alibaba: { ...alibaba, gateways: { ...aws.gateways, ...alibaba.gateways } },
};

/** The same clouds, for other sets. */
export const LOADED = CLOUDS.all;

type Without<Options> = Omit<Options, 'clouds'> & { readonly clouds?: Clouds };

/** As the functions of `@postern/core/spec`, on both clouds. */
export const parseSpec = (text: string, options: Without<spec.ParseSpecOptions> = {}) =>
  spec.parseSpec(text, { clouds: CLOUDS, ...options });

export const parseSpecs = (
  texts: Parameters<typeof spec.parseSpecs>[0],
  options: Without<Parameters<typeof spec.parseSpecs>[1]> = {},
) => spec.parseSpecs(texts, { clouds: CLOUDS, ...options });

export const specFrom = (value: unknown, options: Without<Parameters<typeof spec.specFrom>[1]> = {}) =>
  spec.specFrom(value, { clouds: CLOUDS, ...options });

export const specFromSnapshot = (
  snapshot: Parameters<typeof spec.specFromSnapshot>[0],
  options: Without<spec.SpecFromSnapshotOptions>,
) => spec.specFromSnapshot(snapshot, { clouds: CLOUDS, ...options });
