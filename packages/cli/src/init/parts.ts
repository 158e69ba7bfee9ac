import { InvalidInputError, UnsupportedError, type GatewaySpec } from '@postern/core/internal/library';
import type { Cloud, Clouds, FirstParts } from '@postern/core/internal/kinds';
import type { init } from '../commands/specs/grammar.js';
import type { OptionsOf } from '../grammar/options.js';

/** The options of `postern init` that name parts. */
export type PartOptions = OptionsOf<typeof init>;

/** What a spec of a cloud starts from where it creates no link; undefined where it creates one in subnets. */
export function startsFrom({ name, links, firstSpec }: Cloud): string | undefined {
  if (firstSpec !== undefined) return firstSpec.startsFrom;

  const first = Object.values(links).find(({ createdOn }) => createdOn === name);
  return first?.createdFrom === 'subnets' && !first.plans.linksCostMoney ? undefined : 'a link that exists';
}

/**
 * @throws {InvalidInputError} `INVALID_INPUT` for what cannot be a value of the option. {UnsupportedError} for a target where the
 * cloud has no form of one.
 */
export function partsOf(clouds: Clouds, cloud: Cloud, options: PartOptions): FirstParts {
  const { subnets, link, gateway, target } = options;
  const start = startsFrom(cloud);
  if (subnets !== undefined && (link !== undefined || start !== undefined)) {
    const why = link === undefined ? `on ${cloud.title} a spec starts from ${start}` : 'a link that exists has its own';
    throw invalid('--subnets', why, 'Leave --subnets out, and name the instance or link with --link.');
  }

  return {
    subnets: subnets
      ?.split(',')
      .map((one) => plain('--subnets', one.trim(), 'Write IDs of subnets: subnet-1a2b,subnet-3c4d.')),
    link: link && plain('--link', link, 'Write the ID of a link or an instance.'),
    gateway: gateway && gatewayText(clouds, cloud, gateway),
    target: target && targetOf(cloud, target),
  };
}

/** `{ restApi: a1b2c3, stage: prod }` of `restApi:a1b2c3:prod`. */
function gatewayText(clouds: Clouds, { gateways }: Cloud, text: string): string {
  const keys: readonly string[] = Object.values(gateways).map(({ ref }) => ref);
  const parts = text.split(':');
  const [key = '', id = '', stage] = parts.length === 1 ? [keys[0], text] : parts;
  const remedy = `Write an ID, or ${keys.map((one) => `${one}:ID`).join(', ')}; a stage may follow. \`postern gateways\` lists IDs.`;
  if (!keys.includes(key) || parts.length > 3)
    throw invalid('--gateway', `${JSON.stringify(text)} names no gateway`, remedy);

  for (const one of [id, ...(stage === undefined ? [] : [stage])]) plain('--gateway', one, remedy);
  return gatewayOf(clouds, { [key]: id } as object as GatewaySpec, stage);
}

/** A gateway as YAML. */
export function gatewayOf(clouds: Clouds, reference: GatewaySpec, stage?: string): string {
  const { publishedTo, stagesAreFixed, stageIsNamed } = clouds.gateway(clouds.gatewayKind(reference));
  if (publishedTo !== undefined && stagesAreFixed !== true)
    return flow({ ...reference, stages: stage === undefined ? publishedTo : [stage] });

  return flow(stage === undefined || stageIsNamed !== true ? reference : { ...reference, stage });
}

/** A target as YAML: `orders-alb:443` is a listener, on Alibaba Cloud `lb-1a2b:80` an instance. */
export function targetOf({ title, backend }: Cloud, text: string): string {
  if (backend === undefined) {
    throw new UnsupportedError(`--target: backends of ${title} cannot be named by an option`, {
      remedy: 'Leave --target out, and write the target in the file.',
    });
  }

  const [, name, port] = /^([\w.-]+):(\d{1,5})$/.exec(text) ?? [];
  if (name !== undefined && port !== undefined) return flow(backend.refOf(name, Number(port)));

  throw invalid('--target', `${JSON.stringify(text)} names no target`, `Write ${backend.form}.`);
}

/** A value as YAML in one line. Its texts need no quotes. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);

  const members = Object.entries(value).map(([key, one]) => `${key}: ${flow(one)}`);
  return `{ ${members.join(', ')} }`;
}

function plain(option: string, text: string, remedy: string): string {
  if (/^[\w$.-]{1,128}$/.test(text)) return text;

  throw invalid(option, `${JSON.stringify(text)} is not an ID`, remedy);
}

function invalid(option: string, why: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `${option}: ${why}`, { remedy });
}
