import { InvalidInputError } from '@postern/core';

/** What a first spec names; what is missing is left to fill in. As YAML, in the form of the spec. */
export interface Parts {
  /** Of a new link. */
  readonly subnets?: readonly string[] | undefined;
  /** The ID of a link that exists. */
  readonly link?: string | undefined;
  /** `{ httpApi: a1b2c3 }` */
  readonly gateway?: string | undefined;
  /** `{ listener: { loadBalancer: orders, port: 443 } }` */
  readonly target?: string | undefined;
}

/** The options of `postern init` that name parts. */
export interface PartOptions {
  readonly subnets?: string | undefined;
  readonly link?: string | undefined;
  readonly gateway?: string | undefined;
  readonly target?: string | undefined;
}

/** What a first spec can name on a cloud. */
interface Cloud {
  /** The keys of gateways; an ID alone is that of the first. */
  readonly gateways: readonly string[];
  /** A new link is located in subnets; else a spec starts from a link that exists. */
  readonly makesLinks: boolean;
  /** How `--target` names a backend. */
  readonly targetForm: string;
  /** Load balancers are named, not referred to by ID. */
  readonly namesBalancers: boolean;
  readonly target: (name: string, port: string) => string;
}

/** What a first spec can name, by cloud. */
export const CLOUDS: Readonly<Record<'aws' | 'alibaba', Cloud>> = {
  aws: {
    gateways: ['httpApi', 'restApi', 'webSocketApi'],
    makesLinks: true,
    targetForm: 'LOAD-BALANCER:PORT',
    namesBalancers: true,
    target: (name, port) => `{ listener: { loadBalancer: ${name}, port: ${port} } }`,
  },
  alibaba: {
    gateways: ['apiGroup', 'apigHttpApi'],
    makesLinks: false,
    targetForm: 'INSTANCE:PORT',
    namesBalancers: false,
    target: (name, port) => `{ instance: ${name}, port: ${port} }`,
  },
};

type Provider = keyof typeof CLOUDS;

/** @throws {InvalidInputError} `INVALID_INPUT` for what cannot be a value of the option. */
export function partsOf(provider: Provider, options: PartOptions): Parts {
  const { subnets, link, gateway, target } = options;
  if (subnets !== undefined && (link !== undefined || !CLOUDS[provider].makesLinks)) {
    const why =
      link === undefined ? 'on Alibaba Cloud a spec starts from an instance' : 'a link that exists has its own';
    throw invalid('--subnets', why, 'Leave --subnets out, and name the instance or link with --link.');
  }
  return {
    subnets: subnets
      ?.split(',')
      .map((one) => plain('--subnets', one.trim(), 'Write IDs of subnets: subnet-1a2b,subnet-3c4d.')),
    link: link && plain('--link', link, 'Write the ID of a link or an instance.'),
    gateway: gateway && gatewayText(provider, gateway),
    target: target && targetOf(provider, target),
  };
}

/** `{ restApi: a1b2c3, stage: prod }` of `restApi:a1b2c3:prod`. */
function gatewayText(provider: Provider, text: string): string {
  const keys = CLOUDS[provider].gateways;
  const parts = text.split(':');
  const [key = '', id = '', stage] = parts.length === 1 ? [keys[0], text] : parts;
  const remedy = `Write an ID, or ${keys.map((one) => `${one}:ID`).join(', ')}; a stage may follow. \`postern gateways\` lists IDs.`;
  if (!keys.includes(key) || parts.length > 3)
    throw invalid('--gateway', `${JSON.stringify(text)} names no gateway`, remedy);
  for (const one of [id, ...(stage === undefined ? [] : [stage])]) plain('--gateway', one, remedy);
  return gatewayOf(key, id, stage);
}

/** A gateway as YAML. */
export function gatewayOf(key: string, id: string, stage?: string): string {
  if (key === 'apiGroup') return `{ apiGroup: ${id}, stages: [${stage ?? 'RELEASE'}] }`;
  return stage === undefined || key !== 'restApi' ? `{ ${key}: ${id} }` : `{ restApi: ${id}, stage: ${stage} }`;
}

/** A target as YAML: `orders-alb:443` is a listener, on Alibaba Cloud `lb-1a2b:80` an instance. */
export function targetOf(provider: Provider, text: string): string {
  const { target, targetForm } = CLOUDS[provider];
  const [, name, port] = /^([\w.-]+):(\d{1,5})$/.exec(text) ?? [];
  if (name !== undefined && port !== undefined) return target(name, port);
  throw invalid('--target', `${JSON.stringify(text)} names no target`, `Write ${targetForm}.`);
}

function plain(option: string, text: string, remedy: string): string {
  if (/^[\w$.-]{1,128}$/.test(text)) return text;
  throw invalid(option, `${JSON.stringify(text)} is not an ID`, remedy);
}

function invalid(option: string, why: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `${option}: ${why}`, { remedy });
}
