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

/** The text of a spec with an identity, which is that of its project where the text names none. Places in it stay as they are. */
export function withIdentity(text: string): string {
  if (/\bspec["']?:(?! *["']?api\.)/.test(text)) return text;

  const idOf = (project = ''): string => spec.specIdOf(project) || 'a';
  const [, indent, project] = /^( *)project: *(.*)/m.exec(text) ?? [];
  if (indent !== undefined) return `${text.trimEnd()}\n${indent}spec: ${idOf(project)}\n`;

  return text.replace(
    /(["']?)project\1: *(["']?)([^"',}\n]*)\2/,
    (all, quote: string, _, name: string) => `${all}, ${quote}spec${quote}: ${quote}${idOf(name)}${quote}`,
  );
}

/** As the functions of `@postern/core/spec`, on both clouds. A spec without an identity gets that of a program. */
export const parseSpec = (text: string, options: Without<spec.ParseSpecOptions> = {}) =>
  spec.parseSpec(typeof text === 'string' ? withIdentity(text) : text, { clouds: CLOUDS, ...options });

export const parseSpecs = (
  [first, ...rest]: Parameters<typeof spec.parseSpecs>[0],
  options: Without<Parameters<typeof spec.parseSpecs>[1]> = {},
) => spec.parseSpecs([{ ...first, text: withIdentity(first.text) }, ...rest], { clouds: CLOUDS, ...options });

export const specFrom = (value: unknown, options: Without<Parameters<typeof spec.specFrom>[1]> = {}) =>
  spec.specFrom(value, { clouds: CLOUDS, ...options });

export const specFromSnapshot = (
  snapshot: Parameters<typeof spec.specFromSnapshot>[0],
  options: Without<spec.SpecFromSnapshotOptions>,
) => spec.specFromSnapshot(snapshot, { clouds: CLOUDS, ...options });
